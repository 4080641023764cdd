import type { AskNames } from './ask-names.ts';

/** A table or view as DuckDB knows it. */
export interface TableEntry {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  /**
   * Whether to read it runs nothing and knows nothing but its rows. A virtual column runs an expression; what a user's type stands for is
   * not seen in the table. A text that is compared with a time with a zone gets the offset of the day on which it is prepared.
   */
  readonly isPlain: boolean;
}

/**
 * Asks DuckDB for tables and views; its own are left out. DuckDB writes the SQL of each table for it, all of 5,000 tables of 200 columns in
 * 0.4 s: whoever needs names shares what one statement has told.
 */
export async function readTableEntries(ask: AskNames): Promise<readonly TableEntry[]> {
  const entry = (name: string, kind: string, isPlain: string) =>
    `to_json({database: database_name, schema: schema_name, name: ${name}, kind: '${kind}', isPlain: ${isPlain}})::VARCHAR`;
  const isOurs = "NOT internal AND database_name NOT IN ('system', 'temp')";
  const isPlain = `NOT contains(sql, 'GENERATED ALWAYS AS') AND NOT contains(sql, 'TIME WITH TIME ZONE')
    AND NOT EXISTS (FROM duckdb_types() WHERE NOT internal AND logical_type <> 'ENUM')`;
  const texts = await ask(
    `SELECT ${entry('table_name', 'table', isPlain)} FROM duckdb_tables() WHERE ${isOurs}
     UNION ALL SELECT ${entry('view_name', 'view', 'false')} FROM duckdb_views() WHERE ${isOurs}`,
  );
  return texts.map((text) => JSON.parse(text) as TableEntry);
}
