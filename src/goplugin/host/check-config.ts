import { GoPluginError, messageOf } from '../errors.ts';
import { formatReattachConfig, parseReattachConfig, type ReattachConfig } from '../reattach-config.ts';
import { channelSecurity } from '../tls.ts';
import { checkDigest } from './checksum.ts';
import { type ClientConfig, type LaunchConfig, type LaunchOption, launchOptions } from './config.ts';
import { portsOf } from './environment.ts';

// A longer one would end a timer of Node's at once.
const maxTimeoutMs = 2 ** 31 - 1;

/** Throws with code `config`, or `tls` for certificates, where a client could not be started whatever the plugin does. */
export function checkConfig(config: ClientConfig, platform: NodeJS.Platform): void {
  checkCommon(config);
  if (config.reattach === undefined) {
    checkLaunch(config, platform);
  } else {
    checkAttach(config, config.reattach);
  }
}

function checkCommon({ handshake, versionedPlugins, startTimeoutMs = 1, tls }: ClientConfig): void {
  if (handshake.magicCookieKey === '' || handshake.magicCookieValue === '') {
    throw wrong('the magic cookie has no key or no value');
  }
  const versions = Object.keys(versionedPlugins);
  if (versions.length === 0) {
    throw wrong('versionedPlugins names no version of its protocol');
  }
  for (const version of versions) {
    if (!/^\d+$/.test(version)) {
      throw wrong(`${JSON.stringify(version)} in versionedPlugins is no protocol version`);
    }
  }
  if (!(startTimeoutMs > 0 && startTimeoutMs <= maxTimeoutMs)) {
    throw wrong(`startTimeoutMs is ${startTimeoutMs}, expected a number from 1 to ${maxTimeoutMs}`);
  }
  try {
    channelSecurity(tls);
  } catch (cause) {
    throw new GoPluginError('tls', `Cannot use the host's certificates: ${messageOf(cause)}`, { cause });
  }
}

function checkLaunch(config: ClientConfig & LaunchConfig, platform: NodeJS.Platform): void {
  // Others than TypeScript programs may give neither.
  if (typeof config.command !== 'string' || config.command === '') {
    throw wrong('it needs a command, or reattach for one that runs already');
  }
  if (config.autoMtls && config.tls !== undefined) {
    throw wrong('autoMtls makes the certificates that tls would bring; only one of the two can be set');
  }
  if (config.unixSocket !== undefined && platform === 'win32') {
    throw wrong('unixSocket is not for Windows, where plugins listen on TCP');
  }
  const { minPort, maxPort } = portsOf(config);
  for (const port of [minPort, maxPort]) {
    if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) {
      throw wrong(`a port is ${port}, expected a number from 0 to 65535`);
    }
  }
  if (minPort > maxPort) {
    throw wrong(`minPort ${minPort} is more than maxPort ${maxPort}`);
  }
  if (config.checksum !== undefined) {
    checkDigest(config.checksum);
  }
}

function checkAttach(config: ClientConfig, reattach: ReattachConfig): void {
  const refused = (Object.keys(launchOptions) as LaunchOption[]).filter((name) => config[name] !== undefined);
  if (refused.length > 0) {
    throw wrong(`reattach is for a plugin that runs already, and cannot heed ${refused.join(', ')}`);
  }
  // It may come from elsewhere than its JSON; to kill process 0 or -1, say, is to kill this one and many more (kill(2)).
  parseReattachConfig(formatReattachConfig(reattach));
}

function wrong(why: string): GoPluginError {
  return new GoPluginError('config', `Cannot make a client of the plugin: ${why}`);
}
