import { describe, expect, test } from 'vitest';
import { columnFrom } from '../frame/column-from.ts';
import { markWideIntegers } from './wide-integers.ts';

const lost = (type: 'int64' | 'uint64' | 'timestamp', ...batches: readonly (readonly (bigint | null)[])[]) =>
  markWideIntegers({
    fields: [{ name: 'n', type }],
    batches: batches.map((cells) => ({ rowCount: cells.length, columns: [columnFrom(type, cells)] })),
  }).batches.map(({ columns }) => columns[0]?.losses?.digits ?? 0);

const limit = 2n ** 53n;

describe('markWideIntegers()', () => {
  test('lets be what a double holds', () => {
    expect(lost('int64', [0n, -1n, limit, -limit, limit - 1n, null])).toEqual([0]);
    expect(lost('uint64', [0n, limit])).toEqual([0]);
    expect(lost('timestamp', [2n ** 62n])).toEqual([0]);
  });

  test.each([limit + 1n, -limit - 1n, 2n ** 63n - 1n, -(2n ** 63n)])('finds %i', (value) => {
    expect(lost('int64', [1n, 2n], [3n, value])).toEqual([0, 1]);
  });

  test.each([limit + 1n, 2n ** 63n, 2n ** 64n - 1n])('finds %i without a sign', (value) => {
    expect(lost('uint64', [1n, value])).toEqual([1]);
  });

  test('does not take what lies under a null', () => {
    const column = { ...columnFrom('int64', [null, 1n]), values: BigInt64Array.of(2n ** 60n, 1n) } as never;
    const marked = markWideIntegers({
      fields: [{ name: 'n', type: 'int64' }],
      batches: [{ rowCount: 2, columns: [column] }],
    });
    expect(marked.batches[0]?.columns[0]?.losses).toBeUndefined();
  });
});
