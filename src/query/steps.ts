import type { Column, RecordBatch } from '../frame/column.ts';

/** Work on many rows that can be left between any two steps, so that the process's one thread can do something else in between. */
export type Steps<T> = Generator<undefined, T>;

/** Rows between two steps: even where each makes a kilobyte, they take less than a millisecond. */
export const rowsPerStep = 256;

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

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
