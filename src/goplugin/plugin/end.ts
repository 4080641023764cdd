import type { Logger } from '../hclog.ts';
import type { Serving } from './start-serving.ts';

/** Why a plugin ends. */
export type Ending = 'shutdown' | 'signal' | 'host gone';

/**
 * How long running calls and then `onShutdown` may take. A host kills two seconds after its answer; a host that is gone
 * waits for nothing, but is missed only after a while.
 */
const limits: Readonly<Record<Ending, { reason: string; callsMs: number; onShutdownMs: number }>> = {
  shutdown: { reason: 'the host asks for it', callsMs: 1000, onShutdownMs: 500 },
  signal: { reason: 'a signal asks for it', callsMs: 1000, onShutdownMs: 500 },
  'host gone': { reason: 'the host is gone', callsMs: 500, onShutdownMs: 500 },
};

/** Ends what is served, in order and in time; the exit code: 0, or 1 where `onShutdown` failed or took too long. */
export async function end(
  ending: Ending,
  serving: Pick<Serving, 'stop'>,
  logger: Logger,
  onShutdown: (() => Promise<void>) | undefined,
): Promise<0 | 1> {
  const { reason, callsMs, onShutdownMs } = limits[ending];
  logger.debug('The plugin ends', { reason });
  await serving.stop(callsMs);
  if (onShutdown === undefined) {
    return 0;
  }
  try {
    await withLimit(onShutdown(), onShutdownMs);
    return 0;
  } catch (error) {
    logger.error('Cannot end in order', { error });
    return 1;
  }
}

async function withLimit(promise: Promise<void>, limitMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`The plugin took more than ${limitMs} ms to close`)), limitMs);
  try {
    await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
