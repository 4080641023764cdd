import { lstatSync, rmSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import type { PluginAddress } from '../handshake.ts';
import type { Logger } from '../hclog.ts';

/**
 * Removes the socket of a plugin that is gone: one that was killed could not do it. The path is the plugin's word, so
 * what is there and no socket stays.
 */
export function removeSocket({ network, address }: PluginAddress, logger: Logger | undefined): void {
  if (network !== 'unix') {
    return;
  }
  try {
    if (lstatSync(address, { throwIfNoEntry: false })?.isSocket()) {
      rmSync(address, { force: true });
    }
  } catch (error) {
    logger?.debug('The socket of a plugin that is gone cannot be removed', { address, reason: messageOf(error) });
  }
}
