import type { Field } from '../frame/column.ts';
import { type QueryType, type QuiverQuery, queryTypes } from '../model/query.ts';
import type { ShapeFormat } from '../query/format.ts';
import type { MacroContext } from '../query/interpolate.ts';
import { logsContextSql } from '../query/logs-context-sql.ts';
import { logsVolumeSql, type SqlAround } from '../query/logs-volume-sql.ts';
import { DatasourceError } from './errors.ts';

/** What is asked of a query beside its rows. */
export interface QueryKind {
  /** What is made of the result, whatever the query's format is. */
  readonly format: ShapeFormat;
  /** The SQL that runs around the person's, whose outermost ORDER BY and LIMIT are taken away then. */
  readonly around?: (sql: string, fields: readonly Field[]) => SqlAround;
}

/**
 * Undefined where the rows themselves are asked for.
 *
 * @throws DatasourceError `query_invalid`
 */
export function queryKindOf(queryType: string, query: QuiverQuery, context: MacroContext): QueryKind | undefined {
  const known = queryTypes.find((name) => name === queryType);
  return known && kinds[known](query, context);
}

const kinds: Readonly<Record<QueryType, (query: QuiverQuery, context: MacroContext) => QueryKind>> = {
  annotation: () => ({ format: 'annotation' }),
  'logs-volume': (_, context) => ({
    format: 'multi',
    around: (sql, fields) => logsVolumeSql(sql, fields, context),
  }),
  'logs-context': ({ logsContext }) => {
    if (!logsContext) {
      throw new DatasourceError('query_invalid', 'Cannot run the query: logs-context needs logsContext');
    }
    return { format: 'logs', around: (sql, fields) => logsContextSql(sql, fields, logsContext) };
  },
};
