import { cannotDial, dialGivenUp } from './dial-error.ts';
import type { PluginAddress } from './handshake.ts';

/** A dial that waits, or an announcement for which no dial has asked yet. */
interface Entry {
  readonly address: PromiseWithResolvers<PluginAddress>;
  readonly timer: NodeJS.Timeout;
  isDialled: boolean;
}

/**
 * Where the other side says that its brokered connections can be dialled. An announcement and the dial that asks for it
 * may come in either order; each waits for the other, and one announcement serves one dial (go-plugin grpc_broker.go,
 * Run and DialWithOptions).
 */
export class Announcements {
  readonly #limitMs: number;
  readonly #entries = new Map<number, Entry>();
  #isClosed = false;

  /** How long each waits for the other; five seconds, as in go-plugin, unless told. */
  constructor(limitMs = 5000) {
    this.#limitMs = limitMs;
  }

  /** Keeps an announcement for its dial. One that comes while another of the same id is still unused is dropped. */
  add(id: number, address: PluginAddress): void {
    if (!this.#isClosed) {
      this.#entry(id).address.resolve(address);
    }
  }

  /**
   * The address that was announced for this id. Rejects with code `broker` where none comes in time, another dial waits
   * for it, or the broker is closed, and with code `aborted` at the signal.
   */
  async take(id: number, signal?: AbortSignal): Promise<PluginAddress> {
    if (this.#isClosed) {
      throw cannotDial(id, 'the broker is closed');
    }
    if (signal?.aborted) {
      throw dialGivenUp(id, signal);
    }
    const entry = this.#entry(id);
    if (entry.isDialled) {
      throw cannotDial(id, 'another dial waits for it already');
    }
    entry.isDialled = true;
    const giveUp = () => entry.address.reject(dialGivenUp(id, signal));
    signal?.addEventListener('abort', giveUp);
    try {
      return await entry.address.promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
      this.#forget(id);
    }
  }

  /** Ends every wait, for good. */
  close(): void {
    this.#isClosed = true;
    for (const [id, { address }] of this.#entries) {
      address.reject(cannotDial(id, 'the broker is closed'));
      this.#forget(id);
    }
  }

  #entry(id: number): Entry {
    const known = this.#entries.get(id);
    if (known !== undefined) {
      return known;
    }
    const address = Promise.withResolvers<PluginAddress>();
    // Where no dial waits, nobody awaits it.
    address.promise.catch(() => undefined);
    const timer = setTimeout(() => {
      address.reject(cannotDial(id, `the other side has not announced it within ${this.#limitMs} ms`));
      this.#forget(id);
    }, this.#limitMs);
    // An announcement that nobody uses keeps no process alive.
    timer.unref();
    const entry: Entry = { address, timer, isDialled: false };
    this.#entries.set(id, entry);
    return entry;
  }

  #forget(id: number): void {
    clearTimeout(this.#entries.get(id)?.timer);
    this.#entries.delete(id);
  }
}
