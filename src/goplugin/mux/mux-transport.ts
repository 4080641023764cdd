import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import pb from '../../generated/goplugin/grpc_broker_pb.js';
import type { BrokerStream } from '../broker-stream.ts';
import type { BrokerTransport, DialledAddress } from '../broker-transport.ts';
import { GoPluginError } from '../errors.ts';
import type { Logger } from '../hclog.ts';
import { GrpcMuxer, type KnockMessage } from './grpc-muxer.ts';
import { type RelayEdge, relay } from './relay.ts';
import type { MuxSession, MuxSessionOptions } from './session.ts';

export interface MuxTransportEdge {
  readonly stream: BrokerStream;
  /** Opens the sockets by which gRPC clients of this process reach streams. */
  readonly listen: RelayEdge['listen'];
  /** Takes what the other side opens without a knock: its connection to a plugin's main services. */
  readonly onMainStream?: (stream: Duplex) => void;
  readonly logger: Logger;
}

/** Carries all brokered connections, and the main one, over one socket (go-plugin internal/grpcmux). */
export class MuxTransport implements BrokerTransport {
  readonly #edge: MuxTransportEdge;
  readonly #muxer: GrpcMuxer;
  readonly #session = Promise.withResolvers<MuxSession>();

  constructor(edge: MuxTransportEdge) {
    this.#edge = edge;
    this.#muxer = new GrpcMuxer({
      session: this.#session.promise,
      send: (message) => edge.stream.send(knockInfo(message)),
      ...(edge.onMainStream !== undefined && { onMainStream: edge.onMainStream }),
      logger: edge.logger,
    });
    // Where nothing was dialled, nobody awaits it.
    this.#session.promise.catch(() => undefined);
    edge.stream.onReceive((info) => this.#receive(info));
  }

  /** Speaks yamux over the one socket from now on; resolves when that has closed. The library is loaded here, not before. */
  async use(socket: Socket, role: MuxSessionOptions['role']): Promise<void> {
    const { openSession } = await import('./session.ts');
    const session = openSession(socket, { role, onStream: (stream) => this.#muxer.accept(stream) });
    this.#session.resolve(session);
    await session.closed;
  }

  /** Where a client of this process connects to the other side's main services. */
  reachMain(): Promise<DialledAddress> {
    return this.#relay(() => this.#muxer.open());
  }

  async accept(id: number, onConnection: (connection: Duplex) => void): Promise<() => void> {
    return this.#muxer.listen(id, onConnection);
  }

  async dial(id: number, signal?: AbortSignal): Promise<DialledAddress> {
    let first: Duplex | undefined = await this.#muxer.dial(id, signal);
    // A connection that breaks is made again by another knock.
    const open = async () => {
      const stream = first;
      first = undefined;
      return stream === undefined || stream.destroyed ? this.#muxer.dial(id) : stream;
    };
    try {
      return await this.#relay(open);
    } catch (error) {
      first?.destroy();
      throw error;
    }
  }

  close(): void {
    this.#muxer.close();
    this.#edge.stream.close();
    this.#session.reject(new GoPluginError('broker', 'Cannot use the multiplexed connection: the broker is closed'));
    this.#session.promise.then((session) => session.close()).catch(() => undefined);
  }

  #relay(open: () => Promise<Duplex>): Promise<DialledAddress> {
    const { listen, logger } = this.#edge;
    return relay({ listen, open, logger });
  }

  #receive(info: pb.ConnInfo): void {
    const [id, knock] = [info.getServiceId(), info.getKnock()];
    if (knock?.getKnock()) {
      this.#muxer.receive({ id, isAck: knock.getAck(), error: knock.getError() });
      return;
    }
    const { network, address } = info.toObject();
    this.#edge.logger.warn('The other side announces a socket, though all goes over one', { id, network, address });
  }
}

function knockInfo({ id, isAck, error }: KnockMessage): pb.ConnInfo {
  const knock = new pb.ConnInfo.Knock();
  knock.setKnock(true);
  knock.setAck(isAck);
  knock.setError(error);
  const info = new pb.ConnInfo();
  info.setServiceId(id);
  info.setKnock(knock);
  return info;
}
