import type { Duplex } from 'node:stream';
import { type ConnectionInjector, Server, type ServerOptions } from '@grpc/grpc-js';
import './bounded-strings.ts';
import { guardHandlers } from './guard-handlers.ts';
import { type Logger, silentLogger } from './hclog.ts';
import type { PluginService } from './service.ts';
import { serverCredentials, type TlsConfig } from './tls.ts';

export interface GrpcServerOptions {
  readonly tls?: TlsConfig | undefined;
  readonly grpcOptions?: ServerOptions | undefined;
  /** Told of handlers that fail; nobody is unless given. */
  readonly logger?: Logger | undefined;
}

/**
 * Node ends a connection, and all calls on it, whose client has cancelled a thousand calls faster than 33 a second. That is
 * meant for strangers: a host may give up whatever it likes, and Go's plugins let it.
 */
const unlimitedResets = { streamResetBurst: 2 ** 31 - 1, streamResetRate: 2 ** 31 - 1 };

/**
 * A gRPC server without a listener of its own: sockets are handed to it. The listener so stays ours (umask, group, port
 * range; grpc-js itself prints a line on stderr for each port that is taken), and so does the moment it stops accepting.
 */
export class GrpcServer {
  readonly #server: Server;
  readonly #injector: ConnectionInjector;
  readonly #sockets = new Set<Duplex>();
  readonly #drained = Promise.withResolvers<void>();
  #stopping = false;

  constructor(
    services: readonly PluginService[],
    { tls, grpcOptions = {}, logger = silentLogger }: GrpcServerOptions = {},
  ) {
    this.#server = new Server(grpcOptions);
    // grpc-js hands this on to Node's servers, and has no option for it.
    // biome-ignore lint/complexity/useLiteralKeys: so that TypeScript lets a private field be reached.
    Object.assign(this.#server['commonServerOptions'], unlimitedResets);
    for (const service of services) {
      this.#server.addService(service.definition, guardHandlers(service, logger));
    }
    this.#injector = this.#server.createConnectionInjector(serverCredentials(tls));
  }

  accept(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#settle();
    });
    this.#injector.injectConnection(socket);
  }

  /**
   * Ends the connections as soon as their running calls have ended; false if some had to be cancelled after the limit.
   * The sockets are what we wait for: since Node closes the sessions of a server that closes, tryShutdown() finds them
   * closed and calls back while calls still run (grpc-js 1.14 on Node 26; test "lets a running call end").
   */
  async stop(limitMs: number): Promise<boolean> {
    this.#stopping = true;
    this.#server.tryShutdown(() => undefined);
    this.#settle();
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), limitMs);
    const inTime = await Promise.race([this.#drained.promise.then(() => true), late]);
    clearTimeout(timer);
    if (!inTime) {
      this.#cancelAll();
    }
    return inTime;
  }

  #settle(): void {
    if (this.#stopping && this.#sockets.size === 0) {
      this.#drained.resolve();
    }
  }

  #cancelAll(): void {
    this.#server.forceShutdown();
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }
}
