/** Zero bits among the first `length` of a bitmap that lies as Arrow's validity does: the nulls. */
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
