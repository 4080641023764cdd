import type { Socket } from 'node:net';
import type { ServerOptions } from '@grpc/grpc-js';
import { type Broker, brokerService, GrpcBroker } from '../broker.ts';
import { controllerService } from '../controller.ts';
import { type Env, type HostWishes, readHostWishes } from '../env.ts';
import { GrpcServer } from '../grpc-server.ts';
import { formatHandshake, type PluginAddress } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import { healthService } from '../health.ts';
import { listen, listenAt } from '../listen.ts';
import { negotiateVersion } from '../negotiate.ts';
import { OpenStreams } from '../open-streams.ts';
import { reflectionServices } from '../reflection/reflection-services.ts';
import type { PluginService, PluginSet } from '../service.ts';
import type { Stdio } from '../stdio.ts';
import { chooseTls, type TlsProvider } from './choose-tls.ts';

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
  /** Accepts no more, waits so long for running calls, cancels the rest. Removes the socket's file at once. */
  stop(limitMs: number): Promise<void>;
  /** Removes the socket's file, at once; for a process that is about to end anyhow. */
  abandon(): void;
}

/** Serves a plugin as far as that needs no process: chooses the version, listens, and answers calls. */
export async function startServing(config: ServingConfig, edge: ServingEdge): Promise<Serving> {
  const { logger, stdio, temporaryDirectory, platform } = edge;
  const wishes = readHostWishes(edge.env);
  const security = await chooseTls(wishes, config.tlsProvider);
  const openSocket = (onConnection: (socket: Socket) => void) =>
    listen({ wishes, temporaryDirectory, platform, logger, onConnection });
  const broker = new GrpcBroker({ listen: openSocket, tls: security.tls, logger });
  const { protocolVersion, services } = choosePlugins(config, wishes, broker, logger);

  const shutdown = Promise.withResolvers<void>();
  const streams = new OpenStreams();
  const served = [
    healthService(streams),
    brokerService(broker, streams),
    controllerService(shutdown.resolve),
    stdio.service,
    ...services,
  ];
  const server = new GrpcServer([...served, ...reflectionServices(served, streams)], {
    tls: security.tls,
    grpcOptions: config.grpcOptions,
  });
  const { address: fixedAddress } = config.standalone ?? {};
  const accept = (socket: Socket) => server.accept(socket);
  const listener = await (fixedAddress === undefined
    ? openSocket(accept)
    : listenAt(fixedAddress, { logger, onConnection: accept }));
  const { network, address } = listener;
  return {
    network,
    address,
    protocolVersion,
    // Brokered connections over the one socket are not served: say so to a host that asks.
    handshakeLine: formatHandshake({
      protocolVersion,
      network,
      address,
      ...(security.serverCert === undefined ? {} : { serverCert: security.serverCert }),
      ...(wishes.multiplex ? { multiplex: false } : {}),
    }),
    shutdownRequested: shutdown.promise,
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
