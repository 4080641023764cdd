import type { Engine } from '../engine.ts';
import { loadBindings } from './bindings.ts';
import { runSelect } from './query.ts';
import { Session } from './session.ts';

/** A file or glob that queries know by a name. */
export interface TableConfig {
  readonly name: string;
  readonly path: string;
  /** Default: told by the path's ending. */
  readonly format?: 'csv' | 'parquet' | 'json';
}

export interface DuckdbConfig {
  readonly database?: string;
  readonly tables: readonly TableConfig[];
  readonly directories: readonly string[];
  readonly allowedDirectories: readonly string[];
  readonly memoryLimit: string;
  readonly threads: number;
  readonly timezone: string;
  readonly libraryDirectory?: string;
}

export async function openDuckdb(config: DuckdbConfig): Promise<Engine> {
  const bindings = loadBindings(config.libraryDirectory);
  const options = bindings.create_config();
  bindings.set_config(options, 'errors_as_json', 'true');
  const database = await bindings.open(':memory:', options);
  return {
    async query(sql, { signal }) {
      const session = await Session.open(bindings, database, signal);
      return runSelect(bindings, session, sql);
    },
    async health() {
      return { version: `DuckDB ${bindings.library_version()}`, tables: [] };
    },
    async close() {
      bindings.close_sync(database);
    },
  };
}
