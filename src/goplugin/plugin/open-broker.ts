import type { Duplex } from 'node:stream';
import { GrpcBroker } from '../broker.ts';
import { BrokerStream } from '../broker-stream.ts';
import { type ListenOptions, listen } from '../listen.ts';
import type { MuxTransport } from '../mux/mux-transport.ts';
import type { PeerSockets } from '../peer-sockets.ts';
import { SocketTransport } from '../socket-transport.ts';
import type { TlsConfig } from '../tls.ts';

export interface PluginBrokerOptions {
  /** How this plugin opens sockets. */
  readonly sockets: Omit<ListenOptions, 'onConnection' | 'again'>;
  readonly tls: TlsConfig | undefined;
  readonly multiplex: boolean;
  /** Takes the host's connections to the main services, where they come as streams. */
  readonly onMainStream: (stream: Duplex) => void;
  /** Learns of the sockets that the host opens. */
  readonly hostSockets: PeerSockets;
}

/** A plugin's broker, and what belongs to it. */
export interface PluginBroker {
  readonly broker: GrpcBroker;
  readonly stream: BrokerStream;
  /** Where all connections share one socket. */
  readonly mux: MuxTransport | undefined;
}

/** Makes the broker with sockets or streams for its connections, as the host has asked for. */
export async function openBroker(options: PluginBrokerOptions): Promise<PluginBroker> {
  const { sockets, tls, hostSockets } = options;
  const { logger } = sockets;
  const stream = new BrokerStream({ logger });
  const mux = options.multiplex ? await openMux(stream, options) : undefined;
  const transport =
    mux ??
    new SocketTransport({
      stream,
      listen: (onConnection) => listen({ ...sockets, onConnection }),
      onAnnounced: (address) => hostSockets.add(address),
      logger,
    });
  return { broker: new GrpcBroker({ transport, tls, logger }), stream, mux };
}

/** Yamux is loaded for hosts that ask for it: Grafana does not. */
async function openMux(stream: BrokerStream, { sockets, onMainStream }: PluginBrokerOptions): Promise<MuxTransport> {
  const { MuxTransport } = await import('../mux/mux-transport.ts');
  // What gRPC clients of this very process connect to is nothing for a group.
  const wishes = { ...sockets.wishes, socketGroup: undefined };
  return new MuxTransport({
    stream,
    listen: (onConnection, again) => listen({ ...sockets, wishes, onConnection, again }),
    onMainStream,
    logger: sockets.logger,
  });
}
