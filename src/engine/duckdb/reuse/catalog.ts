import { quoteText } from '../identifiers.ts';
import type { AskNames } from './ask-names.ts';
import { Once } from './once.ts';
import { readTableEntries, type TableEntry } from './table-entries.ts';

/** What the attached database file holds. It is read-only and locked: read once. */
export class Catalog {
  readonly entries: readonly TableEntry[];
  /** Tables and views, with their schema where it is not `main`. */
  readonly tables: readonly string[];
  readonly #mainTables: ReadonlySet<string>;
  readonly #macros: Once<ReadonlySet<string>>;

  private constructor(ask: AskNames, entries: readonly TableEntry[], name: string | undefined) {
    this.entries = entries;
    this.tables = name === undefined ? [] : namesIn(entries, name);
    this.#mainTables = new Set(this.tables.map((table) => table.toLowerCase()));
    this.#macros = new Once(async () => new Set(name === undefined ? [] : await ask(macrosOf(name))));
  }

  /** @param name of the attached file in SQL; undefined where there is none */
  static async read(ask: AskNames, name: string | undefined): Promise<Catalog> {
    return new Catalog(ask, name === undefined ? [] : await readTableEntries(ask), name);
  }

  /** Of values and of tables, in lower case. The first call takes 15 ms, which a start need not wait for. */
  macros(): Promise<ReadonlySet<string>> {
    return this.#macros.get();
  }

  hasTable(name: string): boolean {
    return this.#mainTables.has(name.toLowerCase());
  }
}

/** Tables and views of one attached file, with their schema where it is not `main`. */
export function namesIn(entries: readonly TableEntry[], catalog: string): readonly string[] {
  return entries
    .filter(({ database }) => database === catalog)
    .map(({ schema, name }) => (schema === 'main' ? name : `${schema}.${name}`));
}

function macrosOf(catalog: string): string {
  return `SELECT lower(function_name) FROM duckdb_functions()
    WHERE database_name = ${quoteText(catalog)} AND NOT internal AND function_type IN ('macro', 'table_macro')`;
}
