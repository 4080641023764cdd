import { copyBytes } from '../frame/bytes.ts';

const quote = 0x22;
const backslash = 0x5c;

/** Bytes one behind the other, in memory that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  length = 0;

  /** The last byte that was written. */
  get last(): number | undefined {
    return this.#bytes[this.length - 1];
  }

  push(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  append(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    copyBytes(source, start, this.#bytes, this.length, end - start);
    this.length += end - start;
  }

  /** Text of one byte a character. */
  appendAscii(text: string): void {
    this.#reserve(text.length);
    for (let at = 0; at < text.length; at++) {
      this.#bytes[this.length + at] = text.charCodeAt(at);
    }
    this.length += text.length;
  }

  appendText(text: string): void {
    const bytes = Buffer.from(text);
    this.append(bytes, 0, bytes.length);
  }

  /** UTF-8 as a JSON string. */
  appendJsonString(source: Uint8Array, start: number, end: number): void {
    this.push(quote);
    let from = start;
    for (let at = start; at < end; at++) {
      const byte = source[at] as number;
      if (byte < 0x20 || byte === quote || byte === backslash) {
        this.append(source, from, at);
        this.appendAscii(JSON.stringify(String.fromCharCode(byte)).slice(1, -1));
        from = at + 1;
      }
    }
    this.append(source, from, end);
    this.push(quote);
  }

  /** All that was written, in memory of its own. Nothing can be written behind it. */
  done(): Uint8Array {
    return new Uint8Array(this.#bytes.buffer.transfer(this.length));
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed > this.#bytes.length) {
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(Math.max(this.#bytes.length * 2, needed)));
    }
  }
}
