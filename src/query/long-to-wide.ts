import type { Column, FixedColumn } from '../frame/column.ts';
import type { Frame, FrameField } from '../frame/frame.ts';
import { addGrid, fillFor, missingPositions } from './fill.ts';
import { checkCells, checkSeries, type Filling, gridFor } from './filling.ts';
import { rowCountOf, wholeColumn } from './result.ts';
import { groupBySeries } from './series.ts';
import { spread } from './spread.ts';
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
export function longToWide(result: TimeSeriesResult, filling: Filling): WideFrame {
  const rowCount = rowCountOf(result);
  const index = indexTimes(timesOf(result), rowCount);
  if (result.labels.length === 0 && index.ascending && !filling.fill) {
    return { frame: asItIs(result), droppedRows: 0 };
  }
  const series = groupBySeries(result.batches, result.labels, index.rowOf);
  const columnCount = series.length * result.values.length + 1;
  checkSeries(columnCount - 1);
  checkCells(index.times.length, columnCount, filling.maxCells);
  const { times, positionOf } = addGrid(
    index.times,
    index.times.length === 0 ? index.times : gridFor(filling, columnCount),
  );
  const length = times.length;
  const placements = series.map(({ rows }) => {
    const positions = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      positions[i] = positionOf[index.rowOf[rows[i] as number] as number] as number;
    }
    return { rows, positions, length, missing: filling.fill ? missingPositions(positions, length) : new Int32Array() };
  });
  const filled = valueColumns(result).map((value) => {
    const source = wholeColumn(result.batches, value.index, rowCount);
    const fill = fillFor(filling.fill, value.name, value.type);
    return series.map((one, i) => ({
      field: seriesField(value, one, result),
      column: spread(source, { ...(placements[i] as (typeof placements)[number]), fill }),
    }));
  });
  return { frame: assemble(result, timeColumn(times), filled.flat()), droppedRows: index.nullCount };
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
