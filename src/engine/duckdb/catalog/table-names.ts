import { formatName } from '../../../sql/names.ts';
import type { CatalogTable } from '../../catalog.ts';
import { compareNames } from '../../page.ts';
import type { AskNames } from '../reuse/catalog.ts';

/** A table or view as DuckDB knows it. */
export interface TableEntry {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: CatalogTable['kind'];
}

/** What the names of tables depend on, besides what DuckDB says. */
export interface NamesOfSettings {
  /** The attached file's name in SQL. */
  readonly catalog: string | undefined;
  readonly fileTables: readonly string[];
}

/** The database of everything that is not in a file. */
const memory = 'memory';

/** Asks DuckDB for tables and views; its own are left out. */
export async function readTableEntries(ask: AskNames): Promise<readonly TableEntry[]> {
  const entry = (name: string, kind: string) =>
    `to_json({database: database_name, schema: schema_name, name: ${name}, kind: '${kind}'})::VARCHAR`;
  const isOurs = "NOT internal AND database_name NOT IN ('system', 'temp')";
  const texts = await ask(
    `SELECT ${entry('table_name', 'table')} FROM duckdb_tables() WHERE ${isOurs}
     UNION ALL SELECT ${entry('view_name', 'view')} FROM duckdb_views() WHERE ${isOurs}`,
  );
  return texts.map((text) => JSON.parse(text) as TableEntry);
}

/**
 * Tables by the names that queries have for them, in order. A table of the settings is there whether its view has been made or not. In
 * `main`, the attached file's come first, and what they hide is left out.
 */
export function tablesFrom(
  entries: readonly TableEntry[],
  { catalog, fileTables }: NamesOfSettings,
): readonly CatalogTable[] {
  const isFileTable = new Set(fileTables.map((name) => name.toLowerCase()));
  const known = entries.filter(({ database, name }) => database !== memory || !isFileTable.has(name.toLowerCase()));
  const ours = fileTables.map((name) => ({ database: memory, schema: 'main', name, kind: 'view' }) as const);
  const all = [...known, ...ours];
  const first = new Map<string, TableEntry>();
  for (const entry of all) {
    const key = keyOf(entry, catalog);
    if (!first.has(key) || entry.database === catalog) {
      first.set(key, entry);
    }
  }
  const databases = new Set(all.map(({ database }) => database));
  return [...first.values()]
    .map(({ name, kind, ...entry }) => ({
      schema: schemaOf(entry, catalog),
      name,
      kind,
      sql: [...qualifierOf(entry, catalog, databases), name].map(formatName).join('.'),
    }))
    .sort((a, b) => compareNames(a.schema, b.schema) || compareNames(a.name, b.name));
}

/** The table that queries find where DuckDB has this one; undefined if another hides it. */
export function tableOf(
  entry: Omit<TableEntry, 'kind'>,
  tables: readonly CatalogTable[],
  catalog: string | undefined,
): CatalogTable | undefined {
  const schema = schemaOf(entry, catalog);
  return tables.find((table) => table.schema === schema && table.name === entry.name);
}

type Place = Pick<TableEntry, 'database' | 'schema'>;

function keyOf({ name, ...place }: TableEntry, catalog: string | undefined): string {
  return `${schemaOf(place, catalog)}\0${name}`.toLowerCase();
}

/** Of another attached file, its name stands before its schemas, and alone for `main`. */
function schemaOf(place: Place, catalog: string | undefined): string {
  const { database, schema } = place;
  if (isSearched(place, catalog)) {
    return schema;
  }
  return schema === 'main' ? database : `${database}.${schema}`;
}

/** What must stand before a name. Where a schema has a database's name, DuckDB takes neither alone. */
function qualifierOf(place: Place, catalog: string | undefined, databases: ReadonlySet<string>): readonly string[] {
  const { database, schema } = place;
  if (isSearched(place, catalog)) {
    return schema === 'main' ? [] : databases.has(schema) ? [database, schema] : [schema];
  }
  return [database, schema];
}

function isSearched({ database }: Place, catalog: string | undefined): boolean {
  return database === catalog || database === memory;
}
