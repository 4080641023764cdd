import { describe, expect, test } from 'vitest';
import type { QueryResult } from '../engine/engine.ts';
import type { Field, RecordBatch } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';
import { collect } from './collect.ts';

const fields: readonly Field[] = [{ name: 'n', type: 'float64' }];
const plenty = { rows: 1000, bytes: 1_000_000 };

describe('collect()', () => {
  test('keeps a result that fits, and drops empty batches', async () => {
    const { result } = source([2, 0, 3]);
    const collected = await collect(result, plenty);
    expect(shape(collected)).toEqual([2, 3]);
    expect(collected).toMatchObject({ fields, rowCount: 5 });
    expect(collected).not.toHaveProperty('truncatedBy');
  });

  test('does not call a result cut that has exactly as many rows as allowed', async () => {
    const { result } = source([2, 3]);
    expect(await collect(result, { ...plenty, rows: 5 })).not.toHaveProperty('truncatedBy');
  });

  test('cuts at the row, says so, and stops the engine', async () => {
    const { result, stopped } = source([2, 3, 4]);
    const collected = await collect(result, { ...plenty, rows: 4 });
    expect(shape(collected)).toEqual([2, 2]);
    expect(collected).toMatchObject({ rowCount: 4, truncatedBy: 'rows' });
    expect(stopped()).toBe(true);
  });

  test('cuts where the limit lies between two batches', async () => {
    const { result } = source([2, 3]);
    expect(await collect(result, { ...plenty, rows: 2 })).toMatchObject({ rowCount: 2, truncatedBy: 'rows' });
  });

  test('keeps the rows whose bytes fit, to the row', async () => {
    const { result, stopped } = source([4, 4]);
    const collected = await collect(result, { ...plenty, bytes: 6 * 8 + 7 });
    expect(shape(collected)).toEqual([4, 2]);
    expect(collected).toMatchObject({ rowCount: 6, truncatedBy: 'bytes' });
    expect(stopped()).toBe(true);
  });

  test('shows nothing of a first row that is too large, and says so', async () => {
    const { result } = source([4]);
    expect(await collect(result, { ...plenty, bytes: 7 })).toMatchObject({
      batches: [],
      rowCount: 0,
      truncatedBy: 'bytes',
    });
  });

  test('fails when the stream fails midway', async () => {
    const { result } = source([2, 2], new Error('broke'));
    await expect(collect(result, plenty)).rejects.toThrow('broke');
  });
});

function source(rowCounts: readonly number[], failure?: Error) {
  let stopped = false;
  async function* batches(): AsyncGenerator<RecordBatch> {
    try {
      for (const rowCount of rowCounts) {
        yield {
          rowCount,
          columns: [
            columnFrom(
              'float64',
              Array.from({ length: rowCount }, (_, i) => i),
            ),
          ],
        };
      }
      if (failure) {
        throw failure;
      }
    } finally {
      stopped = true;
    }
  }
  const result: QueryResult = { fields, batches: batches() };
  return { result, stopped: () => stopped };
}

function shape({ batches }: { batches: readonly RecordBatch[] }): number[] {
  return batches.map(({ rowCount }) => rowCount);
}
