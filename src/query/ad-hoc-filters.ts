import type { Field } from '../frame/column.ts';
import type { Notice } from '../frame/metadata.ts';
import type { AdHocFilter } from '../model/query.ts';
import { quoteName } from '../sql/quote.ts';
import { withoutSemicolon } from '../sql/semicolon.ts';
import { adHocCondition } from './ad-hoc-condition.ts';

/** A filter whose key is a column, and the condition that it became. */
export interface AppliedFilter {
  readonly filter: AdHocFilter;
  readonly condition: string;
}

/** The filters on columns that there are, in the filters' order. Letter case does not matter, as in SQL; an exact name goes first. */
export function applyFilters(filters: readonly AdHocFilter[], columns: readonly Field[]): readonly AppliedFilter[] {
  return filters.flatMap((filter) => {
    const key = filter.key.toLowerCase();
    const column =
      columns.find(({ name }) => name === filter.key) ?? columns.find(({ name }) => name.toLowerCase() === key);
    return column === undefined ? [] : [{ filter, condition: adHocCondition(column, filter) }];
  });
}

/** All conditions as one expression, which may stand behind NOT or beside OR. */
export function formatConditions(applied: readonly AppliedFilter[]): string {
  return applied.length === 0 ? 'true' : `(${applied.map(({ condition }) => condition).join(' AND ')})`;
}

/** A SELECT of those rows of a statement that meet the conditions, in the statement's order. A newline ends the comment that it may end with. */
export function filteredSql(sql: string, applied: readonly AppliedFilter[]): { sql: string; prefixLength: number } {
  const prefix = 'SELECT * FROM (';
  return {
    sql: `${prefix}${withoutSemicolon(sql)}\n) AS q WHERE ${applied.map(({ condition }) => condition).join(' AND ')}`,
    prefixLength: prefix.length,
  };
}

/** All of a table, whose name may be written as SQL does: `readings`, `main.readings`, `"my table"`. */
export function selectTable(table: string): string {
  const parts = table.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  const names = parts.map((part) => (part.startsWith('"') ? part : quoteName(part.trim())));
  return `SELECT * FROM ${names.join('.') || quoteName(table)}`;
}

/** What a person is told of filters that no column took. */
export function unappliedNotice(filters: readonly AdHocFilter[], where: string): Notice {
  const keys = [...new Set(filters.map(({ key }) => key))];
  return {
    severity: 'info',
    text: `${keys.length === 1 ? 'The filter' : 'The filters'} on ${keys.join(', ')} ${keys.length === 1 ? 'is' : 'are'} not applied: ${where} no such column`,
  };
}

/** As people wrote it: `host =| a, b`. */
export function formatFilter({ key, operator, value, values }: AdHocFilter): string {
  return `${key} ${operator} ${(values && values.length > 0 ? values : [value]).join(', ')}`;
}
