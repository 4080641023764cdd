/** How long who knocks waits for the acknowledgement (go-plugin grpc_broker.go, knock). */
export const knockLimitMs = 5000;

// A little less, so that no acknowledgement is on its way when the other side stops waiting for it.
const holdLimitMs = knockLimitMs - 500;

interface Knock {
  readonly id: number;
  readonly untilMs: number;
}

/**
 * Whose the next stream is. Streams of a multiplexed connection have no names: before the other side opens one, it
 * knocks for the id that it wants to dial, waits until that is acknowledged, and the next stream is for that id. It
 * dials one at a time, so a newer knock means that the older one was given up (go-plugin grpc_broker.go, muxDial, and
 * internal/grpcmux/grpc_server_muxer.go, Accept). Times are passed in; nothing happens by itself.
 */
export class Knocks {
  readonly #listening = new Set<number>();
  #waiting: Knock | undefined;
  #acknowledged: Knock | undefined;

  /** This id is served from now on; true if a knock waits for it, which is to be acknowledged now. */
  listen(id: number, nowMs: number): boolean {
    this.#listening.add(id);
    const isWaiting = this.#waiting?.id === id && nowMs < this.#waiting.untilMs;
    return isWaiting && this.#acknowledge(id, nowMs);
  }

  /** This id is served no longer. */
  forget(id: number): void {
    this.#listening.delete(id);
    if (this.#acknowledged?.id === id) {
      this.#acknowledged = undefined;
    }
  }

  /** The other side knocks; true if that is to be acknowledged now, false if it waits until the id is served. */
  knock(id: number, nowMs: number): boolean {
    this.#acknowledged = undefined;
    if (this.#listening.has(id)) {
      return this.#acknowledge(id, nowMs);
    }
    this.#waiting = { id, untilMs: nowMs + holdLimitMs };
    return false;
  }

  /** The other side has opened a stream: the id that it is for; undefined for one without a knock. */
  takeStream(nowMs: number): number | undefined {
    const knock = this.#acknowledged;
    this.#acknowledged = undefined;
    return knock !== undefined && nowMs < knock.untilMs ? knock.id : undefined;
  }

  #acknowledge(id: number, nowMs: number): true {
    this.#waiting = undefined;
    this.#acknowledged = { id, untilMs: nowMs + knockLimitMs };
    return true;
  }
}
