/*
 * Bitmaps as Arrow's validity and booleans lie: row i is bit `i & 7` of byte `i >> 3`.
 */

/** Bytes that a bitmap of so many rows takes. */
export function bitmapByteLength(rowCount: number): number {
  return (rowCount + 7) >> 3;
}

/** A bitmap of so many rows, all clear. */
export function makeBitmap(rowCount: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bitmapByteLength(rowCount));
}

/** Whether the row's bit is set; beyond the bitmap none is. */
export function isSet(bitmap: Uint8Array, row: number): boolean {
  return ((bitmap[row >> 3] as number) & (1 << (row & 7))) !== 0;
}

export function setBit(bitmap: Uint8Array, row: number): void {
  bitmap[row >> 3] = (bitmap[row >> 3] as number) | (1 << (row & 7));
}

export function clearBit(bitmap: Uint8Array, row: number): void {
  bitmap[row >> 3] = (bitmap[row >> 3] as number) & ~(1 << (row & 7));
}

/** Zero bits among the first `length`: the nulls of a validity. */
export function countZeros(bitmap: Uint8Array, length: number): number {
  const wholeBytes = length >> 3;
  let ones = 0;
  for (let i = 0; i < wholeBytes; i++) {
    ones += onesIn[bitmap[i] ?? 0] ?? 0;
  }
  const rest = (bitmap[wholeBytes] ?? 0) & ((1 << (length & 7)) - 1);
  return length - ones - (onesIn[rest] ?? 0);
}

const onesIn = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
