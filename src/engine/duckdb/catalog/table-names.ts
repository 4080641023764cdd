import { formatName } from '../../../sql/names.ts';
import type { CatalogTable } from '../../catalog.ts';
import { compareNames } from '../../page.ts';
import type { TableEntry } from '../reuse/table-entries.ts';

/** What the names of tables depend on, besides what DuckDB says. */
export interface NamesOfSettings {
  /** The attached file's name in SQL. */
  readonly catalog: string | undefined;
  readonly fileTables: readonly string[];
}

/** The database of everything that is not in a file. */
const memory = 'memory';
const fileTable = { database: memory, schema: 'main', kind: 'view', isPlain: false } as const;

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
  const ours = fileTables.map((name) => ({ ...fileTable, name }));
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
    .map(({ name, kind, ...place }) => ({
      schema: schemaOf(place, catalog),
      name,
      kind,
      sql: [...qualifierOf(place, catalog, databases), name].map(formatName).join('.'),
    }))
    .sort((a, b) => compareNames(a.schema, b.schema) || compareNames(a.name, b.name));
}

/** The table that queries find where DuckDB has this one; undefined if another hides it. */
export function tableOf(
  entry: Pick<TableEntry, 'database' | 'schema' | 'name'>,
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

/**
 * A schema as `tablesFrom` names it, where SQL names its database too: for the attached file `shop`, `shop` and `shop.main` are `main`.
 * What is a schema's name already stays.
 */
export function schemaMeant(asked: string, tables: readonly CatalogTable[], catalog: string | undefined): string {
  const wanted = asked.toLowerCase();
  if (tables.some(({ schema }) => schema.toLowerCase() === wanted)) {
    return asked;
  }
  if (catalog !== undefined && `${wanted}.`.startsWith(`${catalog.toLowerCase()}.`)) {
    return asked.slice(catalog.length + 1) || 'main';
  }
  return asked.replace(/\.main$/i, '');
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
