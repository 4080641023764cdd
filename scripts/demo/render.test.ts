import { describe, expect, test } from 'vitest';
import { columnFrom, type Frame } from '../../src/frame/index.ts';
import { renderSeries } from './render-series.ts';
import { renderTable } from './render-table.ts';

const nanoseconds = (iso: string) => BigInt(Date.parse(iso)) * 1_000_000n;
const utf8 = columnFrom('utf8', ['oulu', null]);
const times = columnFrom('timestamp', [nanoseconds('2026-01-01T00:00:00Z'), nanoseconds('2026-01-01T00:30:00Z')]);

describe('renderTable()', () => {
  test('aligns names and cells, numbers to the right, and leaves nulls empty', () => {
    const frame: Frame = {
      fields: [
        { name: 'station', type: 'utf8' },
        { name: 'n', type: 'int64' },
        { name: 'wet', type: 'bool' },
        { name: 'at', type: 'timestamp' },
      ],
      batches: [
        { rowCount: 2, columns: [utf8, columnFrom('int64', [5n, 1440n]), columnFrom('bool', [true, null]), times] },
      ],
    };
    expect(renderTable(frame)).toEqual([
      'station     n  wet   at',
      '───────  ────  ────  ────────────────────────',
      'oulu        5  true  2026-01-01T00:00:00.000Z',
      '         1440        2026-01-01T00:30:00.000Z',
    ]);
  });

  test('shows the columns of a frame without rows', () => {
    expect(renderTable({ fields: [{ name: 'a', type: 'utf8' }], batches: [] })).toEqual(['a', '─']);
  });
});

describe('renderSeries()', () => {
  const frameOf = (...values: (number | null)[][]): Frame => ({
    fields: [
      { name: 'time', type: 'timestamp' },
      ...values.map((_, index) => ({ name: 'warmth', type: 'float64' as const, labels: { station: `s${index}` } })),
    ],
    batches: [{ rowCount: 2, columns: [times, ...values.map((list) => columnFrom('float64', list))] }],
  });

  test('draws each series on the scale of all, with its labels and its own range', () => {
    expect(renderSeries(frameOf([0, 4], [4, 7.9]))).toEqual(['warmth s0  ▁▅  0.0 … 4.0', 'warmth s1  ▅█  4.0 … 7.9']);
  });

  test('leaves a gap where a value is missing, and says so where all are', () => {
    expect(renderSeries(frameOf([null, 3], [null, null]))).toEqual([
      'warmth s0   ▅  3.0 … 3.0',
      'warmth s1      no values',
    ]);
  });
});
