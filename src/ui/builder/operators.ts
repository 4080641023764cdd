import type { BuilderFilter, BuilderOperator } from '../../model/builder.ts';

/** A condition in SQL: an operator behind the column with its values, or a macro around the column. */
export type OperatorSql =
  | { readonly words: string; readonly values: 'none' | 'one' | 'list' }
  | { readonly macro: string };

/** SQL is written and read by this table. */
export const operatorSql: Readonly<Record<BuilderOperator, OperatorSql>> = {
  '=': { words: '=', values: 'one' },
  '!=': { words: '!=', values: 'one' },
  '<=': { words: '<=', values: 'one' },
  '<': { words: '<', values: 'one' },
  '>=': { words: '>=', values: 'one' },
  '>': { words: '>', values: 'one' },
  like: { words: 'LIKE', values: 'one' },
  'not like': { words: 'NOT LIKE', values: 'one' },
  in: { words: 'IN', values: 'list' },
  'not in': { words: 'NOT IN', values: 'list' },
  'is not null': { words: 'IS NOT NULL', values: 'none' },
  'is null': { words: 'IS NULL', values: 'none' },
  'in time range': { macro: '$__timeFilter' },
};

/** How many values an operator takes. */
export function valuesOf(operator: BuilderOperator): 'none' | 'one' | 'list' {
  const sql = operatorSql[operator];
  return 'macro' in sql ? 'none' : sql.values;
}

/** Whether the filter has a column and what its operator wants; in a column of numbers nothing is no value. */
export function isComplete({ column, operator, values, bare }: BuilderFilter): boolean {
  if (column === '') {
    return false;
  }
  if (valuesOf(operator) === 'none') {
    return true;
  }
  return values.length > 0 && !(bare && values.some((value) => value === ''));
}
