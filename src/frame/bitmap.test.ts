import { expect, test } from 'vitest';
import { bitmapByteLength, clearBit, countZeros, isSet, makeBitmap, setBit } from './bitmap.ts';

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
