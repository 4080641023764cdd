import type { Duplex } from 'node:stream';
import type { Logger } from '../hclog.ts';
import { Knocker } from './knocker.ts';
import { Knocks } from './knocks.ts';
import type { MuxSession } from './session.ts';

/** A message about knocks, as the broker's stream carries it (ConnInfo.Knock). */
export interface KnockMessage {
  readonly id: number;
  readonly isAck: boolean;
  /** Why a knock is refused; empty for consent. */
  readonly error: string;
}

export interface GrpcMuxerEdge {
  /** The one connection; for a plugin it exists only once its host has connected. */
  readonly session: Promise<MuxSession>;
  /** Sends over the broker's stream. */
  readonly send: (message: KnockMessage) => Promise<void>;
  /** Takes streams that come without a knock: a plugin's main services are reached so. Without it they are ended. */
  readonly onMainStream?: (stream: Duplex) => void;
  readonly logger: Logger;
  readonly nowMs?: () => number;
}

/** Brokered connections as streams of the one connection between a host and its plugin (go-plugin internal/grpcmux). */
export class GrpcMuxer {
  readonly #edge: GrpcMuxerEdge;
  readonly #nowMs: () => number;
  readonly #knocks = new Knocks();
  readonly #knocker: Knocker;
  readonly #listeners = new Map<number, (stream: Duplex) => void>();

  constructor(edge: GrpcMuxerEdge) {
    this.#edge = edge;
    this.#nowMs = edge.nowMs ?? (() => performance.now());
    this.#knocker = new Knocker({
      sendKnock: (id) => edge.send({ id, isAck: false, error: '' }),
      open: async () => (await edge.session).open(),
    });
  }

  /** Opens a stream without a knock: that is how a host reaches its plugin's main services. */
  open(): Promise<Duplex> {
    return this.#knocker.openMain();
  }

  /** Dials an id of the other side; rejects as {@link Knocker.dial} does. */
  dial(id: number, signal?: AbortSignal): Promise<Duplex> {
    return this.#knocker.dial(id, signal);
  }

  /** Takes the streams that the other side dials by this id, until the returned function is called. */
  listen(id: number, onStream: (stream: Duplex) => void): () => void {
    this.#listeners.set(id, onStream);
    if (this.#knocks.listen(id, this.#nowMs())) {
      this.#acknowledge(id);
    }
    return () => {
      this.#listeners.delete(id);
      this.#knocks.forget(id);
    };
  }

  /** What the broker's stream brings about knocks. */
  receive({ id, isAck, error }: KnockMessage): void {
    if (isAck) {
      this.#knocker.acknowledge(id, error);
    } else if (this.#knocks.knock(id, this.#nowMs())) {
      this.#acknowledge(id);
    }
  }

  /** What the session brings: a stream that the other side has opened. */
  accept(stream: Duplex): void {
    const id = this.#knocks.takeStream(this.#nowMs());
    const onStream = id === undefined ? this.#edge.onMainStream : this.#listeners.get(id);
    if (onStream === undefined) {
      this.#edge.logger.warn('The other side opens a stream that nobody serves', id === undefined ? {} : { id });
      stream.destroy();
      return;
    }
    onStream(stream);
  }

  /** Ends all dials; what is connected stays. */
  close(): void {
    this.#knocker.close();
  }

  #acknowledge(id: number): void {
    this.#edge.send({ id, isAck: true, error: '' }).catch((error) => {
      this.#edge.logger.debug('A knock cannot be answered', { id, error });
    });
  }
}
