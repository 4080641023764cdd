import type { Field, FixedColumn } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import { inSlices, type Steps } from '../steps/steps.ts';
import { addGrid, type FilledTimes, fillFor, missingPositions } from './fill.ts';
import { checkCells, checkSeries, type Filling, gridFor } from './filling.ts';
import { halvesOf } from './halves.ts';
import { timeColumn } from './long-to-wide.ts';
import { orderOf } from './order-of.ts';
import { rowCountOf, wholeColumn } from './result.ts';
import { groupBySeries } from './series.ts';
import { spread } from './spread.ts';
import { indexTimes, type TimeIndex } from './time-index.ts';
import { seriesField, type TimeSeriesResult, timesOf } from './time-series.ts';

/** Frames, and how many rows had no time and were left out. */
export interface MultiFrames {
  readonly frames: readonly Frame[];
  readonly droppedRows: number;
}

/**
 * Makes a frame of two columns, time and value, for each series and value, each with its own times, ascending. Of two rows with the same
 * time and labels the later counts.
 *
 * @throws QueryError `too_many_series`, `too_many_cells`, `fill_value_type`
 */
export function* longToMulti(result: TimeSeriesResult, filling: Filling): Steps<MultiFrames> {
  const rowCount = rowCountOf(result);
  const index = yield* indexTimes(timesOf(result), rowCount);
  const framesOf = (seriesCount: number) => seriesCount * result.values.length;
  const series = yield* groupBySeries(result.batches, result.labels, index.rowOf, (count) => {
    checkSeries(framesOf(count));
    checkCells(rowCount, 2 * result.values.length, filling.maxCells);
  });
  const grid = index.times.length === 0 ? index.times : yield* gridFor(filling, 2 * framesOf(series.length));
  const timeField = result.fields[result.time] as Field;
  const sources: FixedColumn[] = [];
  for (const value of result.values) {
    sources.push(yield* wholeColumn(result.batches, value.index, rowCount));
  }
  const frames: Frame[] = [];
  for (const one of series) {
    const own = yield* ownTimes(one.rows, index);
    const { times, positionOf: positions } = grid.length === 0 ? own : yield* withGrid(own, grid);
    const length = times.length;
    const missing = filling.fill ? missingPositions(positions, length) : new Int32Array();
    for (const [i, value] of result.values.entries()) {
      const fill = fillFor(filling.fill, value.name, value.type);
      const column = yield* spread(sources[i] as FixedColumn, { rows: one.rows, positions, length, missing, fill });
      frames.push({
        fields: [timeField, seriesField(value, one, result)],
        batches: length === 0 ? [] : [{ rowCount: length, columns: [timeColumn(times), column] }],
      });
    }
  }
  return { frames, droppedRows: index.nullCount };
}

/** What {@link addGrid} makes of a series' own times. */
function* withGrid({ times, positionOf }: FilledTimes, grid: BigInt64Array): Steps<FilledTimes> {
  const filled = yield* addGrid(times, grid);
  return { ...filled, positionOf: positionOf.map((position) => filled.positionOf[position] as number) };
}

/** The times that a series has, ascending, each once; and for each of its rows which of them is its own. */
function* ownTimes(rows: Int32Array, { times, rowOf }: TimeIndex): Steps<FilledTimes> {
  const ranks = new Int32Array(rows.length);
  let isOrdered = true;
  yield* inSlices(rows.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const rank = rowOf[rows[i] as number] as number;
      isOrdered &&= i === 0 || rank >= (ranks[i - 1] as number);
      ranks[i] = rank;
    }
  });
  const order = isOrdered ? undefined : yield* orderOf(ranks, 1);
  const from = halvesOf(times);
  const own = new BigInt64Array(rows.length);
  const halves = halvesOf(own);
  const positionOf = new Int32Array(rows.length);
  let count = 0;
  let last = -1;
  yield* inSlices(rows.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const row = order === undefined ? i : (order[i] as number);
      const rank = ranks[row] as number;
      if (rank !== last) {
        halves[count * 2] = from[rank * 2] as number;
        halves[count * 2 + 1] = from[rank * 2 + 1] as number;
        count++;
        last = rank;
      }
      positionOf[row] = count - 1;
    }
  });
  return { times: own.subarray(0, count), positionOf };
}
