/** Asks for the last of many inputs. */
export interface Latest<Input, Output> {
  /**
   * Asks when nothing else has been asked for a while. What came before is aborted, and resolves with undefined.
   *
   * @throws whatever asking throws, unless a later input has taken its place
   */
  ask(input: Input, delayMs?: number): Promise<Output | undefined>;
  /** Aborts what is under way; it resolves with undefined. */
  stop(): void;
}

export function createLatest<Input, Output>(
  defaultDelayMs: number,
  answer: (input: Input, signal: AbortSignal) => Promise<Output>,
): Latest<Input, Output> {
  let current: AbortController | undefined;
  const stop = () => current?.abort();
  return {
    stop,
    async ask(input, delayMs = defaultDelayMs) {
      stop();
      const controller = new AbortController();
      const { signal } = controller;
      current = controller;
      await pause(delayMs, signal);
      if (signal.aborted) {
        return undefined;
      }
      try {
        const output = await answer(input, signal);
        return signal.aborted ? undefined : output;
      } catch (error) {
        if (signal.aborted) {
          return undefined;
        }
        throw error;
      }
    },
  };
}

/** Ends early when the signal is aborted. */
function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end);
  });
}
