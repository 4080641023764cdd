import { EngineError } from '../engine/engine.ts';
import { DatasourceError } from './errors.ts';

/**
 * Runs `work` under a signal that aborts when the caller goes away or the time is up, and answers at that moment even if the work goes on:
 * an engine's call may not be interruptible. The work must hold its slot and its instance itself until it has ended.
 *
 * @param work is given, besides the signal, what ends it with another reason, at once like the others
 * @param what is named when it takes too long: `the query`
 * @param hint what the person can do then
 * @throws DatasourceError `timeout`; EngineError `cancelled`
 */
export async function withDeadline<T>(
  what: string,
  timeoutMs: number,
  caller: AbortSignal,
  work: (signal: AbortSignal, stop: (reason: Error) => void) => Promise<T>,
  hint = 'Try again, or raise the time limit in the settings of the data source',
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(timeout(what, timeoutMs, hint)), timeoutMs);
  const cancel = () => deadline.abort(new EngineError('cancelled', 'Cancelled: the caller has gone away'));
  if (caller.aborted) {
    cancel();
  }
  caller.addEventListener('abort', cancel, { once: true });
  const { signal } = deadline;
  try {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    signal.throwIfAborted();
    return await Promise.race([work(signal, (reason) => deadline.abort(reason)), aborted]);
  } finally {
    clearTimeout(timer);
    caller.removeEventListener('abort', cancel);
  }
}

function timeout(what: string, timeoutMs: number, hint: string): DatasourceError {
  return new DatasourceError('timeout', `Cancelled: ${what} took longer than ${timeoutMs / 1000} s`, { hint });
}
