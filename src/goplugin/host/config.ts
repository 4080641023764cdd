import type { Broker } from '../broker.ts';
import type { Connection } from '../connection.ts';
import type { Env } from '../env.ts';
import type { HandshakeConfig } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import type { ReattachConfig } from '../reattach-config.ts';
import type { TlsConfig } from '../tls.ts';
import type { OutputListener } from './calls.ts';
import type { Checksum } from './checksum.ts';
import type { UnixSocketConfig } from './socket-directory.ts';
import type { ClientState } from './state.ts';

/** How clients of a plugin's services are made, by names of the host's own: they never go over the wire. */
export type ClientSet = Readonly<Record<string, (connection: Connection, broker: Broker) => unknown>>;

/** The sets of a host, keyed by the version of the application's protocol for which each of them is. */
export type ClientSets = Readonly<Record<number, ClientSet>>;

/** What every client of a plugin is told. */
export interface CommonConfig<Sets extends ClientSets> {
  readonly handshake: HandshakeConfig;
  /** Its versions are offered to the plugin, which chooses one of them, and so the set that can be dispensed. */
  readonly versionedPlugins: Sets;
  /** Gets the plugin's log, under the name of its file. Nothing is logged unless given. */
  readonly logger?: Logger;
  /** Gets what the plugin prints after its handshake, on either channel; what it throws, nobody catches. It is read and dropped unless given. */
  readonly onOutput?: OutputListener;
  /** Called soon after each change, with the new state; what it throws, nobody catches. */
  readonly onStateChange?: (state: ClientState) => void;
  /** From the start to the first answer, everything included; 60 seconds unless told, as in go-plugin. */
  readonly startTimeoutMs?: number;
  /** Gives up while the plugin starts; of no effect once it is ready. */
  readonly signal?: AbortSignal;
  /** Certificates of the host's own, for a plugin with a TLS provider to match; not together with {@link LaunchConfig.autoMtls}. */
  readonly tls?: TlsConfig;
}

/** A plugin that this host starts, and ends. */
export interface LaunchConfig {
  /** A path, which is taken from `cwd` on if it is relative, or a name to be looked up in the PATH that the plugin sees. */
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to this process's environment; where both have a variable, this one counts, and the protocol's own above all. */
  readonly env?: Env;
  /** The plugin sees `env` and the protocol's variables only. Default: false. */
  readonly skipHostEnv?: boolean;
  /** The plugin's working directory; this process's unless given. */
  readonly cwd?: string;
  /** What the executable must be; compared before the start (go-plugin's SecureConfig). Of `node plugin.ts` that is Node: it says nothing of `args`. */
  readonly checksum?: Checksum;
  /** Secures all connections by certificates that both sides make for this one start. Default: false. */
  readonly autoMtls?: boolean;
  /** Between which ports a plugin listens that cannot use Unix sockets, both included; 10000 and 25000 unless told, as in go-plugin. */
  readonly minPort?: number;
  readonly maxPort?: number;
  /** Where Unix sockets go, and who may use them. Unless given, they go where the plugin sees the temporary directory. Not on Windows. */
  readonly unixSocket?: UnixSocketConfig;
  /** Brokered connections share the one socket; a plugin that cannot do it is refused with code `unsupported`. Default: false. */
  readonly multiplex?: boolean;
  readonly reattach?: never;
}

/** A plugin that runs already. */
export interface AttachConfig extends Readonly<Partial<Record<LaunchOption, never>>> {
  readonly reattach: ReattachConfig;
}

export type LaunchOption = Exclude<keyof LaunchConfig, 'reattach'>;

/** What only a start can heed; a table, so that the compiler holds it complete. */
export const launchOptions: Readonly<Record<LaunchOption, true>> = {
  command: true,
  args: true,
  env: true,
  skipHostEnv: true,
  cwd: true,
  checksum: true,
  autoMtls: true,
  minPort: true,
  maxPort: true,
  unixSocket: true,
  multiplex: true,
};

export type ClientConfig<Sets extends ClientSets = ClientSets> = CommonConfig<Sets> & (LaunchConfig | AttachConfig);

/** The offered versions, as numbers. */
export function versionsOf({ versionedPlugins }: Pick<ClientConfig, 'versionedPlugins'>): number[] {
  return Object.keys(versionedPlugins).map(Number);
}
