import { GoPluginError } from './errors.ts';

/** Why a brokered connection cannot be made. */
export function cannotDial(id: number, why: string): GoPluginError {
  return new GoPluginError('broker', `Cannot dial the brokered connection ${id}: ${why}`);
}

/** The same, where the caller's signal is why. */
export function dialGivenUp(id: number, signal: AbortSignal | undefined): GoPluginError {
  const message = `Cannot dial the brokered connection ${id}: the caller gave up`;
  return new GoPluginError('aborted', message, { cause: signal?.reason });
}
