import type { QueryResult } from '../engine/engine.ts';
import { byteLengthOf, type Field, type RecordBatch } from '../frame/column.ts';
import { sliceBatch } from '../frame/slice.ts';
import type { Limits } from './limits.ts';

/** A result in memory, and which limit cut it, if one did. */
export interface Collected {
  readonly fields: readonly Field[];
  readonly batches: readonly RecordBatch[];
  readonly rowCount: number;
  /** Of what was kept. */
  readonly byteLength: number;
  readonly truncatedBy?: 'rows' | 'bytes';
}

/** Reads a result until its end or its limits. What fits is kept, to the row; the engine is stopped as soon as one row too many is seen. */
export async function collect(result: QueryResult, limits: Pick<Limits, 'rows' | 'bytes'>): Promise<Collected> {
  const batches: RecordBatch[] = [];
  let rowCount = 0;
  let bytesLeft = limits.bytes;
  for await (const batch of result.batches) {
    const withinRows = sliceBatch(batch, Math.min(batch.rowCount, limits.rows - rowCount));
    const kept = sliceBatch(withinRows, rowsWithin(withinRows, bytesLeft));
    if (kept.rowCount > 0) {
      batches.push(kept);
    }
    rowCount += kept.rowCount;
    bytesLeft -= sizeOf(kept);
    if (kept.rowCount < batch.rowCount) {
      const truncatedBy = kept.rowCount < withinRows.rowCount ? 'bytes' : 'rows';
      return { fields: result.fields, batches, rowCount, byteLength: limits.bytes - bytesLeft, truncatedBy };
    }
  }
  return { fields: result.fields, batches, rowCount, byteLength: limits.bytes - bytesLeft };
}

/** How many of the first rows take at most so many bytes. */
function rowsWithin(batch: RecordBatch, bytes: number): number {
  if (sizeOf(batch) <= bytes) {
    return batch.rowCount;
  }
  let fits = 0;
  for (let tooMany = batch.rowCount; tooMany - fits > 1; ) {
    const middle = (fits + tooMany) >> 1;
    if (sizeOf(sliceBatch(batch, middle)) <= bytes) {
      fits = middle;
    } else {
      tooMany = middle;
    }
  }
  return fits;
}

function sizeOf(batch: RecordBatch): number {
  return batch.columns.reduce((sum, column) => sum + byteLengthOf(column), 0);
}
