import type { AdHocFilter, AdHocOperator } from '../model/query.ts';
import { quoteText } from '../sql/quote.ts';
import type { FilterColumn } from './ad-hoc-columns.ts';

/**
 * A filter as an SQL condition on a column. The value is always a literal, which the engine casts to the column's type; patterns are searched
 * in the column's text. What says "not" keeps rows that are null.
 */
export function adHocCondition(
  { sql, type }: FilterColumn,
  { operator, value, values }: Omit<AdHocFilter, 'key'>,
): string {
  const isPattern = operator === '=~' || operator === '!~';
  const literals = (values && values.length > 0 ? values : [value]).map((text) =>
    type.includes('int') && !isPattern && fraction.test(text) ? `CAST(${quoteText(text)} AS DOUBLE)` : quoteText(text),
  );
  return writers[operator](sql, literals);
}

/** DuckDB would round it to a whole number, and find 3 where somebody asks for 2.5. */
const fraction = /^[+-]?\d*\.\d+$/;

/** Takes literals. */
type Writer = (column: string, values: readonly string[]) => string;

const writers: Readonly<Record<AdHocOperator, Writer>> = {
  '=': first((column, value) => `${column} = ${value}`),
  '!=': first((column, value) => `${column} IS DISTINCT FROM ${value}`),
  '<': first((column, value) => `${column} < ${value}`),
  '<=': first((column, value) => `${column} <= ${value}`),
  '>=': first((column, value) => `${column} >= ${value}`),
  '>': first((column, value) => `${column} > ${value}`),
  '=~': first(matches),
  '!~': first((column, pattern) => `${matches(column, pattern)} IS NOT TRUE`),
  '=|': (column, values) => `${column} IN (${values.join(', ')})`,
  '!=|': (column, values) => `(${column} IN (${values.join(', ')})) IS NOT TRUE`,
};

function first(write: (column: string, value: string) => string): Writer {
  return (column, [value = 'NULL']) => write(column, value);
}

function matches(column: string, pattern: string): string {
  return `regexp_matches(CAST(${column} AS VARCHAR), ${pattern})`;
}
