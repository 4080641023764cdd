import { describe, expect, test } from 'vitest';
import { appendBits, bitmapByteLength, clearBit, countZeros, isSet, makeBitmap, setBit } from './bitmap.ts';

test.each([
  [0, 0],
  [1, 0],
  [3, 1],
  [8, 4],
  [9, 5],
  [12, 7],
])('countZeros() looks at the first %i bits alone, low bits first', (length, zeros) => {
  // 1 1 0 1 1 0 0 0, 0 1 0 0 …
  expect(countZeros(Uint8Array.of(0b0001_1011, 0b1111_0010), length)).toBe(zeros);
});

test('countZeros() takes what lies beyond the bitmap as zeros', () => {
  expect(countZeros(Uint8Array.of(0xff), 20)).toBe(12);
});

test.each([
  [0, 0],
  [1, 1],
  [8, 1],
  [9, 2],
])('%i rows take %i bytes', (rowCount, byteLength) => {
  expect(bitmapByteLength(rowCount)).toBe(byteLength);
  expect(makeBitmap(rowCount)).toEqual(new Uint8Array(byteLength));
});

test('setBit() and clearBit() change one row and leave the others', () => {
  const bitmap = makeBitmap(16);
  setBit(bitmap, 0);
  setBit(bitmap, 7);
  setBit(bitmap, 8);
  expect(bitmap).toEqual(Uint8Array.of(0b1000_0001, 0b0000_0001));
  clearBit(bitmap, 0);
  clearBit(bitmap, 1);
  expect(bitmap).toEqual(Uint8Array.of(0b1000_0000, 0b0000_0001));
});

test('isSet() tells each row, and none beyond the bitmap', () => {
  const rows = Array.from({ length: 24 }, (_, row) => isSet(Uint8Array.of(0b0000_0101, 0b1000_0000), row));
  expect(rows.flatMap((set, row) => (set ? [row] : []))).toEqual([0, 2, 15]);
});

describe('appendBits()', () => {
  test('puts any number of bits at any place, and nothing past them', () => {
    for (let start = 0; start < 17; start++) {
      for (let rows = 0; rows < 25; rows++) {
        const target = new Uint8Array(8);
        appendBits(target, start, Uint8Array.of(0b10110101, 0b11001110, 0b01110001, 0xff), rows);
        const expected = '0'.repeat(start) + '1010110101110011100011101'.slice(0, rows);
        expect(textOf(target, 64), `${rows} bits at ${start}`).toBe(expected.padEnd(64, '0'));
      }
    }
  });
});

function textOf(bytes: Uint8Array, length: number): string {
  return Array.from({ length }, (_, i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1).join('');
}
