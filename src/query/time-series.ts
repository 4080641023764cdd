import type { Field, FieldType, FixedColumn } from '../frame/column.ts';
import type { FrameField } from '../frame/frame.ts';
import type { Steps } from '../steps/steps.ts';
import { QueryError } from './errors.ts';
import type { Result } from './result.ts';
import type { LabelColumn, Series } from './series.ts';
import { findTimeColumn, isNumeric, numbersToTimestamps } from './time-column.ts';

/** A result whose columns have found their parts in a time series. */
export interface TimeSeriesResult extends Result {
  /** Index of the column of times, a timestamp by now. */
  readonly time: number;
  readonly values: readonly ValueColumn[];
  readonly labels: readonly LabelColumn[];
  /** Names of further timestamp columns, which have no part. */
  readonly unused: readonly string[];
}

export interface ValueColumn extends Field {
  readonly index: number;
}

/** Types of columns that tell series apart. */
export const labelTypes: ReadonlySet<FieldType> = new Set(['utf8', 'json', 'bool', 'enum']);

/**
 * Tells the columns' parts by their types: one time, numbers are values, text, JSON, enums and booleans are labels.
 *
 * @throws QueryError `no_time_column`, `time_column_type`, `no_value_column`
 */
export function* timeSeriesOf(result: Result): Steps<TimeSeriesResult> {
  const time = findTimeColumn(result.fields);
  const timeField = result.fields[time];
  if (timeField === undefined) {
    throw new QueryError('no_time_column', 'Cannot make a time series: the result has no column of times', {
      hint: 'Select one, for instance by $__timeGroupAlias(column, $__interval), or choose the format table',
    });
  }
  if (timeField.type !== 'timestamp' && !isNumeric(timeField.type)) {
    throw new QueryError(
      'time_column_type',
      `Cannot make a time series: the column ${timeField.name} is ${timeField.type}, not a time or a number`,
      { hint: `Select CAST(${timeField.name} AS TIMESTAMP) AS time, or give the column another name` },
    );
  }
  const columns = result.fields.map((field, index) => ({ ...field, index })).filter(({ index }) => index !== time);
  const values = columns.filter(({ type }) => isNumeric(type));
  if (values.length === 0) {
    throw new QueryError('no_value_column', 'Cannot make a time series: the result has no column of numbers', {
      hint: 'Select one, casting text to DOUBLE where needed, or choose the format table',
    });
  }
  return {
    fields: result.fields.with(time, { name: timeField.name, type: 'timestamp' }),
    batches: timeField.type === 'timestamp' ? result.batches : yield* numbersToTimestamps(result.batches, time),
    time,
    values,
    labels: columns.filter(({ type }) => labelTypes.has(type)),
    unused: columns.filter(({ type }) => type === 'timestamp').map(({ name }) => name),
  };
}

/** The values of the time column, batch by batch. */
export function timesOf({ batches, time }: TimeSeriesResult): FixedColumn[] {
  return batches.map(({ columns }) => columns[time] as FixedColumn);
}

/**
 * Name and labels of one value column in one series. Where `metric` is the only label and there is one value column, the label's text is
 * the name, as in Grafana's own SQL sources.
 */
export function seriesField(
  { name, type }: ValueColumn,
  { labels }: Series,
  { values, labels: columns }: TimeSeriesResult,
): FrameField {
  if (labels === null) {
    return { name, type };
  }
  if (columns.length === 1 && columns[0]?.name === 'metric' && values.length === 1) {
    return { name: labels.metric || name, type };
  }
  return { name, type, labels };
}
