import { copyBytes } from '../frame/bytes.ts';

/** Bytes one behind the other, in memory that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  length = 0;

  push(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  append(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    copyBytes(source, start, this.#bytes, this.length, end - start);
    this.length += end - start;
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #reserve(more: number): void {
    if (this.length + more > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
      grown.set(this.#bytes.subarray(0, this.length));
      this.#bytes = grown;
    }
  }
}
