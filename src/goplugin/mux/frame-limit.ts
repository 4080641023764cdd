const headerByteLength = 12;
const dataType = 0;
/** The window of a stream, which never grows here: no data frame of a good side is longer (hashicorp/yamux, spec.md). */
const maxDataByteLength = 256 * 1024;

/**
 * Follows the frames that come over a connection, in pieces of any length, and keeps nothing of them. The yamux library waits for the whole of a
 * data frame before it looks whether that fits the window, so a header that promises four gigabytes would have it keep all that comes.
 *
 * | byte | of a header |
 * |---|---|
 * | 0, 1 | version, type |
 * | 2–7 | flags, stream |
 * | 8–11 | length, big-endian; of the data that follows in a data frame |
 */
export class FrameLimit {
  readonly #header = Buffer.alloc(headerByteLength);
  #headerLength = 0;
  #dataLeft = 0;

  /** Whether the next bytes begin a data frame that is longer than any window. */
  isExceededBy(bytes: Uint8Array): boolean {
    let at = 0;
    while (at < bytes.byteLength) {
      if (this.#dataLeft > 0) {
        const skipped = Math.min(this.#dataLeft, bytes.byteLength - at);
        this.#dataLeft -= skipped;
        at += skipped;
        continue;
      }
      const part = bytes.subarray(at, at + headerByteLength - this.#headerLength);
      this.#header.set(part, this.#headerLength);
      this.#headerLength += part.byteLength;
      at += part.byteLength;
      if (this.#headerLength === headerByteLength) {
        this.#headerLength = 0;
        this.#dataLeft = this.#header[1] === dataType ? this.#header.readUInt32BE(8) : 0;
      }
      if (this.#dataLeft > maxDataByteLength) {
        return true;
      }
    }
    return false;
  }
}
