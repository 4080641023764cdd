import { expect, test } from 'vitest';
import { countZeros } from './bitmap.ts';

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
