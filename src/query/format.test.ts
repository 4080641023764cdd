import { describe, expect, test } from 'vitest';
import { type Cell, frameColumn, frameRows } from '../frame/cells.ts';
import type { FieldType, Losses } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';
import type { Frame } from '../frame/frame.ts';
import { finish } from '../steps/steps.ts';
import { type ShapedFrames, type ShapeOptions, shapeFrames } from './format.ts';
import type { Result } from './result.ts';

const second = 1_000_000_000n;
const options: ShapeOptions = { refId: 'A', format: 'time_series', fromMs: 0, toMs: 3000, intervalMs: 1000 };

/** A result of one batch from columns: name, type and cells. */
function result(...columns: [string, FieldType, Cell[]][]): Result {
  const rowCount = columns[0]?.[2].length ?? 0;
  return {
    fields: columns.map(([name, type]) => ({ name, type })),
    batches: rowCount === 0 ? [] : [{ rowCount, columns: columns.map(([, type, cells]) => columnFrom(type, cells)) }],
  };
}

function shape(from: Result, more: Partial<ShapeOptions> = {}): ShapedFrames {
  return finish(shapeFrames(from, { ...options, ...more }));
}

function only({ frames }: ShapedFrames): Frame {
  expect(frames).toHaveLength(1);
  return frames[0] as Frame;
}

function names(frame: Frame): string[] {
  return frame.fields.map(({ name, labels }) => (labels ? `${name} ${JSON.stringify(labels)}` : name));
}

function failure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('table', () => {
  test('has the columns as they are, in the batches that came', () => {
    const from = result(['a', 'utf8', ['x', null]], ['t', 'timestamp', [1n, 2n]], ['b', 'bool', [true, false]]);
    const frame = only(shape(from, { format: 'table' }));
    expect(frame).toMatchObject({ refId: 'A', meta: { type: 'table', preferredVisualisationType: 'table' } });
    expect(frame.fields).toEqual(from.fields);
    expect(frame.batches).toBe(from.batches);
  });

  test('renames duplicates to what no column is called', () => {
    const from = result(
      ['a', 'int8', [1]],
      ['a', 'int8', [2]],
      ['a_1', 'int8', [3]],
      ['a', 'int8', [4]],
      ['a_1', 'int8', [5]],
      ['', 'int8', [6]],
      ['', 'int8', [7]],
    );
    expect(names(only(shape(from, { format: 'table' })))).toEqual(['a', 'a_2', 'a_1', 'a_3', 'a_1_1', '', '_1']);
  });

  test('shows numbers named time or timeend as times, and text so named as text', () => {
    const from = result(
      ['time', 'int64', [1_700_000_000n]],
      ['timeEnd', 'float64', [1_700_000_000_500]],
      ['Time', 'utf8', ['noon']],
    );
    const frame = only(shape(from, { format: 'table' }));
    expect(frame.fields.map(({ type }) => type)).toEqual(['timestamp', 'timestamp', 'utf8']);
    expect(frameRows(frame)).toEqual([[1_700_000_000n * second, 1_700_000_000n * second + 500_000_000n, 'noon']]);
  });

  describe('says what was lost on the way', () => {
    type Lossy = readonly [name: string, type: FieldType, ...losses: readonly Losses[]];
    const noticesOf = (...columns: readonly Lossy[]) => {
      const batches = [0, 1].map((i) => ({
        rowCount: 1,
        columns: columns.map(([, type, ...losses]) => ({ ...columnFrom(type, [null]), losses: losses[i] ?? {} })),
      }));
      const fields = columns.map(([name, type]) => ({ name, type }));
      return shape({ fields, batches }, { format: 'table' }).notices;
    };

    test('once for each kind, with the columns, over all batches', () => {
      expect(
        noticesOf(
          ['born', 'timestamp', { time: 2 }, { time: 3 }],
          ['died', 'timestamp', { time: 1 }],
          ['at', 'timestamp'],
          ['list', 'json', { notFinite: 1, digits: 1 }],
          ['raw', 'json', { notJson: 1 }],
          ['sum', 'float64', { digits: 1 }, { digits: 1 }],
        ),
      ).toEqual([
        {
          severity: 'warning',
          text: '6 values of columns born and died are shown as empty, since Grafana cannot hold them: times reach from 1677 to 2262',
        },
        {
          severity: 'warning',
          text: 'NaN or infinity in 1 value of column list is shown as null: JSON has no such numbers',
        },
        { severity: 'warning', text: '1 value of column raw is no JSON, and shown as text' },
        {
          severity: 'info',
          text: 'Numbers of columns list and sum have more digits than a browser keeps, and are rounded. To see all of them, cast to VARCHAR, or switch on bigintAsText in the settings of the data source',
        },
      ]);
    });

    test('without a list that nobody reads to its end', () => {
      const columns = Array.from({ length: 30 }, (_, i): Lossy => [`c${i}`, 'json', { notJson: 1 }]);
      expect(noticesOf(...columns)[0]?.text).toBe(
        '30 values of columns c0, c1, c2, c3, c4, c5, c6, c7, c8 and 21 others are no JSON, and shown as text',
      );
    });

    test('but not the digits of a graph', () => {
      const from = result(['time', 'timestamp', [1n]], ['n', 'int64', [2n ** 60n]]);
      expect(shape(from).notices).toEqual([]);
      expect(shape(from, { format: 'table' }).notices).toMatchObject([{ severity: 'info' }]);
    });
  });
});

