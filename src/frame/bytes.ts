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
