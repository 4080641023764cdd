import type { Field } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import { addGrid, type FilledTimes, fillFor, identity, missingPositions } from './fill.ts';
import { checkCells, checkSeries, type Filling, gridFor } from './filling.ts';
import { timeColumn } from './long-to-wide.ts';
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
export function longToMulti(result: TimeSeriesResult, filling: Filling): MultiFrames {
  const rowCount = rowCountOf(result);
  const index = indexTimes(timesOf(result), rowCount);
  const series = groupBySeries(result.batches, result.labels, index.rowOf);
  const frameCount = series.length * result.values.length;
  checkSeries(frameCount);
  checkCells(rowCount, 2 * result.values.length, filling.maxCells);
  const grid = index.times.length === 0 ? index.times : gridFor(filling, 2 * frameCount);
  const timeField = result.fields[result.time] as Field;
  const sources = result.values.map(({ index }) => wholeColumn(result.batches, index, rowCount));
  const frames = series.flatMap((one) => {
    const own = ownTimes(one.rows, index);
    const { times, positionOf } = addGrid(own.times, grid);
    const length = times.length;
    const positions = own.positionOf.map((position) => positionOf[position] as number);
    const missing = filling.fill ? missingPositions(positions, length) : new Int32Array();
    return result.values.map((value, i): Frame => {
      const fill = fillFor(filling.fill, value.name, value.type);
      const source = sources[i] as (typeof sources)[number];
      const column = spread(source, { rows: one.rows, positions, length, missing, fill });
      return {
        fields: [timeField, seriesField(value, one, result)],
        batches: length === 0 ? [] : [{ rowCount: length, columns: [timeColumn(times), column] }],
      };
    });
  });
  return { frames, droppedRows: index.nullCount };
}

/** The times that a series has, ascending, each once; and for each of its rows which of them is its own. */
function ownTimes(rows: Int32Array, { times, rowOf }: TimeIndex): FilledTimes {
  const ranks = new Int32Array(rows.length);
  let ascending = true;
  for (let i = 0; i < rows.length; i++) {
    const rank = rowOf[rows[i] as number] as number;
    ascending &&= i === 0 || rank > (ranks[i - 1] as number);
    ranks[i] = rank;
  }
  const distinct = ascending ? ranks : ranks.toSorted().filter((rank, i, sorted) => i === 0 || rank !== sorted[i - 1]);
  const own = new BigInt64Array(distinct.length);
  for (let i = 0; i < own.length; i++) {
    own[i] = times[distinct[i] as number] as bigint;
  }
  const positions = ascending ? identity(ranks.length) : ranks.map((rank) => lowerBound(distinct, rank));
  return { times: own, positionOf: positions };
}

/** Where a value stands in an ascending list that has it. */
function lowerBound(sorted: Int32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
