import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import pb from '../generated/goplugin/grpc_broker_pb.js';
import { Announcements } from './announcements.ts';
import type { BrokerStream } from './broker-stream.ts';
import type { BrokerTransport, DialledAddress } from './broker-transport.ts';
import { isNetwork, type PluginAddress } from './handshake.ts';
import type { Logger } from './hclog.ts';
import type { Listener } from './listen.ts';

export interface SocketTransportEdge {
  readonly stream: BrokerStream;
  /** Opens a socket as this side opens all of its sockets. */
  readonly listen: (onConnection: (socket: Socket) => void) => Promise<Listener>;
  /** Told where the other side listens, for whoever removes what it leaves. */
  readonly onAnnounced?: (address: PluginAddress) => void;
  readonly logger: Logger;
}

/** Gives each brokered connection a socket of its own, whose address is announced (go-plugin grpc_broker.go, Accept). */
export class SocketTransport implements BrokerTransport {
  readonly #edge: SocketTransportEdge;
  readonly #announcements = new Announcements();
  readonly #listeners = new Set<Listener>();

  constructor(edge: SocketTransportEdge) {
    this.#edge = edge;
    edge.stream.onReceive((info) => this.#receive(info));
  }

  async accept(id: number, onConnection: (connection: Duplex) => void): Promise<() => void> {
    const listener = await this.#edge.listen(onConnection);
    this.#listeners.add(listener);
    const close = () => {
      this.#listeners.delete(listener);
      listener.close();
    };
    try {
      await this.#edge.stream.send(announcement(id, listener));
      return close;
    } catch (error) {
      close();
      throw error;
    }
  }

  async dial(id: number, signal?: AbortSignal): Promise<DialledAddress> {
    const address = await this.#announcements.take(id, signal);
    return { ...address, close: () => undefined };
  }

  close(): void {
    this.#announcements.close();
    this.#edge.stream.close();
    for (const listener of this.#listeners) {
      listener.close();
    }
    this.#listeners.clear();
  }

  #receive(info: pb.ConnInfo): void {
    const id = info.getServiceId();
    const [network, address, knock] = [info.getNetwork(), info.getAddress(), info.getKnock()];
    if (knock !== undefined) {
      this.#refuseKnock(id, knock);
    } else if (isNetwork(network) && address !== '') {
      this.#edge.onAnnounced?.({ network, address });
      this.#announcements.add(id, { network, address });
    } else {
      this.#edge.logger.warn('The other side announces a connection at no address', { id, network, address });
    }
  }

  // A knock asks for a turn on the one connection that a multiplexing side has (go-plugin grpc_broker.go, listenForKnocks).
  #refuseKnock(id: number, knock: pb.ConnInfo.Knock): void {
    if (!knock.getKnock() || knock.getAck()) {
      this.#edge.logger.warn('The other side answers a knock that never was', { id, error: knock.getError() });
      return;
    }
    this.#edge.stream.send(refusal(id)).catch((error) => {
      this.#edge.logger.debug('A knock cannot be answered', { id, error });
    });
  }
}

function announcement(id: number, { network, address }: PluginAddress): pb.ConnInfo {
  const info = new pb.ConnInfo();
  info.setServiceId(id);
  info.setNetwork(network);
  info.setAddress(address);
  return info;
}

function refusal(id: number): pb.ConnInfo {
  const ack = new pb.ConnInfo.Knock();
  ack.setKnock(true);
  ack.setAck(true);
  ack.setError(
    `Cannot accept the brokered connection ${id}: it is announced, since this connection is not multiplexed`,
  );
  const info = new pb.ConnInfo();
  info.setServiceId(id);
  info.setKnock(ack);
  return info;
}
