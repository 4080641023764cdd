import type { FixedArray } from '../frame/column.ts';

/**
 * The low and the high half of each 64-bit value, in turn, on the same memory. Reading 64-bit elements makes a BigInt of each; with halves,
 * a million cost milliseconds, and every bit of a NaN stays. Every platform that Node's executables exist for is little-endian.
 */
export function halvesOf(values: FixedArray): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}
