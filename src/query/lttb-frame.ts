import { type FixedColumn, isValid } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import type { Steps } from '../steps/steps.ts';
import { identity } from './fill.ts';
import { halvesOf } from './halves.ts';
import { lttb } from './lttb.ts';
import { orderOf } from './order-of.ts';
import { rowCountOf, wholeColumn } from './result.ts';
import { spread } from './spread.ts';

/**
 * Leaves so many rows of a frame that they draw nearly the same line, as they were: the first, the last, and those that `lttb` chooses.
 *
 * What is null, NaN or infinite draws no point. Where that makes a gap wider than `gapNs`, one of its rows stays, so that the gap does: the
 * first of it, behind all points the last. Of many gaps the widest stay, up to a quarter of all rows.
 *
 * @param frame times, each once, ascending, and a column of numbers
 * @param maxRows rows that stay, 8 at least; a frame that has no more is as it was
 */
export function* lttbFrame(frame: Frame, maxRows: number, gapNs: number): Steps<Frame> {
  const rowCount = rowCountOf(frame);
  const most = Math.max(maxRows, 8);
  if (rowCount <= most) {
    return frame;
  }
  const times = yield* wholeColumn(frame.batches, 0, rowCount);
  const values = yield* wholeColumn(frame.batches, 1, rowCount);
  const rows = yield* chooseRows(relativeNs(times), values, most, gapNs);
  const { length } = rows;
  const placement = { rows, positions: identity(length), length, missing: new Int32Array(), fill: 'null' } as const;
  const columns = [yield* spread(times, placement), yield* spread(values, placement)];
  return { ...frame, batches: [{ rowCount: length, columns }] };
}

/** Ascending. */
function* chooseRows(times: Float64Array, values: FixedColumn, maxRows: number, gapNs: number): Steps<Int32Array> {
  yield;
  const drawn = drawnRows(values);
  yield;
  const gaps = yield* widest(gapsOf(times, drawn, gapNs), maxRows >> 2);
  yield;
  const x = new Float64Array(drawn.length);
  const y = new Float64Array(drawn.length);
  for (let i = 0; i < drawn.length; i++) {
    const row = drawn[i] as number;
    x[i] = times[row] as number;
    y[i] = Number(values.values[row]);
  }
  yield;
  const points = lttb(x, y, maxRows - gaps.length);
  const rows = new Int32Array(gaps.length + points.length);
  rows.set(gaps);
  rows.set(
    points.map((point) => drawn[point] as number),
    gaps.length,
  );
  return rows.sort();
}

function drawnRows(column: FixedColumn): Int32Array {
  const rows = new Int32Array(column.length);
  let count = 0;
  for (let row = 0; row < column.length; row++) {
    if (isValid(column, row) && Number.isFinite(Number(column.values[row]))) {
      rows[count++] = row;
    }
  }
  return rows.subarray(0, count);
}

interface Gaps {
  /** The row that stands for each. */
  readonly rows: Int32Array;
  readonly widthsNs: Float64Array<ArrayBuffer>;
}

function gapsOf(times: Float64Array, drawn: Int32Array, gapNs: number): Gaps {
  const rows = new Int32Array(drawn.length + 1);
  const widthsNs = new Float64Array(drawn.length + 1);
  let count = 0;
  for (let i = 0; i <= drawn.length; i++) {
    const before = i === 0 ? -1 : (drawn[i - 1] as number);
    const after = i === drawn.length ? times.length : (drawn[i] as number);
    // Before all points and behind them a gap has no end.
    const widthNs = (times[after] ?? Number.POSITIVE_INFINITY) - (times[before] ?? Number.NEGATIVE_INFINITY);
    if (after - before > 1 && widthNs > gapNs) {
      rows[count] = i === drawn.length ? after - 1 : before + 1;
      widthsNs[count++] = widthNs;
    }
  }
  return { rows: rows.subarray(0, count), widthsNs: widthsNs.subarray(0, count) };
}

function* widest({ rows, widthsNs }: Gaps, most: number): Steps<Int32Array> {
  if (rows.length <= most) {
    return rows;
  }
  // The bits of doubles that are not negative ascend as the doubles do; inverted, they descend.
  const order = yield* orderOf(
    halvesOf(widthsNs).map((half) => ~half),
    2,
  );
  return order.subarray(0, most).map((gap) => rows[gap] as number);
}

/** Since the first: doubles have no digits for nanoseconds since 1970. */
function relativeNs({ length, values }: FixedColumn): Float64Array {
  const halves = halvesOf(values);
  const relative = new Float64Array(length);
  const [firstLow, firstHigh] = [(halves[0] as number) >>> 0, halves[1] as number];
  for (let row = 0; row < length; row++) {
    const low = (halves[row * 2] as number) >>> 0;
    relative[row] = ((halves[row * 2 + 1] as number) - firstHigh) * 2 ** 32 + (low - firstLow);
  }
  return relative;
}