describe('time series', () => {
  test('of columns that are wide and in order are the same columns', () => {
    const from = result(['v', 'int64', [1n, null]], ['time', 'timestamp', [1n, 2n]], ['w', 'float64', [Number.NaN, 1]]);
    const frame = only(shape(from));
    expect(frame.meta).toEqual({ type: 'timeseries-wide', typeVersion: [0, 1], preferredVisualisationType: 'graph' });
    expect(frame.fields).toEqual(from.fields);
    expect(frame.batches[0]?.columns.every((column, i) => column === from.batches[0]?.columns[i])).toBe(true);
  });

  test('of wide columns out of order are sorted, and of two rows with one time the later counts, its null too', () => {
    const from = result(
      ['v', 'int64', [2n ** 63n - 1n, 1n, 3n, -(2n ** 63n)]],
      ['time', 'timestamp', [3n, -(2n ** 63n), 2n ** 63n - 1n, 3n]],
      ['w', 'int8', [1, 2, 3, null]],
    );
    const frame = only(shape(from));
    expect(names(frame)).toEqual(['v', 'time', 'w']);
    expect(frameRows(frame)).toEqual([
      [1n, -(2n ** 63n), 2],
      [-(2n ** 63n), 3n, null],
      [3n, 2n ** 63n - 1n, 3],
    ]);
  });

  test('of long rows have a column for each series and value, sorted by the value’s name and the labels', () => {
    const from = result(
      ['time', 'timestamp', [2n, 1n, 1n, 2n]],
      ['z', 'float64', [1, 2, 3, 4]],
      ['host', 'utf8', ['b', 'b', 'a', null]],
      ['up', 'bool', [true, true, false, true]],
      ['a', 'int64', [10n, 20n, 30n, 40n]],
    );
    const frame = only(shape(from));
    expect(names(frame)).toEqual([
      'time',
      'a {"host":"","up":"true"}',
      'a {"host":"a","up":"false"}',
      'a {"host":"b","up":"true"}',
      'z {"host":"","up":"true"}',
      'z {"host":"a","up":"false"}',
      'z {"host":"b","up":"true"}',
    ]);
    expect(frameRows(frame)).toEqual([
      [1n, null, 30n, 20n, null, 3, 2],
      [2n, 40n, null, 10n, 4, null, 1],
    ]);
  });

  test('are named by the only label, if that is metric and there is one value', () => {
    const metric: [string, FieldType, Cell[]] = ['metric', 'utf8', ['cpu', 'mem', null]];
    const time: [string, FieldType, Cell[]] = ['time', 'timestamp', [1n, 1n, 1n]];
    const value: [string, FieldType, Cell[]] = ['value', 'int8', [1, 2, 3]];
    expect(names(only(shape(result(time, metric, value))))).toEqual(['time', 'value', 'cpu', 'mem']);
    expect(names(only(shape(result(time, metric, value, ['more', 'int8', [1, 2, 3]]))))).toContain(
      'value {"metric":"cpu"}',
    );
    expect(names(only(shape(result(time, metric, value, ['host', 'utf8', ['a', 'a', 'a']]))))).toContain(
      'value {"metric":"cpu","host":"a"}',
    );
  });

  test('keep apart labels whose names are the same, after renaming', () => {
    const from = result(
      ['time', 'timestamp', [1n, 1n]],
      ['l', 'utf8', ['a', 'a']],
      ['l', 'utf8', ['b', 'c']],
      ['v', 'int8', [1, 2]],
    );
    expect(names(only(shape(from)))).toEqual(['time', 'v {"l":"a","l_1":"b"}', 'v {"l":"a","l_1":"c"}']);
  });

  test('keep apart labels that would look the same when joined', () => {
    const from = result(
      ['time', 'timestamp', [1n, 1n]],
      ['a', 'utf8', ['x', 'xy']],
      ['b', 'utf8', ['yz', 'z']],
      ['v', 'int8', [1, 2]],
    );
    expect(only(shape(from)).fields).toHaveLength(3);
  });

  test('take numbers named time as an epoch', () => {
    const from = result(['time', 'float64', [1_700_000_001, 1_700_000_000.5]], ['v', 'int8', [1, 2]]);
    expect(frameRows(only(shape(from)))).toEqual([
      [1_700_000_000n * second + 500_000_000n, 2],
      [1_700_000_001n * second, 1],
    ]);
  });

  test('leave out rows without a time, and say how many', () => {
    const from = result(
      ['time', 'timestamp', [1n, null, null]],
      ['host', 'utf8', ['a', 'only-here', 'a']],
      ['v', 'int8', [1, 2, 3]],
    );
    const { frames, notices } = shape(from);
    expect(names(frames[0] as Frame)).toEqual(['time', 'v {"host":"a"}']);
    expect(notices).toEqual([{ severity: 'warning', text: '2 rows whose time is empty are left out' }]);
  });

  test('of rows that all have no time are empty, with their fields', () => {
    const from = result(['time', 'timestamp', [null]], ['host', 'utf8', ['a']], ['v', 'int8', [1]]);
    for (const format of ['time_series', 'multi'] as const) {
      const { frames, notices } = shape(from, { format });
      expect(frames).toMatchObject([{ fields: [{ name: 'time' }, { name: 'v' }], batches: [], refId: 'A' }]);
      expect(notices).toHaveLength(1);
    }
  });

  test('leave out further columns of times, and say so', () => {
    const from = result(['time', 'timestamp', [1n]], ['created', 'timestamp', [5n]], ['v', 'int8', [1]]);
    const { frames, notices } = shape(from);
    expect(names(frames[0] as Frame)).toEqual(['time', 'v']);
    expect(notices).toMatchObject([{ severity: 'info', text: expect.stringContaining('Column created') }]);
  });

  test('warn of times that could not be represented', () => {
    const from = result(['time', 'int64', [1_700_000_000n, 1_700_000_001n, 99_999_999_999n]], ['v', 'int8', [1, 2, 3]]);
    expect(shape(from).notices.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^1 value of column time is shown as empty, since Grafana cannot hold it: /),
      '1 row whose time is empty is left out',
    ]);
  });

  test('hold 10,000 series', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => i);
    const from = result(
      ['time', 'timestamp', rows.map((i) => BigInt(i % 2))],
      ['host', 'utf8', rows.map((i) => `host-${i >> 1}`)],
      ['v', 'int32', rows],
    );
    const frame = only(shape(from));
    expect(frame.fields).toHaveLength(10_001);
    const last = frame.fields.findIndex(({ labels }) => labels?.host === 'host-9999');
    expect(frameColumn(frame, last)).toEqual([19_998, 19_999]);
  });

  test('refuse to grow without measure, where every row has its own time and series', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => i);
    const from = result(
      ['time', 'timestamp', rows.map(BigInt)],
      ['id', 'utf8', rows.map(String)],
      ['v', 'int32', rows],
    );
    expect(failure(() => shape(from))).toMatchObject({
      code: 'too_many_cells',
      message: 'Cannot make a time series: 10001 columns of 10000 times are more than 33554432 values',
    });
    expect(shape(from, { format: 'multi' }).frames).toHaveLength(10_000);
  });
});

