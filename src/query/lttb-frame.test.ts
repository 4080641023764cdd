import { describe, expect, test } from 'vitest';
import { type Cell, frameColumn, frameRows } from '../frame/cells.ts';
import type { FieldType } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import { frameFrom } from '../frame/frame-from.ts';
import { finish } from '../steps/steps.ts';
import * as lttb from './lttb-frame.ts';

const second = 1_000_000_000n;
const start = 1_767_225_600n * second;

/** A row for each second, unless other seconds are given. */
function frame(
  values: readonly Cell[],
  type: FieldType = 'float64',
  seconds: readonly number[] = [...values.keys()],
): Frame {
  return frameFrom([
    { name: 'time', type: 'timestamp', cells: seconds.map((at) => start + BigInt(at) * second) },
    { name: 'v', type, labels: { host: 'a' }, cells: values },
  ]);
}

function seconds(frame: Frame): number[] {
  return frameColumn(frame, 0).map((time) => Number(((time as bigint) - start) / second));
}

/** Flat but for what is given. */
function flat(length: number, others: Readonly<Record<number, Cell>>): Cell[] {
  return Array.from({ length }, (_, i) => (i in others ? (others[i] as Cell) : 0));
}

function lttbFrame(...given: Parameters<typeof lttb.lttbFrame>): Frame {
  return finish(lttb.lttbFrame(...given));
}

describe('lttbFrame()', () => {
  test('leaves so many rows, with both ends and the points that stand out, as they were', () => {
    const few = lttbFrame(frame(flat(100, { 17: 5.5, 60: -4 })), 10, 1e9);
    expect(seconds(few)).toHaveLength(10);
    expect(frameRows(few)).toEqual(
      expect.arrayContaining([
        [start, 0],
        [start + 17n * second, 5.5],
        [start + 60n * second, -4],
        [start + 99n * second, 0],
      ]),
    );
    expect(few.fields[1]).toEqual({ name: 'v', type: 'float64', labels: { host: 'a' } });
  });

  test('keeps each digit of 64-bit integers', () => {
    const ten = 2n ** 53n + 1n;
    const few = lttbFrame(
      frame(
        Array.from({ length: 50 }, (_, i) => (i === 20 ? -ten : ten)),
        'int64',
      ),
      8,
      1e9,
    );
    expect(new Set(frameColumn(few, 1))).toEqual(new Set([ten, -ten]));
  });

  test.each([8, 3])('a frame of eight rows is as it was, where %d may stay', (maxRows) => {
    const all = frame([1, null, 3, 4, 5, 6, 7, 8]);
    expect(lttbFrame(all, maxRows, 0)).toBe(all);
  });

  test.each<[string, Cell]>([
    ['null', null],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('a gap of %s keeps its first row where it is wider than a bucket, a narrower one none', (_, gap) => {
    const few = lttbFrame(frame(flat(40, { 10: gap, 20: gap, 21: gap, 22: gap })), 12, 2e9);
    expect(seconds(few)).toHaveLength(12);
    expect(frameRows(few).filter(([, v]) => v !== 0)).toEqual([[start + 20n * second, gap]]);
  });

  test('before all points a gap keeps the first row, behind them the last', () => {
    const few = lttbFrame(frame(flat(40, { 0: null, 1: null, 38: null, 39: null })), 8, 1e12);
    expect(seconds(few)).toHaveLength(8);
    expect(seconds(few).filter((_, i) => frameColumn(few, 1)[i] === null)).toEqual([0, 39]);
  });

  test('of many gaps the widest stay, as a quarter of the rows', () => {
    // A null in each odd second, and longer ones behind 40 and 70.
    const at = Array.from({ length: 99 }, (_, i) => i).filter((i) => i !== 42 && i !== 44 && i !== 72);
    const few = lttbFrame(
      frame(
        at.map((i) => (i % 2 === 0 ? i : null)),
        'float64',
        at,
      ),
      10,
      1e9,
    );
    expect(seconds(few)).toHaveLength(10);
    expect(seconds(few).filter((_, i) => frameColumn(few, 1)[i] === null)).toEqual([41, 71]);
  });

  test('of gaps alone a row stays', () => {
    expect(frameRows(lttbFrame(frame(flat(20, {}).fill(null)), 8, 1e9))).toEqual([[start + 19n * second, null]]);
  });

  test('tells times a nanosecond apart', () => {
    const near = frameFrom([
      { name: 'time', type: 'timestamp', cells: [0n, 1n, 2n, 3n, 50n, 60n, 70n, 80n, 100n].map((ns) => start + ns) },
      { name: 'v', type: 'float64', cells: [0, null, 9, null, 1, 1, 1, 1, 1] },
    ]);
    expect(frameColumn(lttbFrame(near, 8, 3), 0)).toEqual(
      [0n, 2n, 3n, 50n, 60n, 70n, 80n, 100n].map((ns) => start + ns),
    );
  });
});
