import { importQuery } from '../import/import-query.ts';
import type { QuiverQuery } from '../types.ts';

/** A variable's query as dashboards keep it. `query` is its text again: Grafana lists variables by that key. */
export type VariableQuery = QuiverQuery & { readonly query?: string };

const variableRefId = 'variable';

/** Reads what a dashboard has saved: ours, the text alone, or another SQL data source's. Unknown keys of ours stay. */
export function variableQueryFrom(saved: unknown): VariableQuery {
  if (typeof saved === 'string') {
    return { refId: variableRefId, rawSql: saved };
  }
  if (typeof saved !== 'object' || saved === null) {
    return { refId: variableRefId, rawSql: '' };
  }
  const query = { ...saved, refId: 'refId' in saved && saved.refId ? String(saved.refId) : variableRefId };
  const isOurs = 'rawSql' in query && typeof query.rawSql === 'string' && query.rawSql.trim() !== '';
  return isOurs ? (query as VariableQuery) : (importQuery(query) ?? { ...query, rawSql: '' });
}
