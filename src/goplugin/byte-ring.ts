/** The newest bytes of a stream, up to a capacity: what is pushed into a full ring takes the place of the oldest. */
export class ByteRing {
  readonly capacity: number;
  #buffer: Buffer | undefined;
  #start = 0;
  #byteLength = 0;
  #droppedByteLength = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  /** How many bytes were lost since the beginning. */
  get droppedByteLength(): number {
    return this.#droppedByteLength;
  }

  push(bytes: Uint8Array): void {
    const kept = bytes.subarray(Math.max(0, bytes.byteLength - this.capacity));
    const overflow = Math.max(0, this.#byteLength + kept.byteLength - this.capacity);
    this.#start = (this.#start + overflow) % this.capacity;
    this.#byteLength -= overflow;
    this.#droppedByteLength += overflow + (bytes.byteLength - kept.byteLength);
    this.#copyIn(kept);
  }

  // Most plugins never print: the memory is taken at the first byte.
  #copyIn(bytes: Uint8Array): void {
    this.#buffer ??= Buffer.allocUnsafe(this.capacity);
    const end = (this.#start + this.#byteLength) % this.capacity;
    const untilWrap = bytes.subarray(0, this.capacity - end);
    this.#buffer.set(untilWrap, end);
    this.#buffer.set(bytes.subarray(untilWrap.byteLength), 0);
    this.#byteLength += bytes.byteLength;
  }

  /** Takes out up to so many of the oldest bytes, fewer where the ring wraps; empty when there are none. */
  take(maxByteLength: number): Uint8Array {
    const byteLength = Math.min(maxByteLength, this.#byteLength, this.capacity - this.#start);
    const taken = new Uint8Array(byteLength);
    if (this.#buffer !== undefined) {
      taken.set(this.#buffer.subarray(this.#start, this.#start + byteLength));
    }
    this.#start = (this.#start + byteLength) % this.capacity;
    this.#byteLength -= byteLength;
    return taken;
  }
}
