import type { Socket } from 'node:net';
import type { ServerOptions } from '@grpc/grpc-js';
import { type Broker, brokerService } from '../broker.ts';
import { controllerService } from '../controller.ts';
import { type Env, type HostWishes, readHostWishes } from '../env.ts';
import { GrpcServer } from '../grpc-server.ts';
import { formatHandshake, type PluginAddress } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import { healthService } from '../health.ts';
import { listen, listenAt } from '../listen.ts';
import { negotiateVersion } from '../negotiate.ts';
import { OpenStreams } from '../open-streams.ts';
import { PeerSockets } from '../peer-sockets.ts';
import type { PluginSet } from '../plugin-set.ts';
import { reflectionServices } from '../reflection/reflection-services.ts';
import type { PluginService } from '../service.ts';
import type { Stdio } from '../stdio.ts';
import { chooseTls, type TlsProvider } from './choose-tls.ts';
import { takeOneConnection } from './one-connection.ts';
import { openBroker } from './open-broker.ts';
import { removeSocketDirectory } from './remove-socket-directory.ts';

export interface ServingConfig {
  /** What is served, keyed by the version of the application's protocol. */
  readonly versionedPlugins: Readonly<Record<number, PluginSet>>;
  readonly grpcOptions?: ServerOptions;
  /** The plugin's own certificates, instead of AutoMTLS; called once. Its host must be configured to match. */
  readonly tlsProvider?: TlsProvider;
  /**
   * Serves without a host, as a debugger wants it: no cookie is needed, what the plugin prints stays on stdout, and the line that is printed
   * there instead of the handshake is the {@link ReattachConfig} by which hosts come and go, in JSON. A signal ends it, SIGINT too; no host
   * does. `address` is `host:port`, so that it stays the same; a socket as always unless given.
   */
  readonly standalone?: { readonly address?: string };
}

/** What the process around it gives: nothing here touches the process itself. */
export interface ServingEdge {
  readonly env: Env;
  readonly platform: NodeJS.Platform;
  readonly temporaryDirectory: string;
  readonly logger: Logger;
  /** Carries what the plugin prints. */
  readonly stdio: Stdio;
}

export interface Serving extends PluginAddress {
  readonly protocolVersion: number;
  /** Without its end of line. To be printed once; the listener accepts already. */
  readonly handshakeLine: string;
  /** Resolves when the host asks for the end; its answer is on the way then. */
  readonly shutdownRequested: Promise<void>;
  /** Resolves when the host has gone from its one multiplexed connection; never without multiplexing, where it may connect again. */
  readonly hostLost: Promise<void>;
  /** Accepts no more, waits so long for running calls, cancels the rest. Removes the socket's file at once. */
  stop(limitMs: number): Promise<void>;
  /** Removes the socket's file, at once; for a process that is about to end anyhow. */
  abandon(): void;
  /** Removes what a host that was killed has left: the sockets that it opened for this plugin, and their directory. */
  removeHostRest(): void;
}

/** Serves a plugin as far as that needs no process: chooses the version, listens, and answers calls. */
export async function startServing(config: ServingConfig, edge: ServingEdge): Promise<Serving> {
  const { logger, stdio, temporaryDirectory, platform } = edge;
  const wishes = readHostWishes(edge.env);
  const security = await chooseTls(wishes, config.tlsProvider);
  const sockets = { wishes, temporaryDirectory, platform, logger };
  const hostSockets = new PeerSockets(logger);
  const { broker, stream, mux } = await openBroker({
    sockets,
    tls: security.tls,
    // Who debugs reattaches, and a multiplexed connection is made but once.
    multiplex: wishes.multiplex === true && config.standalone === undefined,
    onMainStream: (connection) => server.accept(connection),
    hostSockets,
  });
  const { protocolVersion, services } = choosePlugins(config, wishes, broker, logger);

  const shutdown = Promise.withResolvers<void>();
  const streams = new OpenStreams();
  const served = [
    healthService(streams),
    brokerService(stream, streams),
    controllerService(shutdown.resolve),
    stdio.service,
    ...services,
  ];
  const server = new GrpcServer([...served, ...reflectionServices(served, streams)], {
    tls: security.tls,
    grpcOptions: config.grpcOptions,
    logger,
  });
  const one = mux && takeOneConnection(mux, logger, () => listener.close());
  const accept = one?.accept ?? ((socket: Socket) => server.accept(socket));
  const { address: fixedAddress } = config.standalone ?? {};
  const listener = await (fixedAddress === undefined
    ? listen({ ...sockets, onConnection: accept })
    : listenAt(fixedAddress, { logger, onConnection: accept }));
  const { network, address } = listener;
  return {
    network,
    address,
    protocolVersion,
    handshakeLine: formatHandshake({
      protocolVersion,
      network,
      address,
      ...(security.serverCert === undefined ? {} : { serverCert: security.serverCert }),
      // Older hosts know no seventh field (go-plugin server.go, Serve).
      ...(wishes.multiplex === undefined ? {} : { multiplex: true }),
    }),
    shutdownRequested: shutdown.promise,
    hostLost: one?.ended ?? new Promise(() => undefined),
    async stop(limitMs) {
      listener.close();
      streams.endAll();
      stdio.end();
      const inTime = await Promise.all([server.stop(limitMs), broker.drain(limitMs)]);
      broker.close();
      if (inTime.includes(false)) {
        logger.warn('Some calls did not end in time and were cancelled', { limitMs });
      }
    },
    abandon() {
      listener.close();
      broker.close();
    },
    removeHostRest() {
      hostSockets.removeAll();
      if (wishes.socketDir !== undefined) {
        removeSocketDirectory(wishes.socketDir, logger);
      }
    },
  };
}

function choosePlugins(
  { versionedPlugins }: ServingConfig,
  { versions, invalidVersions }: HostWishes,
  broker: Broker,
  logger: Logger,
): { protocolVersion: number; services: readonly PluginService[] } {
  if (invalidVersions.length > 0) {
    logger.warn('The host offers protocol versions that are no numbers', { invalidVersions });
  }
  const protocolVersion = negotiateVersion(Object.keys(versionedPlugins).map(Number), versions);
  return { protocolVersion, services: versionedPlugins[protocolVersion]?.(broker) ?? [] };
}
