/** Keeps what comes in pieces, which may end within a character. */
export class Capture {
  readonly #pieces: Uint8Array[] = [];

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
  }

  get byteLength(): number {
    return this.#pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** All of it, or what follows the first so many bytes. */
  text(start = 0): string {
    return Buffer.concat(this.#pieces).toString('utf8', start);
  }
}
