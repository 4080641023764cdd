/** Something that is read once, at the first need, however many wait for it. A failure is forgotten: the next need reads again. */
export class Once<T> {
  readonly #read: () => Promise<T>;
  #value: Promise<T> | undefined;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  get(): Promise<T> {
    this.#value ??= this.#read().catch((error) => {
      this.#value = undefined;
      throw error;
    });
    return this.#value;
  }
}
