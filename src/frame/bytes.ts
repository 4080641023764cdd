/** Up to here a loop beats `set`, which needs a view of its source first. */
const maxLoop = 48;

/** Copies `length` bytes between two buffers. */
export function copyBytes(source: Uint8Array, from: number, target: Uint8Array, to: number, length: number): void {
  if (length > maxLoop) {
    target.set(source.subarray(from, from + length), to);
    return;
  }
  for (let i = 0; i < length; i++) {
    target[to + i] = source[from + i] as number;
  }
}

/**
 * Gives a buffer's memory back now, and not when the collector finds it: until then it would count as if in use, and the collector be called
 * for it. All its views are empty afterwards. Of no effect on a view of a part: somebody else may have the rest.
 */
export function freeBytes({ buffer, byteLength }: ArrayBufferView): void {
  if (byteLength > 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) {
    buffer.transfer(0);
  }
}
