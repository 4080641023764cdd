import { GoPluginError } from '../errors.ts';

export interface StartGuardOptions {
  readonly limitMs: number;
  /** Whose abort gives up the start. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/** Ends every wait of a start when its time is over, its caller gives up, or its process ends, whichever comes first. */
export class StartGuard {
  readonly #controller = new AbortController();
  readonly #failure = Promise.withResolvers<never>();
  readonly #timer: NodeJS.Timeout;
  readonly #signals: readonly AbortSignal[];
  #awaited = 'its start';

  constructor({ limitMs, signals }: StartGuardOptions) {
    // It may fail between two waits.
    this.#failure.promise.catch(() => undefined);
    this.#timer = setTimeout(() => {
      this.fail(new GoPluginError('timeout', `${this.#awaited} has not come within ${limitMs} ms`));
    }, limitMs);
    this.#signals = signals.filter((signal) => signal !== undefined);
    for (const signal of this.#signals) {
      signal.addEventListener('abort', this.#onAbort);
      if (signal.aborted) {
        this.#giveUp(signal);
      }
    }
  }

  /** Aborts when the start has failed; for what takes a signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for one step. `awaited` is what an error says has not come in time. */
  wait<T>(awaited: string, step: Promise<T>): Promise<T> {
    this.#awaited = awaited;
    return Promise.race([this.#failure.promise, step]);
  }

  /** Only ever rejects: with the reason, when the start has failed. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  /** Ends the start; of several reasons the first counts. */
  fail(error: GoPluginError): void {
    this.#failure.reject(error);
    this.#controller.abort(error);
  }

  /** To be called when the start has succeeded or failed. */
  stop(): void {
    clearTimeout(this.#timer);
    for (const signal of this.#signals) {
      signal.removeEventListener('abort', this.#onAbort);
    }
  }

  readonly #onAbort = (event: Event) => this.#giveUp(event.target as AbortSignal);

  #giveUp(signal: AbortSignal): void {
    this.fail(new GoPluginError('aborted', 'the caller gave up', { cause: signal.reason }));
  }
}
