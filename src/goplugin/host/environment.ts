import { type Env, formatHostWishes, type HostWishes } from '../env.ts';
import { type ClientConfig, type LaunchConfig, versionsOf } from './config.ts';

/** What a host that does not care about ports says (go-plugin client.go, NewClient). */
const defaultPorts = { minPort: 10_000, maxPort: 25_000 };

/** The bounds of a listener on TCP, be it the plugin's or a brokered one of this host's. */
export function portsOf({ minPort, maxPort }: Pick<LaunchConfig, 'minPort' | 'maxPort'>): typeof defaultPorts {
  return { minPort: minPort ?? defaultPorts.minPort, maxPort: maxPort ?? defaultPorts.maxPort };
}

/** What of a host's wishes is made for one start. */
export type MadeForStart = Pick<HostWishes, 'clientCert' | 'socketDir' | 'socketGroup'>;

/**
 * The whole environment of a plugin: the host's own unless that is skipped, then what the host gives, then the
 * protocol's variables, each before the one that it replaces. What the protocol does not set here is not passed on
 * either: a host that is a plugin itself has a certificate and a socket directory that are not for its own plugins.
 */
export function pluginEnvironment(
  config: ClientConfig & LaunchConfig,
  made: MadeForStart,
  hostEnv: Env,
  platform: NodeJS.Platform,
): Env {
  const { minPort, maxPort } = portsOf(config);
  const wishes = formatHostWishes(config.handshake, {
    versions: versionsOf(config),
    minPort: String(minPort),
    maxPort: String(maxPort),
    multiplex: config.multiplex ?? false,
    ...made,
  });
  return merge([config.skipHostEnv ? {} : hostEnv, config.env ?? {}, wishes], platform);
}

// On Windows the names of variables have no case, and of two spellings the system would take either.
function merge(layers: readonly Env[], platform: NodeJS.Platform): Env {
  const merged = new Map<string, [name: string, value: string | undefined]>();
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer))) {
    merged.set(platform === 'win32' ? name.toUpperCase() : name, [name, value]);
  }
  return Object.fromEntries(merged.values());
}
