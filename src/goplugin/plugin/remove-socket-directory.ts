import { readdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../errors.ts';
import type { Logger } from '../hclog.ts';
import { removeSocket } from '../remove-socket.ts';

/** By which a directory is known that a host made for the sockets of one plugin (go-plugin client.go, Start). */
export const socketDirectoryPrefix = 'plugin-dir';

/**
 * Removes the directory that a host, which is gone, made for its own sockets and its plugin's: with the sockets in it, and
 * only if nothing else is there. One that is named otherwise is somebody's own.
 */
export function removeSocketDirectory(directory: string, logger: Logger): void {
  if (!path.basename(directory).startsWith(socketDirectoryPrefix)) {
    return;
  }
  try {
    for (const name of readdirSync(directory)) {
      removeSocket({ network: 'unix', address: path.join(directory, name) }, 0, logger);
    }
    rmdirSync(directory);
  } catch (error) {
    logger.debug('The directory of a host that is gone cannot be removed', { directory, reason: messageOf(error) });
  }
}
