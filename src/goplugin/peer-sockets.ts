import { existsSync } from 'node:fs';
import type { PluginAddress } from './handshake.ts';
import type { Logger } from './hclog.ts';
import { removeSocket } from './remove-socket.ts';

// A process may announce sockets for as long as it lives, so those that it has removed itself are forgotten now and then.
const minCount = 64;

/** Where the process at the other end says that it listens. When it was killed, the files of its sockets are left to this side. */
export class PeerSockets {
  readonly #addresses = new Set<string>();
  readonly #logger: Logger;
  readonly #sinceMs: number;
  #maxCount = minCount;

  /** Sockets from before `sinceMs`, now unless given, are none of that process, whatever it says. */
  constructor(logger: Logger, sinceMs = Date.now()) {
    this.#logger = logger;
    this.#sinceMs = sinceMs;
  }

  add({ network, address }: PluginAddress): void {
    if (network === 'unix') {
      this.#addresses.add(address);
      this.#forgetRemoved();
    }
  }

  /** To be called when the process is gone: removes what there is, and forgets it. */
  removeAll(): void {
    for (const address of this.#addresses) {
      removeSocket({ network: 'unix', address }, this.#sinceMs, this.#logger);
    }
    this.#addresses.clear();
  }

  /** How many are known, of which some may be gone. */
  get count(): number {
    return this.#addresses.size;
  }

  #forgetRemoved(): void {
    if (this.#addresses.size <= this.#maxCount) {
      return;
    }
    for (const address of this.#addresses) {
      if (!existsSync(address)) {
        this.#addresses.delete(address);
      }
    }
    this.#maxCount = Math.max(minCount, 2 * this.#addresses.size);
  }
}
