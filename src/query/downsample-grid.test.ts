import { describe, expect, test } from 'vitest';
import { alignedGrid, evenGrid } from './downsample-grid.ts';

const second = 1_000_000n;
const hour = 3600n * second;
const day = 24n * hour;
const from = BigInt(Date.UTC(2026, 0, 1)) * 1000n;

describe('alignedGrid()', () => {
  test.each([
    ['an hour, ten points', from, from + hour, 10, 600n * second, 7],
    ['six hours, a thousand points', from, from + 6n * hour, 1000, 30n * second, 721],
    ['a second, twelve points', from, from + second, 12, 100_000n, 11],
    ['a millisecond, a thousand points', from, from + 1000n, 1000, 2n, 501],
    ['no time at all', from, from, 10, 1n, 1],
    ['a year, ten points', from, from + 365n * day, 10, 41n * day, 10],
  ])('%s', (_, start, end, maxCount, width, count) => {
    const grid = alignedGrid(start, end, maxCount);
    expect(grid.width).toBe(width);
    expect(grid.count).toBe(BigInt(count));
  });

  test('begins at a whole multiple of its width at or before the range, before 1970 too', () => {
    expect(alignedGrid(from + 61n * second, from + 3661n * second, 14)).toEqual({
      from,
      width: 300n * second,
      count: 13n,
    });
    expect(alignedGrid(-61n * second, 59n * second, 4)).toEqual({
      from: -120n * second,
      width: 60n * second,
      count: 3n,
    });
  });
});

test('evenGrid() has both ends of the range inside', () => {
  expect(evenGrid(0n, 10n, 5)).toEqual({ from: 0n, width: 3n, count: 5n });
  expect(evenGrid(0n, 10n, 0)).toEqual({ from: 0n, width: 11n, count: 1n });
});
