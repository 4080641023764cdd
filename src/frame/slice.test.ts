import { expect, test } from 'vitest';
import { valueAt } from './cells.ts';
import type { Column, RecordBatch } from './column.ts';
import { columnFrom } from './column-from.ts';
import { sliceBatch } from './slice.ts';

const numbers = columnFrom('float64', [1, 2, 3, 4, 5, 6, 7, 8, 9, null]);
const flags = columnFrom('bool', [true, null, true, false, true, false, true, false, true, false]);
const texts = columnFrom('utf8', ['a', 'b', null, '🐎', 'e', 'f', 'g', 'h', 'i', 'j']);
const batch: RecordBatch = { rowCount: 10, columns: [numbers, flags, texts] };

function cells(column: Column): unknown[] {
  return Array.from({ length: column.length }, (_, row) => valueAt(column, row));
}

test('sliceBatch() keeps the first rows', () => {
  const slice = sliceBatch(batch, 4);

  expect(slice.rowCount).toBe(4);
  expect(slice.columns.map(cells)).toEqual([
    [1, 2, 3, 4],
    [true, null, true, false],
    ['a', 'b', null, '🐎'],
  ]);
});

test('sliceBatch() cuts each buffer to what the rows need, on the same memory', () => {
  const [fixed, bits, variable] = sliceBatch(batch, 4).columns;

  expect(fixed).toMatchObject({ values: Float64Array.of(1, 2, 3, 4) });
  expect(bits).toMatchObject({ bits: { byteLength: 1 }, validity: { byteLength: 1 } });
  expect(variable).toMatchObject({ offsets: Int32Array.of(0, 1, 2, 2, 6), bytes: { byteLength: 6 } });
  expect(fixed?.layout === 'fixed' && fixed.values.buffer).toBe(numbers.layout === 'fixed' && numbers.values.buffer);
});

test('sliceBatch() counts the nulls anew, and drops a validity that marks none', () => {
  const [fixed, bits, variable] = sliceBatch(batch, 2).columns;

  expect([fixed?.nullCount, bits?.nullCount, variable?.nullCount]).toEqual([0, 1, 0]);
  expect([fixed?.validity, variable?.validity]).toEqual([null, null]);
});

test('sliceBatch() can keep no rows', () => {
  const slice = sliceBatch(batch, 0);

  expect(slice.columns.map(cells)).toEqual([[], [], []]);
  expect(slice.columns[2]).toMatchObject({ offsets: Int32Array.of(0) });
});

test('sliceBatch() gives back a batch that has no more rows than asked', () => {
  expect(sliceBatch(batch, 10)).toBe(batch);
  expect(sliceBatch(batch, 11)).toBe(batch);
});

test('sliceBatch() leaves no more lost times than nulls, and no more of other losses than rows', () => {
  const column = { ...columnFrom('timestamp', [null, 1n, null, null]), losses: { time: 2, notJson: 2 } };
  const slices = [1, 2, 3].map((rowCount) => sliceBatch({ rowCount: 4, columns: [column] }, rowCount).columns[0]);

  expect(slices.map((slice) => slice?.losses)).toEqual([
    { time: 1, notJson: 1 },
    { time: 1, notJson: 2 },
    { time: 2, notJson: 2 },
  ]);
});
