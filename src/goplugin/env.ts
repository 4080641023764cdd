import { GoPluginError } from './errors.ts';
import type { HandshakeConfig } from './handshake.ts';
import { parseVersions } from './negotiate.ts';

/** Variables by name, as in `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The variables by which a host tells a plugin how to listen (go-plugin client.go and constants.go). */
export const envNames = {
  protocolVersions: 'PLUGIN_PROTOCOL_VERSIONS',
  minPort: 'PLUGIN_MIN_PORT',
  maxPort: 'PLUGIN_MAX_PORT',
  clientCert: 'PLUGIN_CLIENT_CERT',
  multiplexGrpc: 'PLUGIN_MULTIPLEX_GRPC',
  unixSocketDir: 'PLUGIN_UNIX_SOCKET_DIR',
  unixSocketGroup: 'PLUGIN_UNIX_SOCKET_GROUP',
} as const;

/** What the host wishes. A variable that is empty counts as not set. */
export interface HostWishes {
  readonly versions: readonly number[];
  /** Entries of the list of versions that are no numbers. */
  readonly invalidVersions: readonly string[];
  /** Unread text: nonsense there matters only to who listens on TCP; {@link parsePortRange} reads it. */
  readonly minPort: string | undefined;
  readonly maxPort: string | undefined;
  /** PEM of the host's certificate: it wants AutoMTLS. */
  readonly clientCert: string | undefined;
  /** Brokered connections shall share the one socket. Where it is not undefined, the host understands a seventh field in the handshake line. */
  readonly multiplex: boolean | undefined;
  readonly socketDir: string | undefined;
  /** Name or number. */
  readonly socketGroup: string | undefined;
}

/** Whether a host started us: the cookie is there and is exactly the one that both sides were built with. */
export function hasCookie(env: Env, { magicCookieKey, magicCookieValue }: HandshakeConfig): boolean {
  return env[magicCookieKey] === magicCookieValue;
}

export function readHostWishes(env: Env): HostWishes {
  const get = (name: keyof typeof envNames) => env[envNames[name]] || undefined;
  const { versions, invalid } = parseVersions(get('protocolVersions') ?? '');
  return {
    versions,
    invalidVersions: invalid,
    minPort: get('minPort'),
    maxPort: get('maxPort'),
    clientCert: get('clientCert'),
    multiplex: parseMultiplex(get('multiplexGrpc')),
    socketDir: get('unixSocketDir'),
    socketGroup: get('unixSocketGroup'),
  };
}

// The spellings that Go's hosts may choose among (strconv.ParseBool); other text asks for nothing.
function parseMultiplex(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : /^(1|t|T|true|True|TRUE)$/.test(text);
}

/**
 * The variables that a host sets for its plugin: what {@link readHostWishes} and {@link hasCookie} read. What this host
 * does not ask for is undefined, so that a host which is a plugin itself does not pass on what its own host asked for.
 */
export function formatHostWishes(handshake: HandshakeConfig, wishes: Omit<HostWishes, 'invalidVersions'>): Env {
  return {
    [handshake.magicCookieKey]: handshake.magicCookieValue,
    [envNames.protocolVersions]: wishes.versions.join(','),
    [envNames.minPort]: wishes.minPort,
    [envNames.maxPort]: wishes.maxPort,
    [envNames.clientCert]: wishes.clientCert,
    [envNames.multiplexGrpc]: wishes.multiplex ? 'true' : undefined,
    [envNames.unixSocketDir]: wishes.socketDir,
    [envNames.unixSocketGroup]: wishes.socketGroup,
  };
}

export interface PortRange {
  readonly min: number;
  readonly max: number;
}

/** Both ends included; missing means 0, and 0 lets the system choose (go-plugin server.go, serverListener_tcp). */
export function parsePortRange(minPort: string | undefined, maxPort: string | undefined): PortRange {
  const min = parsePort(envNames.minPort, minPort);
  const max = parsePort(envNames.maxPort, maxPort);
  if (min > max) {
    throw new GoPluginError(
      'environment',
      `Cannot choose a port: ${envNames.minPort} ${min} is more than ${envNames.maxPort} ${max}`,
    );
  }
  return { min, max };
}

function parsePort(name: string, text = '0'): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) {
    throw new GoPluginError(
      'environment',
      `Cannot choose a port: ${name} is ${JSON.stringify(text)}, expected a number from 0 to 65535`,
    );
  }
  return port;
}
