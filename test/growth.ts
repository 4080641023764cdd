/** Between a cost that goes with the size of its input and one that goes with its square: see costOfSize(). */
export const maxCostOfSize = 4;

const pieces = 16;

/**
 * How much more one work on a large input costs than sixteen on one that is a sixteenth of it: 1 where the cost goes with the size, 16 where it
 * goes with its square. Counts the CPU of this thread alone, the least of three tries, so that a busy machine judges as a quiet one does.
 *
 * @param size of the large input; the clock counts in milliseconds, so the work should take some tens of them
 */
export function costOfSize<T>(makeInput: (size: number) => T, size: number, work: (input: T) => void): number {
  const [large, small] = [makeInput(size), makeInput(size / pieces)];
  work(large);
  const inPieces = () => {
    for (let i = 0; i < pieces; i++) {
      work(small);
    }
  };
  return leastOf(() => work(large)) / leastOf(inPieces);
}

/** Microseconds. */
function leastOf(work: () => void): number {
  return Math.min(...[1, 2, 3].map(() => microsecondsOf(work)));
}

function microsecondsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}
