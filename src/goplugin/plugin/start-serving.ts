import type { ServerOptions } from '@grpc/grpc-js';
import { brokerService } from '../broker.ts';
import { controllerService } from '../controller.ts';
import { type Env, type HostWishes, readHostWishes } from '../env.ts';
import { GoPluginError } from '../errors.ts';
import { formatHandshake, type PluginAddress } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import { healthService } from '../health.ts';
import { negotiateVersion } from '../negotiate.ts';
import { OpenStreams } from '../open-streams.ts';
import type { PluginSet } from '../service.ts';
import type { Stdio } from '../stdio.ts';
import { GrpcServer } from './grpc-server.ts';
import { listen } from './listen.ts';

export interface ServingConfig {
  /** What is served, keyed by the version of the application's protocol. */
  readonly versionedPlugins: Readonly<Record<number, PluginSet>>;
  readonly grpcOptions?: ServerOptions;
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
  const { logger, stdio } = edge;
  const wishes = readHostWishes(edge.env);
  refuseWhatIsNotSpoken(wishes);
  const { protocolVersion, plugins } = choosePlugins(config, wishes, logger);

  const shutdown = Promise.withResolvers<void>();
  const streams = new OpenStreams();
  const server = new GrpcServer(
    [
      healthService(streams),
      brokerService(streams, logger),
      controllerService(shutdown.resolve),
      stdio.service,
      ...plugins,
    ],
    config.grpcOptions,
  );
  const { temporaryDirectory, platform } = edge;
  const onConnection = server.accept.bind(server);
  const listener = await listen({ wishes, temporaryDirectory, platform, logger, onConnection });
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
      ...(wishes.multiplex ? { multiplex: false } : {}),
    }),
    shutdownRequested: shutdown.promise,
    async stop(limitMs) {
      listener.close();
      streams.endAll();
      stdio.end();
      if (!(await server.stop(limitMs))) {
        logger.warn('Some calls did not end in time and were cancelled', { limitMs });
      }
    },
    abandon: () => listener.close(),
  };
}

// A host that sent its certificate trusts only who presents the one in the handshake: it would refuse a plain
// connection, and say less about the reason.
function refuseWhatIsNotSpoken(wishes: HostWishes): void {
  if (wishes.clientCert !== undefined) {
    throw new GoPluginError(
      'unsupported',
      'Cannot serve a host that asks for AutoMTLS (PLUGIN_CLIENT_CERT is set): this plugin does not speak TLS yet',
    );
  }
}

function choosePlugins(
  { versionedPlugins }: ServingConfig,
  { versions, invalidVersions }: HostWishes,
  logger: Logger,
): { protocolVersion: number; plugins: PluginSet } {
  if (invalidVersions.length > 0) {
    logger.warn('The host offers protocol versions that are no numbers', { invalidVersions });
  }
  const protocolVersion = negotiateVersion(Object.keys(versionedPlugins).map(Number), versions);
  return { protocolVersion, plugins: versionedPlugins[protocolVersion] ?? [] };
}
