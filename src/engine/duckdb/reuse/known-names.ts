import type { TableEntry } from './table-entries.ts';

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

/** What is known of names besides tables. */
export interface NamesOfSettings {
  /** The attached file's name in SQL. */
  readonly catalog: string | undefined;
  readonly fileTables: readonly string[];
  readonly macros: ReadonlySet<string>;
}

/** Nothing in a native database changes but the views over files, so that this is done once. */
export function knownNames(
  entries: readonly TableEntry[],
  { catalog, fileTables, macros }: NamesOfSettings,
): KnownNames {
  const isFileTable = new Set(fileTables.map((name) => nameKey(name)));
  const tables = new Set<string>();
  const others = new Set<string>();
  for (const { database, schema, name, kind, isPlain } of entries) {
    if (isPlain && kind === 'table' && database === catalog) {
      tables.add(nameKey(database, schema, name));
      if (schema === 'main') {
        tables.add(nameKey(name));
      }
    } else if (!(kind === 'view' && database === 'memory' && isFileTable.has(nameKey(name)))) {
      others.add(nameKey(name));
    }
  }
  return { tables, fileTables: isFileTable, others, macros };
}

/** A name of one part, or all of catalog, schema and name: no quoted name can look like another's parts. */
export function nameKey(...parts: readonly string[]): string {
  return parts.join('\0').toLowerCase();
}
