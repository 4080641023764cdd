import type { Field } from '../frame/column.ts';
import { findColumn } from './column-names.ts';
import { QueryError } from './errors.ts';
import type { LabelSource } from './labels-column.ts';
import { findTimeColumn, isNumeric } from './time-column.ts';

/** Which column of a result is which part of a log line: indexes, -1 where there is none. */
export interface LogColumns {
  readonly time: number;
  readonly body: number;
  readonly severity: number;
  readonly id: number;
  /** All others. */
  readonly labels: readonly LabelSource[];
}

/** The names that the parts go by; docs/queries.md says the same. The first that there is counts. */
export const logNames = {
  body: ['body', 'message', 'line', 'msg', 'log', 'text', 'content'],
  severity: ['severity', 'level', 'severitytext', 'loglevel', 'lvl', 'detectedlevel'],
  id: ['id'],
} as const;

/** Without a column that is called like a body, it is the first one of text. */
export function logColumnsOf(fields: readonly Field[]): LogColumns {
  const time = timeOf(fields);
  const severity = findColumn(fields, logNames.severity);
  const id = findColumn(fields, logNames.id);
  const taken = new Set([time, severity, id]);
  const named = findColumn(fields, logNames.body, taken);
  const body = named === -1 ? fields.findIndex(({ type }, index) => type === 'utf8' && !taken.has(index)) : named;
  const labels = fields
    .map((field, index) => ({ ...field, index }))
    .filter(({ index }) => index !== body && !taken.has(index));
  return { time, body, severity, id, labels };
}

/** As in a time series; a number may also be called `timestamp`. */
function timeOf(fields: readonly Field[]): number {
  const time = findTimeColumn(fields);
  const isTime = ({ type }: Field) => type === 'timestamp' || isNumeric(type);
  const index = time === -1 ? findColumn(fields, ['timestamp', 'ts']) : time;
  return index !== -1 && isTime(fields[index] as Field) ? index : -1;
}

/** @throws QueryError `no_time_column` */
export function noTimeError(what: string): never {
  throw new QueryError('no_time_column', `Cannot ${what}: the result has no column of times`, {
    hint: 'Select one, or a number of seconds, milliseconds, microseconds or nanoseconds named time',
  });
}
