import { finish } from '../../../steps/steps.ts';
import type { Bindings, Connection } from '../bindings.ts';
import { vectorsOf } from '../columns/chunk.ts';
import { readText, stringWidth } from '../columns/text.ts';
import { quoteText } from '../identifiers.ts';
import { Once } from './once.ts';

/** Asks DuckDB for names, on a connection of ours. */
export type AskNames = (sql: string) => Promise<readonly string[]>;

/** What the attached database file holds. It is read-only and locked: read once. */
export class Catalog {
  /** Tables and views, with their schema where it is not `main`. */
  readonly tables: readonly string[];
  readonly #mainTables: ReadonlySet<string>;
  readonly #macros: Once<ReadonlySet<string>>;

  private constructor(tables: readonly string[], readMacros: () => Promise<ReadonlySet<string>>) {
    this.tables = tables;
    this.#macros = new Once(readMacros);
    this.#mainTables = new Set(tables.map((name) => name.toLowerCase()));
  }

  /** @param name of the attached file in SQL; undefined where there is none */
  static async read(ask: AskNames, name: string | undefined): Promise<Catalog> {
    if (name === undefined) {
      return new Catalog([], async () => new Set());
    }
    const macros = `SELECT lower(function_name) FROM duckdb_functions()
      WHERE ${isIn(name)} AND function_type IN ('macro', 'table_macro')`;
    return new Catalog(await readTables(ask, name), async () => new Set(await ask(macros)));
  }

  /** Of values and of tables, in lower case. The first call takes 15 ms, which a start need not wait for. */
  macros(): Promise<ReadonlySet<string>> {
    return this.#macros.get();
  }

  hasTable(name: string): boolean {
    return this.#mainTables.has(name.toLowerCase());
  }
}

/**
 * Tables and views of an attached file, with their schema where it is not `main`.
 *
 * @param catalog the file's name in SQL
 */
export function readTables(ask: AskNames, catalog: string): Promise<readonly string[]> {
  const qualified = (name: string) => `if(schema_name = 'main', ${name}, schema_name || '.' || ${name})`;
  return ask(
    `SELECT ${qualified('table_name')} FROM duckdb_tables() WHERE ${isIn(catalog)}
     UNION ALL SELECT ${qualified('view_name')} FROM duckdb_views() WHERE ${isIn(catalog)}`,
  );
}

function isIn(catalog: string): string {
  return `database_name = ${quoteText(catalog)} AND NOT internal`;
}

/** The texts of a statement's only column. */
export async function readNames(bindings: Bindings, connection: Connection, sql: string): Promise<readonly string[]> {
  const result = await bindings.query(connection, sql);
  const names: string[] = [];
  for (;;) {
    const chunk = await bindings.fetch_chunk(result);
    const rows = chunk === null ? 0 : bindings.data_chunk_get_size(chunk);
    if (chunk === null || rows === 0) {
      return names;
    }
    const { offsets, bytes } = finish(readText(bindings, vectorsOf(bindings, [chunk], 0, stringWidth), rows));
    for (let i = 0; i < rows; i++) {
      names.push(Buffer.from(bytes.subarray(offsets[i], offsets[i + 1])).toString());
    }
  }
}
