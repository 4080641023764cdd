import type { TemporarySpace } from './instance/temporary-space.ts';

/** A file or glob that queries know by a name. */
export interface TableConfig {
  readonly name: string;
  /** Absolute; may hold wildcards. */
  readonly path: string;
  /** Default: told by the path's ending. */
  readonly format?: 'csv' | 'parquet' | 'json';
}

/** One version of a data source's settings, with what the admin's environment says already applied. */
export interface DuckdbConfig {
  /** A DuckDB file, attached read-only under its name without the ending. */
  readonly database?: string;
  readonly tables: readonly TableConfig[];
  /** Directories below which SQL itself may name files. */
  readonly directories: readonly string[];
  /** The admin's list: database, tables and directories must lie inside. */
  readonly allowedDirectories: readonly string[];
  /** In DuckDB's writing: `1GiB`. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Where what does not fit into memory may go. Default: nowhere, and the memory limit is the limit. */
  readonly temporarySpace?: Pick<TemporarySpace, 'makeFolder'>;
  /** IANA name of the session's time zone. */
  readonly timezone: string;
  /** Run once for each native database: see init-sql.ts for what it may hold. */
  readonly initSql?: string;
  /** How long init SQL may take in all, in milliseconds. Default: a minute. */
  readonly initTimeoutMs?: number;
  /** Where `duckdb.node` lies; default: the npm package. */
  readonly libraryDirectory?: string;
  /** Told, in a sentence for the log, when an open database is given up for a new one. Default: nobody. */
  readonly report?: (message: string) => void;
}
