import type { Duplex } from 'node:stream';
import { cannotDial, dialGivenUp } from '../dial-error.ts';
import { knockLimitMs } from './knocks.ts';

export interface KnockerEdge {
  /** Sends a knock for this id over the broker's own stream. */
  readonly sendKnock: (id: number) => Promise<void>;
  /** Opens a stream of the multiplexed connection. */
  readonly open: () => Promise<Duplex>;
  /** How long an acknowledgement may take; five seconds, as in go-plugin, unless told. */
  readonly limitMs?: number;
}

/**
 * Dials ids of the other side: knocks, waits for the acknowledgement, opens the stream. One at a time, since the other
 * side takes the next stream for the one it acknowledged last (go-plugin grpc_broker.go, muxDial and knock).
 */
export class Knocker {
  readonly #edge: KnockerEdge;
  #turn: Promise<unknown> = Promise.resolve();
  #pending: { readonly id: number; readonly ack: PromiseWithResolvers<void> } | undefined;
  #isClosed = false;

  constructor(edge: KnockerEdge) {
    this.#edge = edge;
  }

  /** Rejects with code `broker` where the knock is refused or not answered in time, with `aborted` at the signal. */
  async dial(id: number, signal?: AbortSignal): Promise<Duplex> {
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const giveUp = () => reject(dialGivenUp(id, signal));
    signal?.addEventListener('abort', giveUp);
    const stream = this.#inTurn(() => (signal?.aborted ? Promise.reject(dialGivenUp(id, signal)) : this.#dial(id)));
    try {
      return await Promise.race([stream, aborted]);
    } catch (error) {
      // A knock that was sent is seen to its end, or the other side would take our next stream for this one.
      stream.then(discard, ignore);
      throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Opens a stream without a knock, while no knock waits for its stream. */
  openMain(): Promise<Duplex> {
    return this.#inTurn(this.#edge.open);
  }

  /** The other side answers a knock; an empty error is its consent. */
  acknowledge(id: number, error: string): void {
    const pending = this.#pending;
    if (pending?.id !== id) {
      this.#passBy(error);
    } else if (error === '') {
      pending.ack.resolve();
    } else {
      pending.ack.reject(cannotDial(id, `the other side says: ${error}`));
    }
  }

  /** Ends the dial that waits, and all later ones. */
  close(): void {
    this.#isClosed = true;
    this.#pending?.ack.reject(cannotDial(this.#pending.id, 'the broker is closed'));
  }

  #inTurn(open: () => Promise<Duplex>): Promise<Duplex> {
    const stream = this.#turn.then(open);
    this.#turn = stream.catch(ignore);
    return stream;
  }

  async #dial(id: number): Promise<Duplex> {
    if (this.#isClosed) {
      throw cannotDial(id, 'the broker is closed');
    }
    const { sendKnock, open, limitMs = knockLimitMs } = this.#edge;
    const ack = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => ack.reject(cannotDial(id, `the other side has not answered the knock within ${limitMs} ms`)),
      limitMs,
    );
    this.#pending = { id, ack };
    try {
      await Promise.all([sendKnock(id), ack.promise]);
    } finally {
      clearTimeout(timer);
      this.#pending = undefined;
    }
    return open();
  }

  // Consent that comes too late still stands: the other side gives our next stream to that id, and answers no knock
  // before (go-plugin internal/grpcmux/grpc_server_muxer.go, AcceptKnock). So there is a stream, for nothing.
  #passBy(error: string): void {
    if (error === '' && !this.#isClosed) {
      this.#edge.open().then(discard, ignore);
    }
  }
}

function discard(stream: Duplex): void {
  stream.destroy();
}

function ignore(): void {}
