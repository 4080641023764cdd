import type { ColumnType, Rewrite } from './types.ts';

const expressionOf: Readonly<Record<Rewrite, (column: string) => string>> = {
  text: (column) => `CAST(${column} AS VARCHAR)`,
  json: (column) => `to_json(${column})`,
};

/**
 * A SELECT around the person's, in which DuckDB writes the columns that we cannot read as text or JSON.
 * Columns go by position, since names may repeat; they lose their names, so keep those of the first statement. A newline ends the comment that the
 * person's SQL may end with.
 */
export function rewriteSelect(columns: readonly ColumnType[]): { readonly prefix: string; readonly suffix: string } {
  const list = columns.map(({ rewrite }, i) => (rewrite ? expressionOf[rewrite](`#${i + 1}`) : `#${i + 1}`));
  return { prefix: `SELECT ${list.join(', ')} FROM (`, suffix: '\n) AS q' };
}

/** Whether any column needs it. */
export function needsRewrite(columns: readonly ColumnType[]): boolean {
  return columns.some(({ rewrite }) => rewrite !== undefined);
}