describe('a result that is no time series', () => {
  test.each<[string, string, [string, FieldType, Cell[]][]]>([
    ['no_time_column', 'has no column of times', [['v', 'int8', [1]]]],
    [
      'no_value_column',
      'has no column of numbers',
      [
        ['t', 'timestamp', [1n]],
        ['host', 'utf8', ['a']],
      ],
    ],
    [
      'time_column_type',
      'the column time is utf8',
      [
        ['time', 'utf8', ['noon']],
        ['t', 'timestamp', [1n]],
        ['v', 'int8', [1]],
      ],
    ],
    [
      'time_column_type',
      'the column Time is bool',
      [
        ['Time', 'bool', [true]],
        ['v', 'int8', [1]],
      ],
    ],
  ])('fails with %s: %s', (code, text, columns) => {
    for (const format of ['time_series', 'multi'] as const) {
      expect(failure(() => shape(result(...columns), { format }))).toMatchObject({
        name: 'QueryError',
        code,
        message: expect.stringContaining(text),
        hint: expect.any(String),
      });
    }
  });

  test.each(['time_series', 'multi', 'table'] as const)('is no error as %s while it has no rows', (format) => {
    const from = result(['time', 'int64', []], ['host', 'utf8', []], ['v', 'int8', []], ['v', 'int8', []]);
    const frame = only(shape(from, { format, fill: { mode: 'value', value: 0 } }));
    expect(frame.batches).toEqual([]);
    expect(frame.fields.filter(({ type }) => type !== 'utf8')).toEqual([
      { name: 'time', type: 'timestamp' },
      { name: 'v', type: 'int8' },
      { name: 'v_1', type: 'int8' },
    ]);
    expect(only(shape({ fields: [], batches: [] }, { format })).fields).toEqual([]);
  });
});

