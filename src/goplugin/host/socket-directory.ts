import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { GoPluginError, messageOf } from '../errors.ts';
import { groupId } from '../group-id.ts';
import type { Logger } from '../hclog.ts';
import { maxSocketPathByteLength, readEtcGroup } from '../listen.ts';
import { socketDirectoryPrefix } from '../plugin/remove-socket-directory.ts';
import { atHostEnd } from './host-end.ts';

export interface UnixSocketConfig {
  /** An existing directory; in it the plugin gets one of its own, which is removed afterwards. The temporary one unless given. */
  readonly directory?: string;
  /** Name or number of a group that may use the sockets as well. This process must be a member of it. */
  readonly group?: string;
}

export interface SocketDirectory {
  readonly path: string;
  /** Removes it with all that is in it; may be called again. */
  remove(): void;
}

export interface SocketDirectoryEdge {
  readonly temporaryDirectory: string;
  readonly platform: NodeJS.Platform;
  readonly logger: Logger;
}

/**
 * A new directory for the sockets of one plugin and of its host, for this user alone or for the group as well
 * (go-plugin client.go, Start). Throws with code `listen` where it cannot be made, or where sockets in it would have too long a path.
 */
export function createSocketDirectory(config: UnixSocketConfig, edge: SocketDirectoryEdge): SocketDirectory {
  const parent = path.resolve(config.directory ?? edge.temporaryDirectory);
  const directory = make(parent);
  const remove = () => {
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch (error) {
      edge.logger.warn('The directory of a plugin’s sockets cannot be removed', { directory, error });
    }
  };
  const forget = atHostEnd(remove);
  const made: SocketDirectory = {
    path: directory,
    remove() {
      forget();
      remove();
    },
  };
  try {
    checkLength(directory, edge.platform);
    shareWithGroup(directory, config.group);
    return made;
  } catch (error) {
    made.remove();
    throw error;
  }
}

function make(parent: string): string {
  try {
    return mkdtempSync(path.join(parent, socketDirectoryPrefix));
  } catch (cause) {
    throw cannot(`in ${parent}: ${messageOf(cause)}`, cause);
  }
}

// `plugin` and the twelve random characters of this library, or up to ten digits of Go's.
const socketNameByteLength = 18;

function checkLength(directory: string, platform: NodeJS.Platform): void {
  const byteLength = Buffer.byteLength(directory) + 1 + socketNameByteLength;
  if (byteLength > maxSocketPathByteLength(platform)) {
    throw cannot(
      `at ${directory}: a socket in it would have a path of ${byteLength} bytes, at most ${maxSocketPathByteLength(platform)} are allowed`,
    );
  }
}

function shareWithGroup(directory: string, group: string | undefined): void {
  if (group === undefined) {
    return;
  }
  try {
    // -1 keeps the owner.
    chownSync(directory, -1, groupId(group, readEtcGroup()));
    chmodSync(directory, 0o770);
  } catch (cause) {
    throw cannot(`for the group ${group}: ${messageOf(cause)}`, cause);
  }
}

function cannot(why: string, cause?: unknown): GoPluginError {
  return new GoPluginError('listen', `cannot make a directory for its sockets ${why}`, { cause });
}
