import { quoteText } from '../identifiers.ts';
import type { AskNames } from './catalog.ts';

/** What names in a statement stand for, as far as it matters what they hide. All in lower case. */
export interface KnownNames {
  /** Tables of the attached file without hidden expressions; it is read-only. Those of `main` by their name alone too. */
  readonly tables: ReadonlySet<string>;
  /** Views over the files of the settings: what lies in the files may change between two queries. */
  readonly fileTables: ReadonlySet<string>;
  /** Tables and views that are neither, by their own names: another's SQL, which is not looked through. */
  readonly others: ReadonlySet<string>;
  /** Functions and macros that are not DuckDB's own: they run another's SQL, and hide functions of the same name. */
  readonly macros: ReadonlySet<string>;
}

/** What is known of names already. */
export interface NamesOfSettings {
  /** The attached file's name in SQL. */
  readonly catalog: string | undefined;
  readonly fileTables: readonly string[];
  readonly macros: ReadonlySet<string>;
}

/** Asks DuckDB for the other names. Nothing in a native database changes but the views over files, so that this is done once. */
export async function readKnownNames(
  ask: AskNames,
  { catalog, fileTables, macros }: NamesOfSettings,
): Promise<KnownNames> {
  const isOurs = catalog === undefined ? 'false' : `database_name = ${quoteText(catalog)}`;
  // A virtual column runs an expression; what a user's type stands for is not seen in the table. A text that is compared with a time with
  // a zone gets the offset of the day on which it is prepared.
  const isPlain = `${isOurs} AND NOT contains(sql, 'GENERATED ALWAYS AS') AND NOT contains(sql, 'TIME WITH TIME ZONE')
    AND NOT EXISTS (FROM duckdb_types() WHERE NOT internal AND logical_type <> 'ENUM')`;
  const tables = await ask(
    `SELECT concat_ws(chr(0), database_name, schema_name, table_name) FROM duckdb_tables() WHERE ${isPlain}
     UNION ALL SELECT table_name FROM duckdb_tables() WHERE ${isPlain} AND schema_name = 'main'`,
  );
  const others = await ask(
    `SELECT table_name FROM duckdb_tables() WHERE NOT (${isPlain})
     UNION ALL SELECT view_name FROM duckdb_views()
       WHERE NOT internal AND NOT (database_name = 'memory' AND lower(view_name) IN (${quoteTexts(fileTables)}))`,
  );
  return { tables: keys(tables), fileTables: keys(fileTables), others: keys(others), macros };
}

/** A name of one part, or all of catalog, schema and name: no quoted name can look like another's parts. */
export function nameKey(...parts: readonly string[]): string {
  return parts.join('\0').toLowerCase();
}

function keys(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => nameKey(name)));
}

/** At least one, which is no name: a list must not be empty. */
function quoteTexts(texts: readonly string[]): string {
  return ['', ...texts].map((text) => quoteText(text.toLowerCase())).join(', ');
}
