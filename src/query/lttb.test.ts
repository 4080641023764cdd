import { describe, expect, test } from 'vitest';
import { lttb } from './lttb.ts';

describe('lttb()', () => {
  // Twice the areas are written beside each: of point 1, of point 2 …
  test.each<[string, number[], number[], number, number[]]>([
    ['one bucket, its lowest point: 4, 12, 8', [0, 1, 2, 3, 4], [0, 1, -3, 2, 0], 3, [0, 2, 4]],
    ['two buckets: 12, 0.5; then 12, 16', [0, 1, 2, 3, 4, 5], [0, 4, 1, -1, 5, 0], 4, [0, 1, 4, 5]],
    ['buckets of two and three: 6, 4; then 2, 3, 41', [0, 1, 2, 3, 4, 5, 6], [1, 0, 3, 0, 0, 9, 1], 4, [0, 1, 5, 6]],
    ['times far apart: 14, 15, 50', [0, 1, 5, 9, 10], [0, 2.4, 3.5, 4, 10], 3, [0, 3, 4]],
    ['triangles of one size: the first', [0, 1, 2, 8, 10], [0, 5, 5, 5, 0], 3, [0, 1, 4]],
    ['the ends alone', [0, 1, 2], [0, 9, 0], 2, [0, 2]],
    ['fewer than two are none', [0, 1, 2], [0, 9, 0], 0, [0, 2]],
    ['all where there are no more', [0, 1, 2], [0, 9, 0], 3, [0, 1, 2]],
    ['a single point', [7], [1], 10, [0]],
    ['none', [], [], 10, []],
  ])('%s', (_, x, y, count, chosen) => {
    expect([...lttb(Float64Array.from(x), Float64Array.from(y), count)]).toEqual(chosen);
  });

  test('chooses a point of each bucket even where areas are beyond all doubles', () => {
    const y = Float64Array.from([1e308, -1e308, 1e308, -1e308, 1e308, -1e308]);
    expect([...lttb(Float64Array.from(y.keys()), y, 4)]).toHaveLength(4);
  });
});
