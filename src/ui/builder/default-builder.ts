import type { BuilderQuery, BuilderTable } from '../../model/builder.ts';
import type { QueryFormat } from '../../model/query.ts';
import type { ColumnKind, ColumnPayload } from '../../model/resources.ts';
import { timeAlias } from './builder-sql.ts';

export const emptyBuilder: BuilderQuery = { columns: [], filters: [], groupBy: [], orderBy: [] };

/** As many rows as a first look needs. */
const firstLook = 100;
/** As many as Grafana's log and trace views ask of other data sources. */
const manyRows = 1000;

/** All that can be said of a table before its columns are known. */
export function unknownTable(table: BuilderTable): BuilderQuery {
  return { ...emptyBuilder, table, limit: firstLook };
}

/** What a query of this format most likely wants of a table; the panel's range limits it wherever there is a time. */
export function defaultBuilder(
  format: QueryFormat | undefined,
  table: BuilderTable,
  columns: readonly ColumnPayload[],
): BuilderQuery {
  const time = firstOf(columns, 'time');
  const base: BuilderQuery = {
    ...unknownTable(table),
    filters: time === undefined ? [] : [{ column: time, operator: 'in time range', values: [] }],
  };
  switch (format) {
    case 'time_series':
    case 'multi':
      return time === undefined ? base : timeSeries(base, time, firstOf(columns, 'number'));
    case 'logs':
      return time === undefined ? base : logs(base, time, columns);
    case 'traces':
      return { ...base, limit: manyRows };
    default:
      return base;
  }
}

function timeSeries({ limit: _, ...base }: BuilderQuery, time: string, number: string | undefined): BuilderQuery {
  return {
    ...base,
    groupByTime: { column: time, interval: '$__interval' },
    columns: [
      number === undefined ? { name: '*', aggregate: 'count', alias: 'count' } : { name: number, aggregate: 'avg' },
    ],
    orderBy: [{ by: timeAlias, direction: 'asc' }],
  };
}

/** Names by which the format `logs` knows a column. */
const bodyNames = ['body', 'message', 'line', 'msg', 'log', 'text', 'content'];
const severityNames = ['severity', 'level', 'severitytext', 'loglevel', 'lvl', 'detectedlevel'];

function logs(base: BuilderQuery, time: string, columns: readonly ColumnPayload[]): BuilderQuery {
  const severity = named(columns, severityNames);
  const texts = columns.filter(({ kind, name }) => kind === 'text' && name !== severity);
  const names = [time, named(texts, bodyNames) ?? texts[0]?.name, severity].filter((name) => name !== undefined);
  return {
    ...base,
    columns: names.map((name) => ({ name })),
    orderBy: [{ by: time, direction: 'desc' }],
    limit: manyRows,
  };
}

/** The column named `time`, else the first of the kind. */
function firstOf(columns: readonly ColumnPayload[], wanted: ColumnKind): string | undefined {
  const fitting = columns.filter(({ kind }) => kind === wanted);
  return (fitting.find(({ name }) => name.toLowerCase() === timeAlias) ?? fitting[0])?.name;
}

/** The column that has the first of these names which there is. */
function named(columns: readonly ColumnPayload[], names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[_\-. ]/g, '');
  return names.map((wanted) => columns.find(({ name }) => plain(name) === wanted)).find((column) => column)?.name;
}
