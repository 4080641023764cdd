import { withoutSemicolon } from '../../../sql/semicolon.ts';
import type { Source } from '../errors.ts';
import type { ColumnType, Rewrite } from '../types.ts';

const expressionOf: Readonly<Record<Rewrite, (column: string) => string>> = {
  text: (column) => `CAST(${column} AS VARCHAR)`,
  json: (column) => `to_json(${column})`,
};

/** A SELECT around the person's, in which DuckDB writes the columns that we cannot read as text or JSON. */
export function rewriteSelect(source: Source, columns: readonly ColumnType[]): Source {
  return selectFrom(source, columns.length, (column, i) => {
    const rewrite = columns[i]?.rewrite;
    return rewrite ? expressionOf[rewrite](column) : column;
  });
}

/**
 * A SELECT of an expression for each of the person's columns. They go by position, since names may repeat; they lose their names, so keep
 * those of the first statement. A newline ends the comment that the person's SQL may end with.
 */
export function selectFrom(
  source: Source,
  columnCount: number,
  expression: (column: string, index: number) => string,
): Source {
  const list = Array.from({ length: columnCount }, (_, i) => expression(`#${i + 1}`, i));
  return {
    ...source,
    prefix: `SELECT ${list.join(', ')} FROM (`,
    sql: withoutSemicolon(source.sql),
    suffix: '\n) AS q',
  };
}

/** Whether any column needs it. */
export function needsRewrite(columns: readonly ColumnType[]): boolean {
  return columns.some(({ rewrite }) => rewrite !== undefined);
}
