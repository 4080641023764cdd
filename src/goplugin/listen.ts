import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { type HostWishes, parsePortRange } from './env.ts';
import { GoPluginError, messageOf } from './errors.ts';
import { groupId } from './group-id.ts';
import type { PluginAddress } from './handshake.ts';
import type { Logger } from './hclog.ts';

export interface ListenOptions {
  readonly wishes: Pick<HostWishes, 'socketDir' | 'socketGroup' | 'minPort' | 'maxPort'>;
  /** Where sockets go if the host names no directory. */
  readonly temporaryDirectory: string;
  readonly platform: NodeJS.Platform;
  readonly logger: Logger;
  readonly onConnection: (socket: Socket) => void;
  /** The address of an earlier listener, now closed, that this one takes. */
  readonly again?: PluginAddress | undefined;
}

export interface Listener extends PluginAddress {
  /** Accepts no more and removes the socket's file; connections that are open stay. */
  close(): void;
}

/**
 * Opens the plugin's one listener, which accepts when the promise resolves: a Unix socket in the host's directory or
 * the temporary one; loopback TCP on Windows and where no Unix socket can be made, for which the log has the reason.
 * A group that cannot be given to the socket is an error: TCP would open it to everybody.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  if (options.platform === 'win32' || options.again?.network === 'tcp') {
    return listenTcp(options);
  }
  const directory = path.resolve(options.wishes.socketDir ?? options.temporaryDirectory);
  // Short, since the whole path is limited, and random, since others may write to the directory.
  const socketPath = options.again?.address ?? path.join(directory, `plugin${randomBytes(6).toString('hex')}`);
  const reason = whyUnusable(socketPath, options.platform) ?? (await bindUnix(socketPath, options));
  if (typeof reason !== 'string') {
    return shareWithGroup(reason, options);
  }
  if (options.again !== undefined) {
    throw new GoPluginError('listen', `Cannot listen on ${socketPath} again: ${reason}`);
  }
  const listener = await listenTcp(options);
  options.logger.warn('Listening on loopback TCP, since no Unix socket can be made', {
    socketPath,
    reason,
    address: listener.address,
  });
  return listener;
}

/** Listens where a debugger wants it: at `host:port`, or at `:port` of loopback. Rejects with code `config` or `listen`. */
export async function listenAt(
  address: string,
  options: Pick<ListenOptions, 'logger' | 'onConnection'>,
): Promise<Listener> {
  const [, host = '127.0.0.1', port] = /^([^:]+)?:(\d+)$/.exec(address) ?? [];
  if (port === undefined) {
    throw new GoPluginError('config', `Cannot listen on ${JSON.stringify(address)}: expected host:port`);
  }
  try {
    return await bindTcp(host, Number(port), options);
  } catch (cause) {
    throw new GoPluginError('listen', `Cannot listen on ${address}: ${messageOf(cause)}`, { cause });
  }
}

/** The length of `sun_path` without its final NUL, in bytes: 107 on Linux, 103 on the BSDs and macOS (unix(4)). */
export function maxSocketPathByteLength(platform: NodeJS.Platform): number {
  return platform === 'linux' ? 107 : 103;
}

function whyUnusable(socketPath: string, platform: NodeJS.Platform): string | undefined {
  const byteLength = Buffer.byteLength(socketPath);
  if (byteLength > maxSocketPathByteLength(platform)) {
    return `The path has ${byteLength} bytes, at most ${maxSocketPathByteLength(platform)} are allowed`;
  }
  // libuv would report this one as a lack of permission.
  if (!existsSync(path.dirname(socketPath))) {
    return `The directory ${path.dirname(socketPath)} does not exist`;
  }
  if (/[|\r\n]/.test(socketPath)) {
    return 'The path has a character that the handshake line cannot carry';
  }
  return undefined;
}

async function bindUnix(socketPath: string, options: ListenOptions): Promise<Listener | string> {
  const server = createServer(options.onConnection);
  // Who may connect is decided before the socket exists: whoever may write to it.
  const umask = process.umask(0o077);
  const bound = bind(server, { path: socketPath }, options.logger);
  process.umask(umask);
  try {
    await bound;
  } catch (error) {
    return messageOf(error);
  }
  return {
    network: 'unix',
    address: socketPath,
    close() {
      server.close();
      rmSync(socketPath, { force: true });
    },
  };
}

function shareWithGroup(listener: Listener, { wishes: { socketGroup } }: ListenOptions): Listener {
  if (socketGroup === undefined) {
    return listener;
  }
  try {
    // -1 keeps the owner.
    chownSync(listener.address, -1, groupId(socketGroup, readEtcGroup()));
    chmodSync(listener.address, 0o660);
    return listener;
  } catch (error) {
    listener.close();
    if (error instanceof GoPluginError) {
      throw error;
    }
    throw new GoPluginError('listen', `Cannot give the socket to the group ${socketGroup}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

export function readEtcGroup(): string {
  return existsSync('/etc/group') ? readFileSync('/etc/group', 'utf8') : '';
}

async function listenTcp(options: ListenOptions): Promise<Listener> {
  const samePort = options.again?.address.split(':').at(-1);
  const { min, max } = parsePortRange(samePort ?? options.wishes.minPort, samePort ?? options.wishes.maxPort);
  let lastError: unknown;
  for (let port = min; port <= max; port++) {
    try {
      return await bindTcp('127.0.0.1', port, options);
    } catch (error) {
      lastError = error;
    }
  }
  throw new GoPluginError(
    'listen',
    `Cannot listen on 127.0.0.1: no port from ${min} to ${max} is free, the last said: ${messageOf(lastError)}`,
    { cause: lastError },
  );
}

async function bindTcp(
  host: string,
  port: number,
  { onConnection, logger }: Pick<ListenOptions, 'logger' | 'onConnection'>,
): Promise<Listener> {
  const server = createServer(onConnection);
  await bind(server, { host, port }, logger);
  return { network: 'tcp', address: `${host}:${boundPort(server)}`, close: () => server.close() };
}

function bind(server: Server, where: { path: string } | { host: string; port: number }, logger: Logger): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      // An accept that fails later (no file descriptor is left) must not end the process.
      server.on('error', (error) => logger.error('Cannot accept a connection', { error }));
      resolve();
    });
  });
}

function boundPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error(`Cannot tell the port of a listener at ${JSON.stringify(address)}`);
  }
  return address.port;
}
