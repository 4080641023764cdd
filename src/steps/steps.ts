/** Work on many rows that can be left between any two steps, so that the process's one thread can do something else in between. */
export type Steps<T> = Generator<undefined, T>;

/** Rows between two steps: even where each makes a kilobyte, they take less than a millisecond. */
export const rowsPerStep = 256;

/** Rows of a plain loop between two steps, where a row takes nanoseconds. */
const rowsPerSlice = 16_384;

/** Goes through rows in slices, a step each: `work` is a plain loop from `start` to `end`, which costs what it costs without steps. */
export function* inSlices(rowCount: number, work: (start: number, end: number) => void): Steps<void> {
  for (let start = 0; start < rowCount; start += rowsPerSlice) {
    work(start, Math.min(start + rowsPerSlice, rowCount));
    yield;
  }
}

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}
