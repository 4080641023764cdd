/** The newest bytes of a stream, up to a capacity: what is pushed into a full ring takes the place of the oldest. */
export class ByteRing {
  readonly capacityBytes: number;
  #buffer: Buffer | undefined;
  #start = 0;
  #byteLength = 0;
  #droppedByteLength = 0;

  constructor(capacityBytes: number) {
    this.capacityBytes = capacityBytes;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  /** How many bytes were lost since the beginning. */
  get droppedByteLength(): number {
    return this.#droppedByteLength;
  }

  push(bytes: Uint8Array): void {
    const kept = bytes.subarray(Math.max(0, bytes.byteLength - this.capacityBytes));
    const overflow = Math.max(0, this.#byteLength + kept.byteLength - this.capacityBytes);
    this.#start = (this.#start + overflow) % this.capacityBytes;
    this.#byteLength -= overflow;
    this.#droppedByteLength += overflow + (bytes.byteLength - kept.byteLength);
    this.#copyIn(kept);
  }

  // Most plugins never print: the memory is taken at the first byte.
  #copyIn(bytes: Uint8Array): void {
    this.#buffer ??= Buffer.allocUnsafe(this.capacityBytes);
    const end = (this.#start + this.#byteLength) % this.capacityBytes;
    const untilWrap = bytes.subarray(0, this.capacityBytes - end);
    this.#buffer.set(untilWrap, end);
    this.#buffer.set(bytes.subarray(untilWrap.byteLength), 0);
    this.#byteLength += bytes.byteLength;
  }

  /** Takes out up to so many of the oldest bytes, fewer where the ring wraps; empty when there are none. */
  take(maxByteLength: number): Uint8Array {
    const byteLength = Math.min(maxByteLength, this.#byteLength, this.capacityBytes - this.#start);
    const taken = new Uint8Array(byteLength);
    if (this.#buffer !== undefined) {
      taken.set(this.#buffer.subarray(this.#start, this.#start + byteLength));
    }
    this.#start = (this.#start + byteLength) % this.capacityBytes;
    this.#byteLength -= byteLength;
    return taken;
  }
}
