import { quoteText } from '../identifiers.ts';
import type { AskNames } from '../reuse/ask-names.ts';
import type { TableEntry } from '../reuse/table-entries.ts';

/** Columns by their names in lower case. */
export type ColumnIndex = ReadonlyMap<string, IndexedColumn>;

export interface IndexedColumn {
  /** As one of its tables writes it. */
  readonly name: string;
  /** The first tables that have it; a statement over more of them would not end. */
  readonly tables: readonly Pick<TableEntry, 'database' | 'schema' | 'name'>[];
}

/** Tables of one column that are worth looking into for its values. */
export const maxTablesOfColumn = 20;
/** A drop-down with more names is of no use, and files with so many columns are no tables for people. */
const maxNames = 10_000;

/** Asks DuckDB for the columns of all tables and views but those of the settings, whose columns it may know from an older file. */
export async function readColumnIndex(ask: AskNames, fileTables: readonly string[]): Promise<ColumnIndex> {
  const names = ['', ...fileTables].map((name) => quoteText(name.toLowerCase())).join(', ');
  const table = '{schema: schema_name, name: table_name, database: database_name}';
  const texts = await ask(
    `SELECT to_json({name: min(column_name), tables: min(${table}, ${maxTablesOfColumn})})::VARCHAR
     FROM duckdb_columns()
     WHERE NOT internal AND database_name NOT IN ('system', 'temp')
       AND NOT (database_name = 'memory' AND lower(table_name) IN (${names}))
     GROUP BY lower(column_name) ORDER BY lower(column_name) LIMIT ${maxNames}`,
  );
  const columns = texts.map((text) => JSON.parse(text) as IndexedColumn);
  return new Map(columns.map((column) => [column.name.toLowerCase(), column]));
}
