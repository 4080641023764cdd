import type { AdHocFilter, AdHocOperator } from '../model/query.ts';
import { quoteName, quoteText } from '../sql/quote.ts';

/**
 * A filter as an SQL condition on a column. The value is always a literal, which the engine casts to the column's type; patterns are searched
 * in the column's text. What says "not" keeps rows that are null.
 */
export function adHocCondition(column: string, { operator, value, values }: Omit<AdHocFilter, 'key'>): string {
  return writers[operator](quoteName(column), values && values.length > 0 ? values : [value]);
}

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
  '=|': (column, values) => `${column} IN (${values.map(quoteText).join(', ')})`,
  '!=|': (column, values) => `(${column} IN (${values.map(quoteText).join(', ')})) IS NOT TRUE`,
};

function first(write: (column: string, value: string) => string): Writer {
  return (column, [value = '']) => write(column, quoteText(value));
}

function matches(column: string, pattern: string): string {
  return `regexp_matches(CAST(${column} AS VARCHAR), ${pattern})`;
}
