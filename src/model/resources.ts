import type { AdHocFilter } from './query.ts';

/**
 * What the backend answers besides queries, under `resources/`. Every failure is `ErrorPayload` with the error's status. Those that ask the
 * engine go through the gate and the limits of queries; those that run nothing have slots of their own.
 */

/** Any failed resource. */
export interface ErrorPayload {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** A 0-based offset in UTF-16 units of the SQL that was sent. */
  readonly position?: number;
}

/** One entry of `GET macros`. */
export interface MacroPayload {
  /** With its `$__`. */
  readonly name: string;
  /** As a person would write it: `$__timeGroup(column, interval[, fill])`. */
  readonly signature: string;
  readonly help: string;
}

/** One entry of `GET functions`: those that a query may call. */
export interface FunctionPayload {
  readonly name: string;
  readonly kind: 'scalar' | 'aggregate' | 'table' | 'macro';
  /** Each way to call it: `strftime(data, format)`. */
  readonly signatures: readonly string[];
  readonly help?: string;
}

/** A page of a list in the order of names. */
export interface Page<T> {
  readonly items: readonly T[];
  /** What to send as `after` for the next page. Missing on the last. */
  readonly next?: string;
}

/** `GET catalog?search=&after=&limit=`: without `schema` the schemas. */
export type SchemasPayload = Page<SchemaPayload>;
/** `GET catalog?schema=s`: its tables. `search` finds names that contain it, letter case aside; `limit` is at most 1,000, which is its default. */
export type TablesPayload = Page<TablePayload>;
/** `GET catalog?schema=s&table=t`: its columns, in the table's order. */
export type ColumnsPayload = Page<ColumnPayload>;

export interface SchemaPayload {
  readonly name: string;
}

export interface TablePayload {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** How SQL names it, quoted and qualified where it must be. */
  readonly sql: string;
}

export interface ColumnPayload {
  readonly name: string;
  /** How SQL names it, quoted where it must be. */
  readonly sql: string;
  /** The engine's type, as SQL writes it. */
  readonly type: string;
  readonly kind: ColumnKind;
}

/** What an editor can do with a column's values. */
export type ColumnKind = 'time' | 'number' | 'text' | 'boolean' | 'other';

/** What an editor knows of a query when it asks about its SQL, dashboard variables replaced. */
export interface SqlRequest {
  readonly rawSql: string;
  readonly format?: string | number;
  readonly timezone?: string;
  readonly adHocFilters?: readonly AdHocFilter[];
  /** Milliseconds since the epoch. Default: the last hour. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly intervalMs?: number;
}

/** `POST validate` (SqlRequest): nothing runs. Status 200 whether valid or not; another where the data source itself is wrong. */
export type ValidatePayload =
  | { readonly valid: true; readonly sql: string; readonly columns: readonly ResultColumnPayload[] }
  | { readonly valid: false; readonly sql?: string; readonly error: ErrorPayload };

/** A column that the statement would return. */
export interface ResultColumnPayload {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** `POST completions`. */
export interface CompletionsRequest {
  readonly rawSql: string;
  /** The cursor: a 0-based offset in UTF-16 units. */
  readonly position: number;
}

export interface CompletionsPayload {
  /** The best first; at most 1,000. */
  readonly items: readonly CompletionPayload[];
  /** Whether there are more than were sent: ask again when more has been written. */
  readonly incomplete: boolean;
}

export interface CompletionPayload {
  readonly label: string;
  readonly kind: 'schema' | 'table' | 'column' | 'function' | 'macro' | 'keyword';
  /** In the place of the word before the cursor (`wordBefore()` in src/sql); the first `$0` in a snippet is where the cursor goes, all else is text. Default: the label. */
  readonly insertText?: string;
  readonly isSnippet?: true;
  /** Beside the label: a column's type, a function's arguments. */
  readonly detail?: string;
  readonly help?: string;
}

/** `GET capabilities`: what the data source's engine and this version of the backend can do. */
export interface CapabilitiesPayload {
  /** As a person would say it: `DuckDB v1.5.5`. */
  readonly engine: string;
  readonly formats: readonly string[];
  readonly downsamples: readonly string[];
}

/** `GET tag-keys`: columns that ad hoc filters can name, and what Grafana shows beside them. */
export interface TagKeysPayload {
  readonly data: readonly TagPayload[];
  /** Where tables of the settings cannot be read, and their columns are missing. */
  readonly error?: ErrorPayload;
}

/** An entry of `GET tag-keys`, and of `GET tag-values?key=` (what stands in a column). */
export interface TagPayload {
  readonly text: string;
}

/** `GET tables`: each table of the settings, in their order, and what was found. */
export interface ConfiguredTablePayload {
  readonly name: string;
  /** How many files the path or glob matches. */
  readonly files?: number;
  readonly columns?: readonly ColumnPayload[];
  readonly error?: ErrorPayload;
}
