import { byteCount, byteSize, positiveNumber, timezoneName, wholeNumber } from '../../model/settings-rules.ts';
import { absolutePath, timeInterval } from './problems.ts';
import type { FieldSpec } from './setting-field.tsx';

/** The settings that are one text or number each; docs/installing.md names the same keys. */
export const databaseField: FieldSpec = {
  path: 'duckdb.database',
  kind: 'text',
  label: 'Database file',
  description: 'A DuckDB file, opened read-only. Without one, tables live in memory.',
  placeholder: '/srv/data/sales.duckdb',
  width: 70,
  rule: absolutePath,
};

export const limitFields: readonly FieldSpec[] = [
  {
    path: 'limits.rows',
    kind: 'number',
    label: 'Rows',
    description: 'Of a result; what is more is cut off, with a warning.',
    placeholder: '1000000',
    rule: wholeNumber,
  },
  {
    path: 'limits.bytes',
    kind: 'bytes',
    label: 'Bytes',
    description: 'Of a result, as a size such as 64MiB.',
    placeholder: '256MiB',
    rule: byteCount,
  },
  {
    path: 'limits.timeoutSeconds',
    kind: 'number',
    label: 'Seconds',
    description: 'From the request to the answer, waiting included.',
    placeholder: '60',
    rule: positiveNumber,
  },
];

export const engineFields: readonly FieldSpec[] = [
  {
    path: 'duckdb.memoryLimit',
    kind: 'text',
    label: 'Memory',
    description: 'Of the engine, as a size such as 2GiB.',
    placeholder: '1GiB',
    rule: byteSize,
  },
  {
    path: 'duckdb.threads',
    kind: 'number',
    label: 'Threads',
    description: 'Of the engine.',
    placeholder: '2',
    rule: wholeNumber,
  },
  {
    path: 'duckdb.timezone',
    kind: 'text',
    label: 'Time zone',
    description: 'Where the days of a query begin that brings no time zone of its own.',
    placeholder: 'UTC',
    rule: timezoneName,
  },
];

export const timeIntervalField: FieldSpec = {
  path: 'timeInterval',
  kind: 'text',
  label: 'Minimum time interval',
  description: 'The least that $__interval becomes. Write how often rows come.',
  placeholder: '10s',
  rule: timeInterval,
};
