import { describe, expect, test } from 'vitest';
import { formatByteSize, parseByteSize } from './byte-size.ts';

describe('parseByteSize()', () => {
  test.each([
    ['1', 1],
    ['1.5 GB', 1_500_000_000],
    ['512MiB', 536_870_912],
    ['1gib', 1_073_741_824],
    ['', undefined],
    ['-1MB', undefined],
    ['0', undefined],
    ['1XB', undefined],
  ])('reads %j as %s', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });
});

describe('formatByteSize()', () => {
  test.each([
    [1, '1'],
    [1000, '1000'],
    [1024, '1KiB'],
    [1025, '1025'],
    [268_435_456, '256MiB'],
    [1_073_741_824, '1GiB'],
    [1_610_612_736, '1536MiB'],
    [2 ** 41, '2TiB'],
    [0, '0'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatByteSize(bytes)).toBe(text);
  });

  test('writes nothing that is read as another size', () => {
    for (const bytes of [1, 1023, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 30, 2 ** 31 - 1]) {
      expect(parseByteSize(formatByteSize(bytes))).toBe(bytes);
    }
  });
});
