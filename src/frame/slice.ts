import { bitmapByteLength, countZeros } from './bitmap.ts';
import type { Column, Loss, Losses, RecordBatch } from './column.ts';

/**
 * The first `rowCount` rows of a batch, on the same memory; the batch itself if it has no more.
 * `losses` become upper bounds: which rows they counted is not known any more.
 */
export function sliceBatch(batch: RecordBatch, rowCount: number): RecordBatch {
  if (rowCount >= batch.rowCount) {
    return batch;
  }
  return { rowCount, columns: batch.columns.map((column) => sliceColumn(column, rowCount)) };
}

function sliceColumn(column: Column, length: number): Column {
  const nullCount = column.validity === null ? 0 : countZeros(column.validity, length);
  const base = {
    length,
    nullCount,
    validity:
      nullCount === 0 || column.validity === null ? null : column.validity.subarray(0, bitmapByteLength(length)),
    ...(column.losses && { losses: atMost(column.losses, nullCount, length) }),
  };
  switch (column.layout) {
    case 'fixed':
      return { ...base, layout: 'fixed', values: column.values.subarray(0, length) };
    case 'bits':
      return { ...base, layout: 'bits', bits: column.bits.subarray(0, bitmapByteLength(length)) };
    case 'variable': {
      const bytes = column.bytes.subarray(0, column.offsets[length]);
      return { ...base, layout: 'variable', offsets: column.offsets.subarray(0, length + 1), bytes };
    }
  }
}

/** A lost time is a null; what else is lost leaves a value. */
function atMost(losses: Losses, nullCount: number, length: number): Losses {
  const entries = Object.entries(losses) as [Loss, number][];
  return Object.fromEntries(
    entries.map(([loss, count]) => [loss, Math.min(count, loss === 'time' ? nullCount : length)]),
  );
}
