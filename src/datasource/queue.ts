import { DatasourceError } from './errors.ts';

export interface QueueLimits {
  /** Queries at once in the process. */
  readonly slots: number;
  /** Queries that may wait, of all data sources. */
  readonly waiting: number;
  /** Queries of one data source that may wait; one more is refused. */
  readonly waitingPerSource: number;
}

/** Slots for looks. Each holds a thread, of which there are eight more than queries may have. */
export const lookLimits: QueueLimits = { slots: 4, waiting: 256, waitingPerSource: 64 };

interface Waiter {
  readonly start: () => void;
}

/**
 * Shares the slots, and the places to wait, by one rule: a data source takes one more only while it has fewer than are free. Of 16 slots,
 * one greedy data source gets 8, the next 4, and so on, so that some are free for whoever comes next; as slots are given back, n greedy data
 * sources come to have a share of 1/(n + 1) each. (Switches share their buffers so: Choudhury and Hahne, dynamic queue length thresholds.)
 *
 * A slot that is given back goes to the waiting data source that has the fewest; those that have as many take turns. Within a data source it
 * is first come, first served.
 */
export class QueryQueue {
  readonly #limits: QueueLimits;
  readonly #running = new Map<string, number>();
  #runningTotal = 0;
  /** In the order of their turns: who was given a slot goes to the end. */
  readonly #waiters = new Map<string, Set<Waiter>>();
  #waitingTotal = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#runningTotal;
  }

  get waiting(): number {
    return this.#waitingTotal;
  }

  /** Whether a query of this data source would start at once. */
  hasSlotFor(source: string): boolean {
    return this.#runningOf(source) < this.#limits.slots - this.#runningTotal;
  }

  /**
   * Runs `work` when there is a slot, and holds the slot until the promise of `work` has settled. The signal ends the waiting; the work
   * itself has to heed it.
   *
   * @param source tells data sources apart
   * @throws DatasourceError `too_many_queries` where the waiting room is full; the signal's reason where it aborts first
   */
  async run<T>(source: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.hasSlotFor(source)) {
      this.#take(source);
    } else {
      await this.#wait(source, signal);
    }
    try {
      return await work();
    } finally {
      this.#release(source);
    }
  }

  #wait(source: string, signal: AbortSignal): Promise<void> {
    const waiters = this.#waiters.get(source) ?? new Set<Waiter>();
    this.#checkRoom(waiters.size);
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#remove(source, waiter);
        reject(signal.reason);
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiter = { start };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.set(source, waiters.add(waiter));
      this.#waitingTotal += 1;
    });
  }

  #checkRoom(waitingOfSource: number): void {
    const { waiting, waitingPerSource } = this.#limits;
    const room = Math.min(waitingPerSource, waiting - this.#waitingTotal);
    if (waitingOfSource < room) {
      return;
    }
    throw new DatasourceError(
      'too_many_queries',
      `Cannot run the query: the waiting room is full, with ${waitingOfSource} of this data source and ${this.#waitingTotal} in all`,
      { hint: 'Try again in a moment, or refresh fewer panels at once' },
    );
  }

  #release(source: string): void {
    const left = this.#runningOf(source) - 1;
    if (left > 0) {
      this.#running.set(source, left);
    } else {
      this.#running.delete(source);
    }
    this.#runningTotal -= 1;
    // One more free slot may be room for several: it raises everybody's share.
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#startFirst(next);
    }
  }

  /** Which data source may start one of its waiting queries. */
  #next(): string | undefined {
    let next: string | undefined;
    for (const source of this.#waiters.keys()) {
      if (next === undefined || this.#runningOf(source) < this.#runningOf(next)) {
        next = source;
      }
    }
    return next !== undefined && this.hasSlotFor(next) ? next : undefined;
  }

  #startFirst(source: string): void {
    const waiters = this.#waiters.get(source) ?? new Set();
    for (const waiter of waiters) {
      this.#remove(source, waiter);
      this.#take(source);
      waiter.start();
      break;
    }
    if (waiters.size > 0) {
      this.#waiters.delete(source);
      this.#waiters.set(source, waiters);
    }
  }

  #remove(source: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(source);
    waiters?.delete(waiter);
    this.#waitingTotal -= 1;
    if (waiters?.size === 0) {
      this.#waiters.delete(source);
    }
  }

  #runningOf(source: string): number {
    return this.#running.get(source) ?? 0;
  }

  #take(source: string): void {
    this.#running.set(source, this.#runningOf(source) + 1);
    this.#runningTotal += 1;
  }
}
