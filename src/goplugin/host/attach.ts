import { GoPluginError } from '../errors.ts';
import { attachProcess } from './attached-process.ts';
import type { Attempt } from './attempt.ts';
import { type AttachConfig, type ClientConfig, versionsOf } from './config.ts';
import type { FoundPlugin } from './launch.ts';

/** Takes a plugin that runs already for one that has shaken hands. Its process is never ended where that fails. */
export function attach({ reattach, tls, ...config }: ClientConfig & AttachConfig, attempt: Attempt): FoundPlugin {
  const { network, address } = reattach;
  const protocolVersion = chooseVersion(reattach.protocolVersion, versionsOf(config));
  const process = attachProcess(reattach, attempt.logger);
  attempt.begin(process);
  return { process, address: { network, address }, protocolVersion, tls };
}

/** Go's hosts write 0 for a plugin that they started themselves (go-plugin client.go, ReattachConfig): they do not tell. */
function chooseVersion(told: number, versions: readonly number[]): number {
  const [only] = versions;
  if (versions.includes(told)) {
    return told;
  }
  if (told === 0 && only !== undefined && versions.length === 1) {
    return only;
  }
  throw new GoPluginError('version', `it serves protocol version ${told}, this host ${versions.join(', ')}`);
}
