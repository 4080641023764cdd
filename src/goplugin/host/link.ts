import brokerGrpc from '../../generated/goplugin/grpc_broker_grpc_pb.js';
import { GrpcBroker } from '../broker.ts';
import { BrokerStream } from '../broker-stream.ts';
import { type Connection, openConnection } from '../connection.ts';
import type { PluginAddress } from '../handshake.ts';
import { listen } from '../listen.ts';
import { SocketTransport } from '../socket-transport.ts';
import type { TlsConfig } from '../tls.ts';
import { type OutputListener, readOutput } from './calls.ts';
import { atHostEnd } from './host-end.ts';
import { type HostSockets, openMux } from './open-mux.ts';

/** All that goes to and fro between this host and one plugin. */
export interface Link {
  readonly connection: Connection;
  readonly broker: GrpcBroker;
  /** Resolves when the plugin prints no more. */
  readonly outputEnded: Promise<void>;
  /** Ends all connections, the brokered ones too; calls that run fail. May be called again. */
  close(): void;
}

/** How this host opens sockets for what it serves to the plugin, and the rest. */
export interface LinkOptions extends HostSockets {
  readonly address: PluginAddress;
  readonly tls: TlsConfig | undefined;
  /** All connections share the one socket. */
  readonly multiplex: boolean;
  /** Told where the plugin listens for brokered connections. */
  readonly onAnnounced: (address: PluginAddress) => void;
  readonly onOutput: OutputListener;
}

/**
 * Connects, and opens the two streams that a host keeps for as long as it has the plugin (go-plugin grpc_client.go).
 * Rejects with code `unreachable` where multiplexing finds nobody at the address; otherwise the first call finds out.
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { address, tls, logger, onOutput, onAnnounced } = options;
  const stream = new BrokerStream({ logger, isOpener: true });
  const mux = options.multiplex ? await openMux(address, stream, options) : undefined;
  const transport =
    mux?.transport ??
    new SocketTransport({
      stream,
      listen: (onConnection) => listen({ ...options, onConnection }),
      onAnnounced,
      logger,
    });
  const connection = openConnection(mux?.main ?? address, tls);
  const broker = new GrpcBroker({ transport, tls, logger });
  stream.attach(connection.client(brokerGrpc.GRPCBrokerClient).startStream());
  const outputEnded = readOutput(connection, onOutput, logger);
  const forget = atHostEnd(() => broker.close());
  return {
    connection,
    broker,
    outputEnded,
    close() {
      forget();
      broker.close();
      connection.close();
      mux?.main.close();
    },
  };
}
