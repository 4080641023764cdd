import { describe, expect, test } from 'vitest';
import { type Cell, frameRows } from '../frame/cells.ts';
import type { Column, Field, FieldType } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';
import { finish } from '../steps/steps.ts';
import { findTimeColumn, numbersToTimestamps } from './time-column.ts';

describe('findTimeColumn()', () => {
  const field = (name: string, type: FieldType): Field => ({ name, type });

  test.each([
    ['the one named time', [field('ts', 'timestamp'), field('time', 'int64')], 1],
    ['time in lower case before others', [field('TIME', 'int64'), field('time', 'int64')], 1],
    ['Time, whatever its case', [field('ts', 'timestamp'), field('Time', 'int64')], 1],
    [
      'the first timestamp where none is named so',
      [field('v', 'int64'), field('a', 'timestamp'), field('b', 'timestamp')],
      1,
    ],
    ['none', [field('v', 'int64'), field('timer', 'utf8')], -1],
    ['none of no columns', [], -1],
  ])('finds %s', (_, fields, index) => {
    expect(findTimeColumn(fields)).toBe(index);
  });
});

describe('numbersToTimestamps()', () => {
  function convert(type: FieldType, ...batches: Cell[][]): { cells: Cell[]; columns: Column[] } {
    const converted = finish(
      numbersToTimestamps(
        batches.map((cells) => ({ rowCount: cells.length, columns: [columnFrom(type, cells)] })),
        0,
      ),
    );
    const frame = { fields: [{ name: 'time', type: 'timestamp' as const }], batches: converted };
    return { cells: frameRows(frame).flat(), columns: converted.flatMap(({ columns }) => columns) };
  }

  test.each<[string, FieldType, Cell[], Cell[]]>([
    ['seconds', 'int64', [1_700_000_000n, 0n, -1n, null], [1_700_000_000_000_000_000n, 0n, -1_000_000_000n, null]],
    ['seconds of 32 bits', 'int32', [1_700_000_000, -5], [1_700_000_000_000_000_000n, -5_000_000_000n]],
    ['unsigned seconds', 'uint64', [1_700_000_000n], [1_700_000_000_000_000_000n]],
    ['seconds with a fraction', 'float64', [1_700_000_000.25, -0.5], [1_700_000_000_250_000_000n, -500_000_000n]],
    ['milliseconds', 'int64', [1_700_000_000_123n], [1_700_000_000_123_000_000n]],
    ['milliseconds as doubles', 'float64', [1_700_000_000_123], [1_700_000_000_123_000_000n]],
    ['microseconds', 'int64', [1_700_000_000_123_456n], [1_700_000_000_123_456_000n]],
    [
      'nanoseconds',
      'int64',
      [1_700_000_000_123_456_789n, 2n ** 63n - 1n, -(2n ** 63n)],
      [1_700_000_000_123_456_789n, 2n ** 63n - 1n, -(2n ** 63n)],
    ],
    ['nothing but zero', 'int64', [0n, null], [0n, null]],
  ])('reads %s', (_, type, cells, expected) => {
    expect(convert(type, cells).cells).toEqual(expected);
  });

  test('has one unit for all batches: old times do not change theirs', () => {
    expect(convert('int64', [86_400_000n], [1_700_000_000_000n, 1_700_000_000_001n]).cells).toEqual([
      86_400_000_000_000n,
      1_700_000_000_000_000_000n,
      1_700_000_000_001_000_000n,
    ]);
  });

  test('leaves zero out of the question', () => {
    expect(convert('int64', [0n, 0n, 0n, 1_700_000_000_000n]).cells).toEqual([0n, 0n, 0n, 1_700_000_000_000_000_000n]);
  });

  test('is not turned by a placeholder for never, which becomes null and is counted', () => {
    const { cells, columns } = convert('int64', [1_700_000_000n, 253_402_300_799n, 1_700_000_001n]);
    expect(cells).toEqual([1_700_000_000_000_000_000n, null, 1_700_000_001_000_000_000n]);
    expect(columns[0]).toMatchObject({ nullCount: 1, losses: { time: 1 } });
  });

  test('makes null of what is no number, and counts it', () => {
    const { cells, columns } = convert('float64', [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e300,
      null,
    ]);
    expect(cells).toEqual([null, null, null, null, null]);
    expect(columns[0]).toMatchObject({ nullCount: 5, losses: { time: 4 } });
  });

  test('has no bitmap where nothing is null', () => {
    expect(convert('int64', [1n]).columns[0]).toMatchObject({ nullCount: 0, validity: null });
  });
});
