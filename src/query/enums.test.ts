import { describe, expect, test } from 'vitest';
import { type Cell, valueAt } from '../frame/cells.ts';
import type { Field, RecordBatch } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';
import { frameFrom } from '../frame/frame-from.ts';
import type { QueryFormat } from '../model/query.ts';
import { finish } from '../steps/steps.ts';
import { type Streamed, withTexts } from './enums.ts';
import { shapeFrames } from './format.ts';

const texts = ['low', '', 'höher', 'x'.repeat(60)];
const time: Field = { name: 'at', type: 'timestamp' };
const state: Field = { name: 'state', type: 'enum', texts };
const value: Field = { name: 'v', type: 'float64' };

function streamed(fields: readonly Field[], ...batches: readonly (readonly (readonly Cell[])[])[]): Streamed {
  async function* stream(): AsyncGenerator<RecordBatch> {
    for (const columns of batches) {
      yield {
        rowCount: columns[0]?.length ?? 0,
        columns: columns.map((cells, i) => columnFrom((fields[i] as Field).type, cells)),
      };
    }
  }
  return { fields, batches: stream() };
}

describe('withTexts()', () => {
  test('makes texts of the numbers, nulls among them, batch by batch', async () => {
    const source = streamed(
      [state, value],
      [
        [0, null, 2, 3, 1],
        [1, 2, 3, 4, 5],
      ],
      [[2], [6]],
    );
    const { fields, batches } = withTexts(source, 'table', true);
    expect(fields).toEqual([{ name: 'state', type: 'utf8' }, value]);
    const read: RecordBatch[] = [];
    for await (const batch of batches) {
      read.push(batch);
    }
    const cells = read.map(({ columns, rowCount }) =>
      Array.from({ length: rowCount }, (_, row) => columns.map((column) => valueAt(column, row))),
    );
    expect(cells).toEqual([
      [
        ['low', 1],
        [null, 2],
        ['höher', 3],
        ['x'.repeat(60), 4],
        ['', 5],
      ],
      [['höher', 6]],
    ]);
    expect(read.map(({ columns }) => columns[0]?.nullCount)).toEqual([1, 0]);
  });

  const tooMany: Field = { ...state, texts: Array.from({ length: 1001 }, (_, i) => `${i}`) };
  test.each<[string, readonly Field[], QueryFormat, boolean, string]>([
    ['a table along the time', [time, state], 'table', true, 'enum'],
    ['a table with a time of numbers', [{ name: 'time', type: 'int64' }, state], 'table', true, 'enum'],
    ['a table without a time', [state, value], 'table', true, 'utf8'],
    ['values beyond what a panel tells apart', [time, tooMany], 'table', true, 'utf8'],
    ['rules and annotations', [time, state], 'table', false, 'utf8'],
    ['a time series, where it is a label', [time, state, value], 'time_series', true, 'enum'],
    ['a time series of a rule', [time, state, value], 'time_series', false, 'enum'],
    ['frames for each series', [time, state, value], 'multi', true, 'enum'],
  ])('for %s', (_, fields, format, forPanel, type) => {
    const result = withTexts(streamed(fields), format, forPanel);
    expect(result.fields.find(({ name }) => name === 'state')?.type).toBe(type);
  });

  test('ends the source when its reader leaves', async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<RecordBatch> {
      try {
        for (;;) {
          yield { rowCount: 1, columns: [columnFrom('enum', [0])] };
        }
      } finally {
        ended = true;
      }
    }
    for await (const _ of withTexts({ fields: [state], batches: endless() }, 'table', true).batches) {
      break;
    }
    expect(ended).toBe(true);
  });
});

test('an enum is a label of a time series by its text, and a null the empty one', () => {
  const second = 1_000_000_000n;
  const { fields, batches } = frameFrom([
    { name: 'time', type: 'timestamp', cells: [second, second, second, 2n * second] },
    { ...state, cells: [2, 0, null, 2] },
    { name: 'v', type: 'float64', cells: [1, 2, 3, 4] },
  ]);
  const options = { refId: 'A', format: 'time_series', fromMs: 0, toMs: 3000, intervalMs: 1000 } as const;
  const [frame] = finish(shapeFrames({ fields, batches }, options)).frames;
  expect(frame?.fields.map(({ labels }) => labels?.state)).toEqual([undefined, '', 'höher', 'low']);
});
