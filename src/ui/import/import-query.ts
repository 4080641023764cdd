import type { DataQuery } from '@grafana/schema';
import { queryFormats } from '../../model/query.ts';
import { SqlLexer } from '../../sql/lexer.ts';
import type { QuiverQuery } from '../types.ts';

/**
 * What of another data source's query means the same here: its SQL as it is written, since dialects differ and nobody can translate them
 * unseen, its format, and what Grafana keeps in every query. Undefined where there is no SQL.
 */
export function importQuery(query: DataQuery): QuiverQuery | undefined {
  const foreign: Readonly<Record<string, unknown>> = { ...query };
  const rawSql = sqlOf(foreign);
  if (rawSql === undefined) {
    return undefined;
  }
  const { refId, hide, key } = query;
  const format = writtenFormat(foreign);
  return {
    refId,
    ...(hide !== undefined && { hide }),
    ...(key !== undefined && { key }),
    rawSql,
    ...(format !== undefined && { format }),
    editorMode: 'code',
  };
}

/** Keys that hold SQL and nothing else: MySQL, PostgreSQL, SQL Server, ClickHouse, DuckDB, BigQuery, Databricks; Athena and Redshift. */
const sqlKeys = ['rawSql', 'rawSQL'];

/** Keys that hold SQL in some data sources (SQLite, Snowflake; annotations; Altinity's ClickHouse), and in others something else. */
const textKeys = ['rawQueryText', 'queryText', 'rawQuery', 'query'];

function sqlOf(foreign: Readonly<Record<string, unknown>>): string | undefined {
  const texts = [...sqlKeys.map((key) => foreign[key]), ...textKeys.map((key) => foreign[key]).filter(isSql)];
  return texts.find((text): text is string => typeof text === 'string' && text.trim() !== '');
}

/** Whether a text begins as a query in SQL does, behind blanks and comments. */
function isSql(text: unknown): boolean {
  if (typeof text !== 'string') {
    return false;
  }
  const start = new SqlLexer(text).skipBlanks(0);
  return /^\(*\s*(select[\s*('"$]|from\s|with\s[\s\S]*\bselect\b)/i.test(text.slice(start));
}

/** SQLite says it in words of its own, and where an editor of ClickHouse says it, it is a name, too. */
const queryTypes: Readonly<Record<string, string>> = {
  'time series': 'time_series',
  timeseries: 'time_series',
  table: 'table',
  logs: 'logs',
  traces: 'traces',
};

/** As it was written where we know it: dashboards may be compared. */
function writtenFormat({ format, queryType }: Readonly<Record<string, unknown>>): string | number | undefined {
  if ((typeof format === 'string' || typeof format === 'number') && Object.hasOwn(queryFormats, format)) {
    return format;
  }
  return typeof queryType === 'string' && Object.hasOwn(queryTypes, queryType) ? queryTypes[queryType] : undefined;
}
