import type { ServerDuplexStream } from '@grpc/grpc-js';
import descriptor from '../generated/goplugin/grpc_broker_descriptor.js';
import brokerGrpc from '../generated/goplugin/grpc_broker_grpc_pb.js';
import type pb from '../generated/goplugin/grpc_broker_pb.js';
import type { BrokerStream } from './broker-stream.ts';
import type { BrokerTransport } from './broker-transport.ts';
import { type Connection, openConnection } from './connection.ts';
import { GoPluginError } from './errors.ts';
import { GrpcServer } from './grpc-server.ts';
import type { Logger } from './hclog.ts';
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
   * announced. Rejects with code `listen` where nothing can be opened, with `broker` where the other side is out of reach or the id is none.
   */
  acceptAndServe(id: number, services: readonly PluginService[]): Promise<BrokeredServer>;
  /**
   * Connects to what the other side serves under this id, and waits up to five seconds until that is announced. Rejects
   * with code `broker` where it is not or the id is none, with `aborted` at the signal. Whoever dials closes the connection.
   */
  dial(id: number, options?: { readonly signal?: AbortSignal }): Promise<Connection>;
}

/** Services on a brokered connection. */
export interface BrokeredServer {
  /** Takes no more connections, waits up to a second for calls that run, cancels the rest. May be called again. */
  close(): Promise<void>;
}

export interface GrpcBrokerEdge {
  readonly transport: BrokerTransport;
  /** This side's certificates: brokered connections use the same. */
  readonly tls: TlsConfig | undefined;
  readonly logger: Logger;
}

const defaultDrainMs = 1000;
const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** A server of this side, with what ends its connections' coming. */
interface Served {
  readonly server: GrpcServer;
  readonly stopAccepting: () => void;
}

/** A broker as its own side holds it. */
export class GrpcBroker implements Broker {
  readonly #edge: GrpcBrokerEdge;
  readonly #served = new Set<Served>();
  readonly #connections = new Set<Connection>();
  #lastId = 0;
  #isClosed = false;

  constructor(edge: GrpcBrokerEdge) {
    this.#edge = edge;
  }

  nextId(): number {
    // On the wire an id is an unsigned number of 32 bits.
    this.#lastId = (this.#lastId + 1) >>> 0;
    return this.#lastId;
  }

  async acceptAndServe(id: number, services: readonly PluginService[]): Promise<BrokeredServer> {
    this.#throwIfClosed('accept', id);
    throwIfNoId('accept', id);
    const { tls, logger } = this.#edge;
    const server = new GrpcServer(services, { tls, logger, grpcOptions: unlimited });
    const served: Served = { server, stopAccepting: await this.#accept(id, server) };
    if (this.#isClosed) {
      await this.#stop(served, 0);
      this.#throwIfClosed('accept', id);
    }
    this.#served.add(served);
    let stopped: Promise<boolean> | undefined;
    return {
      close: async () => {
        stopped ??= this.#stop(served, defaultDrainMs);
        await stopped;
      },
    };
  }

  async dial(id: number, { signal }: { readonly signal?: AbortSignal } = {}): Promise<Connection> {
    this.#throwIfClosed('dial', id);
    throwIfNoId('dial', id);
    const dialled = await this.#edge.transport.dial(id, signal);
    if (this.#isClosed) {
      dialled.close();
      this.#throwIfClosed('dial', id);
    }
    const { target, client, close } = openConnection(dialled, this.#edge.tls);
    const connection: Connection = {
      target,
      client,
      close: () => {
        this.#connections.delete(connection);
        close();
        dialled.close();
      },
    };
    this.#connections.add(connection);
    return connection;
  }

  /** Takes no more connections, waits so long for calls that run, cancels the rest; false if there were some. */
  async drain(limitMs: number): Promise<boolean> {
    const inTime = await Promise.all([...this.#served].map((served) => this.#stop(served, limitMs)));
    return !inTime.includes(false);
  }

  /** Ends all that was brokered on this side at once, and for good. */
  close(): void {
    this.#isClosed = true;
    for (const connection of this.#connections) {
      connection.close();
    }
    for (const served of this.#served) {
      void this.#stop(served, 0);
    }
    this.#edge.transport.close();
  }

  async #accept(id: number, server: GrpcServer): Promise<() => void> {
    try {
      return await this.#edge.transport.accept(id, (connection) => server.accept(connection));
    } catch (error) {
      await server.stop(0);
      throw error;
    }
  }

  #stop(served: Served, limitMs: number): Promise<boolean> {
    this.#served.delete(served);
    served.stopAccepting();
    return served.server.stop(limitMs);
  }

  #throwIfClosed(purpose: 'accept' | 'dial', id: number): void {
    if (this.#isClosed) {
      throw new GoPluginError('broker', `Cannot ${purpose} the brokered connection ${id}: the broker is closed`);
    }
  }
}

// What cannot be written as an unsigned number of 32 bits would break the call that all announcements go over, for good.
function throwIfNoId(purpose: 'accept' | 'dial', id: number): void {
  if (!Number.isInteger(id) || id !== id >>> 0) {
    throw new GoPluginError(
      'broker',
      `Cannot ${purpose} a brokered connection: its id is ${String(id)}, expected an integer from 0 to ${2 ** 32 - 1}`,
    );
  }
}

/** The service that a plugin's broker is reached by. Its host opens the one call right after the handshake and keeps it. */
export function brokerService(stream: BrokerStream, streams: OpenStreams): PluginService {
  return {
    definition: brokerGrpc.GRPCBrokerService,
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: {
      startStream(call: ServerDuplexStream<pb.ConnInfo, pb.ConnInfo>): void {
        streams.add(call);
        stream.attach(call);
      },
    },
  };
}
