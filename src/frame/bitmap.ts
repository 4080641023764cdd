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

/** Ors `rows` bits of the source (null: ones) into clear bits of the target from bit `start` on. */
export function appendBits(target: Uint8Array, start: number, source: Uint8Array | null, rows: number): void {
  const shift = start & 7;
  let at = start >> 3;
  for (let done = 0; done < rows; done += 8, at++) {
    const left = rows - done;
    const mask = left >= 8 ? 0xff : (1 << left) - 1;
    const byte = (source === null ? 0xff : (source[done >> 3] as number)) & mask;
    target[at] = (target[at] as number) | (byte << shift);
    if (shift + Math.min(left, 8) > 8) {
      target[at + 1] = byte >> (8 - shift);
    }
  }
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
