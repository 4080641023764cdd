import { expect, test } from 'vitest';
import type { QueryFormat } from '../../model/query.ts';
import type { ColumnKind, ColumnPayload } from '../../model/resources.ts';
import { builderSql } from './builder-sql.ts';
import { defaultBuilder } from './default-builder.ts';

function columnsOf(kinds: Readonly<Record<string, ColumnKind>>): readonly ColumnPayload[] {
  return Object.entries(kinds).map(([name, kind]) => ({ name, sql: name, type: 'ANY', kind }));
}

const events = columnsOf({ id: 'text', ts: 'time', level: 'text', message: 'text', n: 'number' });

test.each<[string, QueryFormat | undefined, readonly ColumnPayload[], string]>([
  [
    'a time series of the first number',
    'time_series',
    events,
    "SELECT $__timeGroup(ts, '$__interval') AS time, avg(n)\nFROM t\nWHERE $__timeFilter(ts)\nGROUP BY 1\nORDER BY time",
  ],
  [
    'the same where each series is a frame',
    'multi',
    events,
    "SELECT $__timeGroup(ts, '$__interval') AS time, avg(n)\nFROM t\nWHERE $__timeFilter(ts)\nGROUP BY 1\nORDER BY time",
  ],
  [
    'a count of rows where there is no number',
    'time_series',
    columnsOf({ ts: 'time', time: 'time', host: 'text' }),
    "SELECT $__timeGroup(time, '$__interval') AS time, count(*) AS count\nFROM t\nWHERE $__timeFilter(time)\nGROUP BY 1\nORDER BY time",
  ],
  ['a first look where there is no time', 'time_series', columnsOf({ n: 'number' }), 'SELECT *\nFROM t\nLIMIT 100'],
  ['a first look at a table', 'table', events, 'SELECT *\nFROM t\nWHERE $__timeFilter(ts)\nLIMIT 100'],
  ['a first look in a format still to come', undefined, events, 'SELECT *\nFROM t\nWHERE $__timeFilter(ts)\nLIMIT 100'],
  [
    'lines of a log, the newest first',
    'logs',
    events,
    'SELECT ts, message, level\nFROM t\nWHERE $__timeFilter(ts)\nORDER BY ts DESC\nLIMIT 1000',
  ],
  [
    'lines of a log whose text has no usual name',
    'logs',
    columnsOf({ 'log level': 'text', seen: 'time', what: 'text' }),
    'SELECT seen, what, "log level"\nFROM t\nWHERE $__timeFilter(seen)\nORDER BY seen DESC\nLIMIT 1000',
  ],
  ['spans', 'traces', events, 'SELECT *\nFROM t\nWHERE $__timeFilter(ts)\nLIMIT 1000'],
])('defaultBuilder() begins with %s', (_, format, columns, expected) => {
  expect(builderSql(defaultBuilder(format, { name: 't' }, columns))).toBe(expected);
});