describe('multi', () => {
  test('has a frame for each series and value, with its own times', () => {
    const from = result(
      ['time', 'timestamp', [3n, 1n, 2n, 1n]],
      ['host', 'utf8', ['b', 'a', 'b', 'b']],
      ['v', 'int8', [1, 2, 3, 4]],
      ['w', 'int8', [5, 6, null, 8]],
    );
    const { frames } = shape(from, { format: 'multi' });
    expect(frames.map(names)).toEqual([
      ['time', 'v {"host":"a"}'],
      ['time', 'w {"host":"a"}'],
      ['time', 'v {"host":"b"}'],
      ['time', 'w {"host":"b"}'],
    ]);
    expect(frames.map(frameRows)).toEqual([
      [[1n, 2]],
      [[1n, 6]],
      [
        [1n, 4],
        [2n, 3],
        [3n, 1],
      ],
      [
        [1n, 8],
        [2n, null],
        [3n, 5],
      ],
    ]);
    expect(frames.every(({ refId, meta }) => refId === 'A' && meta?.type === 'timeseries-multi')).toBe(true);
  });
});

describe('fill', () => {
  const gaps = result(
    ['time', 'timestamp', [second, 3n * second]],
    ['host', 'utf8', ['a', 'b']],
    ['v', 'int64', [10n, null]],
  );

  test.each([
    [
      { mode: 'null' },
      [
        [0n, null, null],
        [second, 10n, null],
        [2n * second, null, null],
        [3n * second, null, null],
      ],
    ],
    [
      { mode: 'previous' },
      [
        [0n, null, null],
        [second, 10n, null],
        [2n * second, 10n, null],
        [3n * second, 10n, null],
      ],
    ],
    [
      { mode: 'value', value: 0 },
      [
        [0n, 0n, 0n],
        [second, 10n, 0n],
        [2n * second, 0n, 0n],
        [3n * second, 0n, null],
      ],
    ],
  ] as const)('%o fills missing rows and cells, but no null that was there', (fill, rows) => {
    expect(frameRows(only(shape(gaps, { fill })))).toEqual(rows);
  });

  test('follows the step of the macro rather than the interval of the panel', () => {
    const from = result(['time', 'timestamp', [0n]], ['v', 'int8', [1]]);
    const step = { interval: { unit: 'day', count: 1 }, timezone: 'UTC' } as const;
    const frame = only(shape(from, { fill: { mode: 'null' }, step, toMs: 2 * 86_400_000 }));
    expect(frameColumn(frame, 0)).toEqual([0n, 86_400n * second, 2n * 86_400n * second]);
  });

  test('ends at a limit: an interval cannot eat the memory', () => {
    const step = { interval: { unit: 'millisecond', count: 1 }, timezone: 'UTC' } as const;
    for (const format of ['time_series', 'multi'] as const) {
      expect(failure(() => shape(gaps, { format, fill: { mode: 'null' }, step, toMs: 8.64e15 }))).toMatchObject({
        code: 'too_many_cells',
        hint: expect.stringContaining('longer interval'),
      });
    }
  });

  test('refuses a number that the column cannot hold, and names both', () => {
    expect(failure(() => shape(gaps, { fill: { mode: 'value', value: 0.5 } }))).toMatchObject({
      code: 'fill_value_type',
      message: 'Cannot fill v with 0.5: its type int64 cannot hold it',
    });
  });
});
