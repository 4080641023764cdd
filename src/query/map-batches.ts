import type { Column, RecordBatch } from '../frame/column.ts';
import type { Steps } from '../steps/steps.ts';

/** Batches whose columns are made by these, each of the batch that stands in its place. */
export function* mapBatches(
  batches: readonly RecordBatch[],
  makers: readonly ((batch: RecordBatch) => Steps<Column>)[],
): Steps<RecordBatch[]> {
  const made: RecordBatch[] = [];
  for (const batch of batches) {
    const columns: Column[] = [];
    for (const make of makers) {
      columns.push(yield* make(batch));
    }
    made.push({ rowCount: batch.rowCount, columns });
  }
  return made;
}

/** A column that takes no work. */
// biome-ignore lint/correctness/useYield: it takes no step.
export function* asItIs(column: Column): Steps<Column> {
  return column;
}
