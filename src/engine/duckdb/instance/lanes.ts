import { EngineError } from '../../engine.ts';

/** Lets so many run their init SQL at once; the others wait, in the order in which they came. */
export class Lanes {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Holds a lane until the promise of `work` has settled.
   *
   * @throws EngineError engine_failed where none was free for so long: a statement that nothing stops may hold one for hours
   */
  async take<T>(waitMs: number, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await this.#wait(waitMs);
    }
    try {
      return await work();
    } finally {
      this.#giveBack();
    }
  }

  #wait(waitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(start);
        reject(tookTooLong(waitMs));
      }, waitMs);
      this.#waiting.add(start);
    });
  }

  #giveBack(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

function tookTooLong(waitMs: number): EngineError {
  const reason = `that of other data sources has not ended for ${waitMs / 1000} s`;
  return new EngineError('engine_failed', `Cannot run the init SQL: ${reason}`, {
    hint: 'Look at what theirs does; whoever runs Grafana can restart the plugin',
  });
}
