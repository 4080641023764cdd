import { expect, test } from 'vitest';
import { frameColumn, frameRows, valueAt } from './cells.ts';
import { columnFrom } from './column-from.ts';
import type { Frame } from './frame.ts';

const frame: Frame = {
  fields: [
    { name: 'time', type: 'timestamp' },
    { name: 'flag', type: 'bool' },
  ],
  batches: [
    { rowCount: 2, columns: [columnFrom('timestamp', [1n, null]), columnFrom('bool', [false, true])] },
    { rowCount: 0, columns: [columnFrom('timestamp', []), columnFrom('bool', [])] },
    { rowCount: 1, columns: [columnFrom('timestamp', [3n]), columnFrom('bool', [null])] },
  ],
};

test('frameRows() gives the rows of all batches', () => {
  expect(frameRows(frame)).toEqual([
    [1n, false],
    [null, true],
    [3n, null],
  ]);
});

test('frameColumn() gives the cells of all batches', () => {
  expect(frameColumn(frame, 0)).toEqual([1n, null, 3n]);
});

test('valueAt() reads bits and texts by their row', () => {
  const bits = columnFrom('bool', [true, false, true, false, true, false, true, false, false, true]);
  const texts = columnFrom('utf8', ['', 'a', '🐎', null, 'b']);

  expect([7, 8, 9].map((row) => valueAt(bits, row))).toEqual([false, false, true]);
  expect([0, 1, 2, 3, 4].map((row) => valueAt(texts, row))).toEqual(['', 'a', '🐎', null, 'b']);
});

test('valueAt() keeps a byte order mark, and shows broken UTF-8 as replacement characters', () => {
  expect(valueAt(columnFrom('utf8', ['\ufeffa']), 0)).toBe('\ufeffa');
  expect(
    valueAt(
      {
        layout: 'variable',
        length: 1,
        nullCount: 0,
        validity: null,
        offsets: Int32Array.of(0, 2),
        bytes: Uint8Array.of(0xff, 0x41),
      },
      0,
    ),
  ).toBe('\ufffdA');
});
