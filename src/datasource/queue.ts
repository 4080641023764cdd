import { DatasourceError } from './errors.ts';

export interface QueueLimits {
  /** Queries at once in the process. */
  readonly slots: number;
  /** Queries at once for one data source, so that a slow one leaves room for its neighbours. */
  readonly slotsPerSource: number;
  /** Queries that may wait; one more is refused. */
  readonly waiting: number;
}

interface Waiter {
  readonly source: string;
  readonly start: () => void;
}

/** First come, first served, except that a data source which has its share lets others pass. */
export class QueryQueue {
  readonly #limits: QueueLimits;
  readonly #running = new Map<string, number>();
  #runningTotal = 0;
  #waiters: Waiter[] = [];

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#runningTotal;
  }

  get waiting(): number {
    return this.#waiters.length;
  }

  /**
   * Runs `work` when there is a slot, and holds the slot until the promise of `work` has settled. The signal ends the waiting; the work
   * itself has to heed it.
   *
   * @throws DatasourceError `too_many_queries` where the waiting room is full; the signal's reason where it aborts first
   */
  async run<T>(source: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#slot(source, signal);
    try {
      return await work();
    } finally {
      this.#release(source);
    }
  }

  #slot(source: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#hasRoomFor(source)) {
      this.#take(source);
      return Promise.resolve();
    }
    if (this.#waiters.length >= this.#limits.waiting) {
      throw new DatasourceError(
        'too_many_queries',
        `Cannot run the query: ${this.#limits.waiting} others are waiting already`,
        {
          hint: 'Try again in a moment, or refresh fewer panels at once',
        },
      );
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(signal.reason);
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiter = { source, start };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.push(waiter);
    });
  }

  #release(source: string): void {
    const left = (this.#running.get(source) ?? 0) - 1;
    if (left > 0) {
      this.#running.set(source, left);
    } else {
      this.#running.delete(source);
    }
    this.#runningTotal -= 1;
    const next = this.#waiters.findIndex((waiter) => this.#hasRoomFor(waiter.source));
    const [waiter] = next < 0 ? [] : this.#waiters.splice(next, 1);
    if (!waiter) {
      return;
    }
    this.#take(waiter.source);
    waiter.start();
  }

  #hasRoomFor(source: string): boolean {
    return this.#runningTotal < this.#limits.slots && (this.#running.get(source) ?? 0) < this.#limits.slotsPerSource;
  }

  #take(source: string): void {
    this.#running.set(source, (this.#running.get(source) ?? 0) + 1);
    this.#runningTotal += 1;
  }
}
