import { expect, test } from 'vitest';
import { copyBytes, freeBytes } from './bytes.ts';

test.each([3, 48, 49, 500])('copyBytes() copies %i bytes, and no other', (length) => {
  const source = Uint8Array.from({ length: length + 4 }, (_, i) => i % 251);
  const target = new Uint8Array(length + 4).fill(255);
  copyBytes(source, 3, target, 2, length);
  expect(Array.from(target)).toEqual([255, 255, ...Array.from(source.subarray(3, 3 + length)), 255, 255]);
});

test('freeBytes() empties a buffer that is all in view', () => {
  const bytes = new Uint8Array(16);
  const other = new DataView(bytes.buffer, 8);
  freeBytes(bytes);
  expect([bytes.byteLength, bytes.buffer.detached]).toEqual([0, true]);
  expect(() => other.getInt8(0)).toThrow(TypeError);
  freeBytes(bytes);
});

test('freeBytes() leaves a buffer of which there may be more', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  freeBytes(bytes.subarray(1));
  expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
});
