import type { Bindings, Connection } from './bindings.ts';
import { vectorsOf } from './columns/chunk.ts';
import { readText, stringWidth } from './columns/text.ts';
import { quoteText } from './identifiers.ts';
import type { Instance } from './open.ts';

/** What the attached database file holds. It is read-only and locked: read once. */
export class Catalog {
  /** Tables and views, with their schema where it is not `main`. */
  readonly tables: readonly string[];
  /** Of values and of tables, in lower case. */
  readonly macros: ReadonlySet<string>;
  readonly #mainTables: ReadonlySet<string>;

  private constructor(tables: readonly string[], macros: readonly string[]) {
    this.tables = tables;
    this.macros = new Set(macros.map((name) => name.toLowerCase()));
    this.#mainTables = new Set(tables.map((name) => name.toLowerCase()));
  }

  static async read(bindings: Bindings, { control, catalog }: Instance): Promise<Catalog> {
    if (catalog === undefined) {
      return new Catalog([], []);
    }
    const where = `database_name = ${quoteText(catalog)} AND NOT internal`;
    const qualified = (name: string) => `if(schema_name = 'main', ${name}, schema_name || '.' || ${name})`;
    const tables = await readNames(
      bindings,
      control,
      `SELECT ${qualified('table_name')} FROM duckdb_tables() WHERE ${where}
       UNION ALL SELECT ${qualified('view_name')} FROM duckdb_views() WHERE ${where}`,
    );
    const macros = await readNames(
      bindings,
      control,
      `SELECT function_name FROM duckdb_functions() WHERE ${where} AND function_type IN ('macro', 'table_macro')`,
    );
    return new Catalog(tables, macros);
  }

  hasTable(name: string): boolean {
    return this.#mainTables.has(name.toLowerCase());
  }
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
    const { offsets, bytes } = readText(bindings, vectorsOf(bindings, [chunk], 0, stringWidth), rows);
    for (let i = 0; i < rows; i++) {
      names.push(Buffer.from(bytes.subarray(offsets[i], offsets[i + 1])).toString());
    }
  }
}
