/** The data source's `jsonData`, as the config editor and provisioning files write it. */
export interface QuiverSettings {
  readonly engine: 'duckdb';
  /** In tables, whether numbers that a browser would round are text with all their digits. Default false. */
  readonly bigintAsText: boolean;
  readonly duckdb: DuckdbSettings;
  readonly limits: LimitSettings;
}

export interface DuckdbSettings {
  /** A DuckDB file, opened read-only. Without it, tables live in memory. */
  readonly database?: string;
  readonly tables: readonly TableSettings[];
  /** Directories below which SQL itself may name files; each must lie in the admin's list. */
  readonly directories: readonly string[];
  /** Statements that run once for each engine before its queries: views, tables, macros, further files. */
  readonly initSql?: string;
  /** For example `1GiB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** IANA name of the session's time zone. Default UTC. */
  readonly timezone?: string;
}

/** A file or glob that queries know by a name. */
export interface TableSettings {
  readonly name: string;
  readonly path: string;
  /** Default: told by the path's ending. */
  readonly format?: TableFormat;
}

export const tableFormats = ['csv', 'parquet', 'json'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** What one query may take; the admin's environment caps each. */
export interface LimitSettings {
  readonly rows?: number;
  readonly bytes?: number;
  readonly timeoutSeconds?: number;
}
