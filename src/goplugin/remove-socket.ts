import { lstatSync, rmSync } from 'node:fs';
import { messageOf } from './errors.ts';
import type { PluginAddress } from './handshake.ts';
import type { Logger } from './hclog.ts';

// File systems take the time from a clock that may lag behind.
const clockSlackMs = 100;

/**
 * Removes the socket of a process that is gone: one that was killed could not do it. The path is that process's word, so
 * what is there and no socket stays, and so does a socket from before this time: a plugin may have named one where
 * another process serves, for a debugger say.
 */
export function removeSocket({ network, address }: PluginAddress, sinceMs: number, logger: Logger): void {
  if (network !== 'unix') {
    return;
  }
  try {
    const stats = lstatSync(address, { throwIfNoEntry: false });
    if (stats?.isSocket() && stats.mtimeMs >= sinceMs - clockSlackMs) {
      rmSync(address, { force: true });
    }
  } catch (error) {
    logger.debug('The socket of a process that is gone cannot be removed', { address, reason: messageOf(error) });
  }
}
