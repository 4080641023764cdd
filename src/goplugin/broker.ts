import type { Socket } from 'node:net';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import descriptor from '../generated/goplugin/grpc_broker_descriptor.js';
import brokerGrpc from '../generated/goplugin/grpc_broker_grpc_pb.js';
import pb from '../generated/goplugin/grpc_broker_pb.js';
import { Announcements } from './announcements.ts';
import { type BrokerCall, BrokerStream } from './broker-stream.ts';
import { type Connection, openConnection } from './connection.ts';
import { GoPluginError } from './errors.ts';
import { GrpcServer } from './grpc-server.ts';
import { isNetwork } from './handshake.ts';
import type { Logger } from './hclog.ts';
import type { Listener } from './listen.ts';
import type { OpenStreams } from './open-streams.ts';
import type { PluginService } from './service.ts';
import type { TlsConfig } from './tls.ts';

/**
 * Further connections between a plugin and its host, each known to both by an id: a plugin calls services of its host,
 * and either side hands the other one a service for as long as a call needs it. The same on both sides (go-plugin
 * grpc_broker.go). How the other side learns an id is for the application's own messages.
 */
export interface Broker {
  /** An id for {@link acceptAndServe} that this side has not used yet. Both sides count for themselves, from 1. */
  nextId(): number;
  /**
   * Serves on a connection of its own, which the other side dials by this id within five seconds. Resolves when that is
   * announced. Rejects with code `listen` where nothing can be opened, with `broker` where the other side is out of reach.
   */
  acceptAndServe(id: number, services: readonly PluginService[]): Promise<BrokeredServer>;
  /**
   * Connects to what the other side serves under this id, and waits up to five seconds until that is announced. Rejects
   * with code `broker` where it is not, with `aborted` at the signal. Whoever dials closes the connection.
   */
  dial(id: number, options?: { readonly signal?: AbortSignal }): Promise<Connection>;
}

/** Services on a brokered connection. */
export interface BrokeredServer {
  /** Takes no more connections, waits up to a second for calls that run, cancels the rest. May be called again. */
  close(): Promise<void>;
}

/** What a broker needs from the side that it serves. */
export interface BrokerEdge {
  /** Opens a socket as that side opens all of its sockets. */
  readonly listen: (onConnection: (socket: Socket) => void) => Promise<Listener>;
  /** That side's certificates: brokered connections use the same. */
  readonly tls: TlsConfig | undefined;
  readonly logger: Logger;
}

const defaultDrainMs = 1000;

/** A server of this side with its socket. */
interface Served {
  readonly server: GrpcServer;
  readonly listener: Listener;
}

/** A broker as its own side holds it. */
export class GrpcBroker implements Broker {
  readonly #edge: BrokerEdge;
  readonly #stream: BrokerStream;
  readonly #announcements = new Announcements();
  readonly #served = new Set<Served>();
  readonly #connections = new Set<Connection>();
  #lastId = 0;
  #isClosed = false;

  constructor(edge: BrokerEdge) {
    this.#edge = edge;
    this.#stream = new BrokerStream({ onReceive: (info) => this.#receive(info), logger: edge.logger });
  }

  nextId(): number {
    // On the wire an id is an unsigned number of 32 bits.
    this.#lastId = (this.#lastId + 1) >>> 0;
    return this.#lastId;
  }

  async acceptAndServe(id: number, services: readonly PluginService[]): Promise<BrokeredServer> {
    if (this.#isClosed) {
      throw new GoPluginError('broker', `Cannot accept the brokered connection ${id}: the broker is closed`);
    }
    const server = new GrpcServer(services, { tls: this.#edge.tls, grpcOptions: unlimited });
    const listener = await this.#edge.listen((socket) => server.accept(socket));
    const served: Served = { server, listener };
    this.#served.add(served);
    try {
      await this.#stream.send(announcement(id, listener));
    } catch (error) {
      await this.#stop(served, 0);
      throw error;
    }
    let stopped: Promise<boolean> | undefined;
    return {
      close: async () => {
        stopped ??= this.#stop(served, defaultDrainMs);
        await stopped;
      },
    };
  }

  async dial(id: number, { signal }: { readonly signal?: AbortSignal } = {}): Promise<Connection> {
    const address = await this.#announcements.take(id, signal);
    const { target, client, close } = openConnection(address, this.#edge.tls);
    const connection: Connection = {
      target,
      client,
      close: () => {
        this.#connections.delete(connection);
        close();
      },
    };
    this.#connections.add(connection);
    return connection;
  }

  /** Takes the call that carries the announcements; a later one takes the place of an earlier one. */
  attach(call: BrokerCall): void {
    this.#stream.attach(call);
  }

  /** Takes no more connections, waits so long for calls that run, cancels the rest; false if there were some. */
  async drain(limitMs: number): Promise<boolean> {
    const inTime = await Promise.all([...this.#served].map((served) => this.#stop(served, limitMs)));
    return !inTime.includes(false);
  }

  /** Ends all that was brokered on this side at once, and for good. */
  close(): void {
    this.#isClosed = true;
    this.#announcements.close();
    this.#stream.close();
    for (const connection of this.#connections) {
      connection.close();
    }
    for (const served of this.#served) {
      void this.#stop(served, 0);
    }
  }

  #stop(served: Served, limitMs: number): Promise<boolean> {
    this.#served.delete(served);
    served.listener.close();
    return served.server.stop(limitMs);
  }

  #receive(info: pb.ConnInfo): void {
    const id = info.getServiceId();
    const [network, address, knock] = [info.getNetwork(), info.getAddress(), info.getKnock()];
    if (knock !== undefined) {
      this.#refuseKnock(id, knock);
    } else if (isNetwork(network) && address !== '') {
      this.#announcements.add(id, { network, address });
    } else {
      this.#edge.logger.warn('The other side announces a connection at no address', { id, network, address });
    }
  }

  // A knock asks for a turn on the one socket that both sides would share (go-plugin grpc_broker.go, listenForKnocks).
  #refuseKnock(id: number, knock: pb.ConnInfo.Knock): void {
    if (!knock.getKnock() || knock.getAck()) {
      this.#edge.logger.warn('The other side answers a knock that never was', { id, error: knock.getError() });
      return;
    }
    const message = `Cannot accept the brokered connection ${id}: multiplexing is not spoken here`;
    this.#stream.send(refusal(id, message)).catch((error) => {
      this.#edge.logger.debug('A knock cannot be answered', { id, error });
    });
  }
}

const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

function announcement(id: number, { network, address }: Listener): pb.ConnInfo {
  const info = new pb.ConnInfo();
  info.setServiceId(id);
  info.setNetwork(network);
  info.setAddress(address);
  return info;
}

function refusal(id: number, message: string): pb.ConnInfo {
  const ack = new pb.ConnInfo.Knock();
  ack.setKnock(true);
  ack.setAck(true);
  ack.setError(message);
  const info = new pb.ConnInfo();
  info.setServiceId(id);
  info.setKnock(ack);
  return info;
}

/** The service that a plugin's broker is reached by. Its host opens the one call right after the handshake and keeps it. */
export function brokerService(broker: Pick<GrpcBroker, 'attach'>, streams: OpenStreams): PluginService {
  return {
    definition: brokerGrpc.GRPCBrokerService,
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: {
      startStream(call: ServerDuplexStream<pb.ConnInfo, pb.ConnInfo>): void {
        streams.add(call);
        broker.attach(call);
      },
    },
  };
}
