import type { Column, FixedColumn } from '../frame/column.ts';
import type { Frame, FrameField } from '../frame/frame.ts';
import { inSlices, type Steps } from '../steps/steps.ts';
import { addGrid, fillFor, missingPositions } from './fill.ts';
import { checkCells, checkSeries, type Filling, gridFor } from './filling.ts';
import { rowCountOf, wholeColumn } from './result.ts';
import { groupBySeries } from './series.ts';
import { type Placement, spread } from './spread.ts';
import { indexTimes } from './time-index.ts';
import { seriesField, type TimeSeriesResult, timesOf } from './time-series.ts';

/** A frame, and how many rows had no time and were left out. */
export interface WideFrame {
  readonly frame: Frame;
  readonly droppedRows: number;
}

/**
 * Makes one frame in which every time stands once, ascending, with a column for each series and value: by name of the value, then by the
 * labels' texts, as Grafana's own LongToWide sorts. Without labels the columns stay as they are. Of two rows with the same time and
 * labels the later counts.
 *
 * @throws QueryError `too_many_series`, `too_many_cells`, `fill_value_type`
 */
export function* longToWide(result: TimeSeriesResult, filling: Filling): Steps<WideFrame> {
  const rowCount = rowCountOf(result);
  const index = yield* indexTimes(timesOf(result), rowCount);
  if (result.labels.length === 0 && index.ascending && !filling.fill) {
    return { frame: asItIs(result), droppedRows: 0 };
  }
  const columnsOf = (seriesCount: number) => seriesCount * result.values.length + 1;
  const series = yield* groupBySeries(result.batches, result.labels, index.rowOf, (count) => {
    checkSeries(columnsOf(count) - 1);
    checkCells(index.times.length, columnsOf(count), filling.maxCells);
  });
  const { times, positionOf } = yield* addGrid(
    index.times,
    index.times.length === 0 ? index.times : yield* gridFor(filling, columnsOf(series.length)),
  );
  const length = times.length;
  const placements: Omit<Placement, 'fill'>[] = [];
  for (const { rows } of series) {
    const positions = new Int32Array(rows.length);
    yield* inSlices(rows.length, (start, end) => {
      for (let i = start; i < end; i++) {
        positions[i] = positionOf[index.rowOf[rows[i] as number] as number] as number;
      }
    });
    const missing = filling.fill ? missingPositions(positions, length) : new Int32Array();
    placements.push({ rows, positions, length, missing });
  }
  const filled: NamedColumn[] = [];
  for (const value of valueColumns(result)) {
    const source = yield* wholeColumn(result.batches, value.index, rowCount);
    const fill = fillFor(filling.fill, value.name, value.type);
    for (const [i, one] of series.entries()) {
      const column = yield* spread(source, { ...(placements[i] as (typeof placements)[number]), fill });
      filled.push({ field: seriesField(value, one, result), column });
    }
  }
  return { frame: assemble(result, timeColumn(times), filled), droppedRows: index.nullCount };
}

interface NamedColumn {
  readonly field: FrameField;
  readonly column: FixedColumn;
}

/** Already wide and in order: the engine's own columns, untouched. */
function asItIs(result: TimeSeriesResult): Frame {
  const kept = [result.time, ...result.values.map(({ index }) => index)].sort((a, b) => a - b);
  return {
    fields: kept.map((index) => result.fields[index] as FrameField),
    batches: result.batches.map(({ rowCount, columns }) => ({
      rowCount,
      columns: kept.map((index) => columns[index] as Column),
    })),
  };
}

/** Values in the order of the query; by name where labels make many columns of each. */
function valueColumns({ values, labels }: TimeSeriesResult): TimeSeriesResult['values'] {
  return labels.length === 0 ? values : values.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function timeColumn(times: BigInt64Array<ArrayBuffer>): FixedColumn {
  return { layout: 'fixed', length: times.length, nullCount: 0, validity: null, values: times };
}

/** Without labels the time keeps its place among the values. */
function assemble(result: TimeSeriesResult, time: FixedColumn, values: readonly NamedColumn[]): Frame {
  const before = result.labels.length > 0 ? 0 : result.values.filter(({ index }) => index < result.time).length;
  const timeField = result.fields[result.time] as FrameField;
  const columns = values.toSpliced(before, 0, { field: timeField, column: time });
  return {
    fields: columns.map(({ field }) => field),
    batches: time.length === 0 ? [] : [{ rowCount: time.length, columns: columns.map(({ column }) => column) }],
  };
}
