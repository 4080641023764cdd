import type { Field, RecordBatch } from '../frame/column.ts';
import type { Catalog } from './catalog.ts';

/**
 * The seam between a data source and whatever runs its SQL. Only plain values and bytes cross it, so that an engine may one day live in
 * a process of its own. One engine serves one version of one data source's settings.
 */
export interface Engine {
  /** Its name and version as a person would say them: `DuckDB v1.5.5`. */
  readonly version: string;
  /**
   * Runs one SELECT, or tells its plan where the engine has EXPLAIN. Resolves when the columns are known, before the rows are. No query sees what another has left.
   *
   * @throws EngineError
   */
  query(sql: string, options: QueryOptions): Promise<QueryResult>;
  /**
   * Tells the columns of one SELECT without running it, behind the same gate as `query`. None for what has a plan instead of rows (EXPLAIN).
   *
   * @throws EngineError
   */
  describe(sql: string, options: Omit<QueryOptions, 'watch'>): Promise<readonly Field[]>;
  /**
   * Looks at the engine and its tables without disturbing running queries.
   *
   * @throws EngineError naming the first thing that is wrong, and what to do
   */
  health(signal: AbortSignal): Promise<EngineHealth>;
  /** Tables, columns and functions that SQL can name. */
  readonly catalog: Catalog;
  /** Lets go of everything. Call it after the last query has ended; calling it twice is harmless. */
  close(): Promise<void>;
}

export interface QueryOptions {
  /** Aborting it stops the engine's work; pending and later reads then reject with code `cancelled`. */
  readonly signal: AbortSignal;
  /** IANA name of the session's time zone for this query. Default: the engine's own. */
  readonly timezone?: string;
  /**
   * Numbers that may have more digits than a double are written as text: integers of 64 bits and more, decimals of more than 15 digits. A
   * column of one of these names, in lower case, stays a number. Default: all of them do.
   */
  readonly bigintAsText?: { readonly exceptNames: readonly string[] };
  /** Called before the engine's work begins, with what says how far that is; again where the work begins anew. */
  readonly watch?: (probe: StatementProbe) => void;
}

/** Looks at a statement from beside it, at any time, also when it has ended. */
export interface StatementProbe {
  /** Undefined where the engine cannot tell, or works no more. */
  progress(): Progress | undefined;
}

/** The engine's own estimate, which grows in steps. */
export interface Progress {
  /** From 0 to 1. */
  readonly fraction: number;
  /** Rows of tables that have been read. */
  readonly rows: number;
}

export interface QueryResult {
  readonly fields: readonly Field[];
  /**
   * The rows, to be read once. Ending the loop early (`break`) stops the engine's work and frees it. A result that fails midway rejects:
   * it never looks like a shorter one. `return()` and the end resolve only after the engine's own call has returned.
   */
  readonly batches: AsyncIterable<RecordBatch>;
}

export interface EngineHealth {
  /** Name and version as a person would say them: `DuckDB v1.5.5`. */
  readonly version: string;
  /** Tables and views that a query can name, in order, qualified where they must be. */
  readonly tables: readonly string[];
}

/** Everything that an engine may refuse or fail with. Status and error source of each: datasource/errors.ts; for people: docs/troubleshooting.md. */
export const engineErrorCodes = [
  'settings_invalid',
  'file_not_allowed',
  'file_missing',
  'file_unreadable',
  'file_invalid',
  'database_busy',
  'sql_syntax',
  'sql_invalid',
  'sql_not_select',
  'sql_multiple_statements',
  'sql_refused',
  'sql_failed',
  'memory_exceeded',
  'cancelled',
  'engine_failed',
  'name_unknown',
] as const;

export type EngineErrorCode = (typeof engineErrorCodes)[number];

export interface EngineErrorDetails {
  /** What the person can do about it; a sentence without full stop. */
  readonly hint?: string;
  /** Where in the SQL that the engine was given: a 0-based offset in UTF-16 units. */
  readonly position?: number;
  readonly cause?: unknown;
}

/** An engine's failure, in words for the person who wrote the query or the settings. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly hint: string | undefined;
  readonly position: number | undefined;

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.position = details.position;
  }
}
