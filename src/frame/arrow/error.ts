/** Bytes that are no Arrow file we can read, or a frame that no Arrow file can hold. The message names the column or the place. */
export class ArrowError extends Error {
  override readonly name = 'ArrowError';
}
