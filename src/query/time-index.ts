import { type FixedColumn, isValid } from '../frame/column.ts';
import { inSlices, type Steps } from '../steps/steps.ts';
import { halvesOf } from './halves.ts';
import { orderOf } from './order-of.ts';
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
export function* indexTimes(columns: readonly FixedColumn[], rowCount: number): Steps<TimeIndex> {
  return (yield* indexAscending(columns, rowCount)) ?? (yield* indexUnsorted(columns, rowCount));
}

/** Undefined as soon as a time is smaller than one before it. */
function* indexAscending(columns: readonly FixedColumn[], rowCount: number): Steps<TimeIndex | undefined> {
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
    yield;
  }
  return { times: times.subarray(0, count), rowOf, nullCount, ascending: count === rowCount };
}

/** So many times are sorted with their rows sooner than they are looked up, and no table of them has to grow. */
const maxLookedUp = 2 ** 16;

function* indexUnsorted(columns: readonly FixedColumn[], rowCount: number): Steps<TimeIndex> {
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
    if (index.size > maxLookedUp) {
      return yield* indexByOrder(columns, rowCount);
    }
    yield;
  }
  const { times, rowOf: ranks } = yield* indexWords(index.pairs, new Int32Array(index.size));
  yield* inSlices(rowCount, (start, end) => {
    for (let i = start; i < end; i++) {
      const id = rowOf[i] as number;
      rowOf[i] = id === -1 ? -1 : (ranks[id] as number);
    }
  });
  return { times, rowOf, nullCount, ascending: false };
}

function* indexByOrder(columns: readonly FixedColumn[], rowCount: number): Steps<TimeIndex> {
  const words = new Int32Array(rowCount * 2);
  const rowOf = new Int32Array(rowCount);
  let [row, nullCount] = [0, 0];
  for (const column of columns) {
    words.set(halvesOf(column.values), row * 2);
    for (let i = 0; column.validity !== null && i < column.length; i++) {
      if (!isValid(column, i)) {
        rowOf[row + i] = -1;
      }
    }
    row += column.length;
    nullCount += column.nullCount;
    yield;
  }
  return { ...(yield* indexWords(words, rowOf)), nullCount, ascending: false };
}

/** @param rowOf -1 for what is left out; gets its place among the times for all others */
function* indexWords(words: Int32Array, rowOf: Int32Array): Steps<Pick<TimeIndex, 'times' | 'rowOf'>> {
  const order = yield* orderOf(words, 2);
  const times = new BigInt64Array(order.length);
  const halves = halvesOf(times);
  let count = 0;
  yield* inSlices(order.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const row = order[i] as number;
      if (rowOf[row] === -1) {
        continue;
      }
      const low = words[row * 2] as number;
      const high = words[row * 2 + 1] as number;
      if (count === 0 || low !== halves[count * 2 - 2] || high !== halves[count * 2 - 1]) {
        halves[count * 2] = low;
        halves[count * 2 + 1] = high;
        count++;
      }
      rowOf[row] = count - 1;
    }
  });
  return { times: times.subarray(0, count), rowOf };
}
