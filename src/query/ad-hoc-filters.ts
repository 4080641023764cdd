import type { Field } from '../frame/column.ts';
import type { Notice } from '../frame/metadata.ts';
import type { AdHocFilter } from '../model/query.ts';
import { quoteName } from '../sql/quote.ts';
import { withoutSemicolon } from '../sql/semicolon.ts';
import { shorten } from '../sql/shorten.ts';
import { areNamesApart, type FilterColumns, findFilterColumn } from './ad-hoc-columns.ts';
import { adHocCondition } from './ad-hoc-condition.ts';
import type { SqlAround } from './logs-volume-sql.ts';

/** A filter whose key is a column, or a label of log lines, and the condition that it became. */
export interface AppliedFilter {
  readonly filter: AdHocFilter;
  readonly condition: string;
  readonly isLabel: boolean;
}

/** The filters on columns that there are, in the filters' order. */
export function applyFilters(filters: readonly AdHocFilter[], columns: FilterColumns): readonly AppliedFilter[] {
  return filters.flatMap((filter) => {
    const column = findFilterColumn(filter.key, columns);
    return column === undefined
      ? []
      : [{ filter, condition: adHocCondition(column, filter), isLabel: column.isLabel === true }];
  });
}

/** All conditions as one expression, which may stand behind NOT or beside OR. */
export function formatConditions(applied: readonly AppliedFilter[]): string {
  return applied.length === 0 ? 'true' : `(${applied.map(({ condition }) => condition).join(' AND ')})`;
}

/** A SELECT of those rows of a statement that meet the conditions, in the statement's order. A newline ends the comment that it may end with. */
export function filteredSql(sql: string, fields: readonly Field[], applied: readonly AppliedFilter[]): SqlAround {
  const [shown, names] = areNamesApart(fields) ? ['*', ''] : renamed(fields);
  const prefix = `SELECT ${shown} FROM (`;
  const conditions = applied.map(({ condition }) => condition).join(' AND ');
  return { sql: `${prefix}${withoutSemicolon(sql)}\n) AS q${names} WHERE ${conditions}`, prefixLength: prefix.length };
}

function renamed(fields: readonly Field[]): readonly [shown: string, names: string] {
  const shown = fields.map(({ name }, index) => `c${index} AS ${quoteName(name)}`);
  return [shown.join(', '), `(${fields.map((_, index) => `c${index}`).join(', ')})`];
}

/** All of a table, whose name may be written as SQL does: `readings`, `main.readings`, `"my table"`. */
export function selectTable(table: string, alias?: string): string {
  const parts = table.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  const names = parts.map((part) => (part.startsWith('"') ? part : quoteName(part.trim())));
  return `SELECT * FROM ${names.join('.') || quoteName(table)}${alias === undefined ? '' : ` AS ${alias}`}`;
}

/** What a person is told of filters that no column took. */
export function unappliedNotice(filters: readonly AdHocFilter[], where: string): Notice {
  const { shown, isOne } = keysOf(filters);
  return {
    severity: 'info',
    text: `${isOne ? 'The filter' : 'The filters'} on ${shown} ${isOne ? 'is' : 'are'} not applied: ${where} no such column`,
  };
}

/** What a person is told where filters on labels have left no line: perhaps no line has such a label. */
export function noLinesNotice(filters: readonly AdHocFilter[]): Notice {
  const { shown, isOne } = keysOf(filters);
  const reason = isOne
    ? `the filter on ${shown} is on a label, since there is no such column`
    : `the filters on ${shown} are on labels, since there are no such columns`;
  return { severity: 'info', text: `No lines are left: ${reason}` };
}

/** As far as a panel has room. */
function keysOf(filters: readonly AdHocFilter[]): { readonly shown: string; readonly isOne: boolean } {
  const keys = [...new Set(filters.map(({ key }) => key))];
  const shown = [
    ...keys.slice(0, maxShown).map((key) => shorten(key, maxLength)),
    ...(keys.length > maxShown ? ['…'] : []),
  ].join(', ');
  return { shown, isOne: keys.length === 1 };
}

/** As people wrote it, as far as a panel has room: `host =| a, b`. */
export function formatFilter({ key, operator, value, values }: AdHocFilter): string {
  const written = values && values.length > 0 ? values : [value];
  return shorten(`${key} ${operator} ${written.join(', ')}`, maxLength);
}

/** Keys in a notice. */
const maxShown = 10;
/** Of a key, and of a filter, in characters. */
const maxLength = 200;
