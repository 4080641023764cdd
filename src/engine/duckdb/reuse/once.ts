interface Reading<T> {
  readonly value: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Something that is read once, at the first need, however many wait for it. A failure is forgotten: the next need reads again. The reading is
 * told to stop when nobody waits for it any more.
 */
export class Once<T> {
  readonly #read: (signal: AbortSignal) => Promise<T>;
  #reading: Reading<T> | undefined;

  constructor(read: (signal: AbortSignal) => Promise<T>) {
    this.#read = read;
  }

  /**
   * @param signal ends the wait, whose promise then rejects: at once where others wait too, else when the reading has ended
   */
  get(signal?: AbortSignal): Promise<T> {
    this.#reading ??= this.#begin();
    const reading = this.#reading;
    reading.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reading.waiting -= 1;
        if (reading.waiting > 0) {
          reject(signal?.reason);
        } else {
          this.#forget(reading);
          reading.stop.abort(signal?.reason);
        }
      };
      if (signal?.aborted) {
        leave();
      }
      signal?.addEventListener('abort', leave, { once: true });
      const settle = () => signal?.removeEventListener('abort', leave);
      reading.value.then(resolve, reject).finally(settle);
    });
  }

  #begin(): Reading<T> {
    const stop = new AbortController();
    const reading = { value: this.#read(stop.signal), stop, waiting: 0 };
    reading.value.catch(() => this.#forget(reading));
    return reading;
  }

  #forget(reading: Reading<T>): void {
    if (this.#reading === reading) {
      this.#reading = undefined;
    }
  }
}
