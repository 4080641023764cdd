import { type FixedColumn, isValid } from '../frame/column.ts';
import { halvesOf } from './halves.ts';
import { PairIndex } from './pair-index.ts';

/** The times of a result: each once, in order, and for each row which of them is its own. */
export interface TimeIndex {
  /** Nanoseconds since the epoch, ascending, each once. */
  readonly times: BigInt64Array<ArrayBuffer>;
  /** For each row an index of `times`, -1 where the time is null. */
  readonly rowOf: Int32Array;
  readonly nullCount: number;
  /** Whether each row has a time, later than the row's before it: row i is then time i. */
  readonly ascending: boolean;
}

/** Indexes the times of a timestamp column, given batch by batch, in any order. */
export function indexTimes(columns: readonly FixedColumn[], rowCount: number): TimeIndex {
  return indexAscending(columns, rowCount) ?? indexUnsorted(columns, rowCount);
}

/** Undefined as soon as a time is smaller than one before it. */
function indexAscending(columns: readonly FixedColumn[], rowCount: number): TimeIndex | undefined {
  const times = new BigInt64Array(rowCount);
  const halves = halvesOf(times);
  const rowOf = new Int32Array(rowCount);
  let [row, count, nullCount, lastHigh, lastLow] = [0, 0, 0, 0, 0];
  for (const column of columns) {
    const from = halvesOf(column.values);
    for (let i = 0; i < column.length; i++, row++) {
      if (!isValid(column, i)) {
        rowOf[row] = -1;
        nullCount++;
        continue;
      }
      const low = from[i * 2] as number;
      const high = from[i * 2 + 1] as number;
      if (count === 0 || high !== lastHigh || low !== lastLow) {
        if (count > 0 && (high < lastHigh || (high === lastHigh && low >>> 0 < lastLow >>> 0))) {
          return undefined;
        }
        halves[count * 2] = low;
        halves[count * 2 + 1] = high;
        lastLow = low;
        lastHigh = high;
        count++;
      }
      rowOf[row] = count - 1;
    }
  }
  return { times: times.subarray(0, count), rowOf, nullCount, ascending: count === rowCount };
}

function indexUnsorted(columns: readonly FixedColumn[], rowCount: number): TimeIndex {
  const index = new PairIndex();
  const rowOf = new Int32Array(rowCount);
  let [row, nullCount] = [0, 0];
  for (const column of columns) {
    const from = halvesOf(column.values);
    for (let i = 0; i < column.length; i++, row++) {
      if (!isValid(column, i)) {
        rowOf[row] = -1;
        nullCount++;
      } else {
        rowOf[row] = index.idOf(from[i * 2] as number, from[i * 2 + 1] as number);
      }
    }
  }
  const times = new BigInt64Array(index.size);
  const halves = halvesOf(times);
  halves.set(index.pairs);
  times.sort();
  const ranks = new Int32Array(index.size);
  for (let rank = 0; rank < times.length; rank++) {
    ranks[index.idOf(halves[rank * 2] as number, halves[rank * 2 + 1] as number)] = rank;
  }
  for (row = 0; row < rowCount; row++) {
    const id = rowOf[row] as number;
    rowOf[row] = id === -1 ? -1 : (ranks[id] as number);
  }
  return { times, rowOf, nullCount, ascending: false };
}
