/** Everything that is refused before or after the engine's own work. Status and error source of each: datasource/errors.ts; for people: docs/troubleshooting.md. */
export const queryErrorCodes = [
  'macro_unknown',
  'macro_arguments',
  'time_range_invalid',
  'timezone_unknown',
  'no_time_column',
  'time_column_type',
  'no_value_column',
  'column_missing',
  'column_type',
  'too_many_cells',
  'too_many_series',
  'fill_value_type',
  'filter_invalid',
] as const;

export type QueryErrorCode = (typeof queryErrorCodes)[number];

export interface QueryErrorDetails {
  /** What the person can do about it; a sentence without full stop. */
  readonly hint?: string;
  /** Where in the SQL as the person wrote it: a 0-based offset in UTF-16 units. */
  readonly position?: number;
  readonly cause?: unknown;
}

/** A query that cannot be answered as it is asked, in words for the person who wrote it. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code: QueryErrorCode;
  readonly hint: string | undefined;
  readonly position: number | undefined;

  constructor(code: QueryErrorCode, message: string, details: QueryErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.position = details.position;
  }
}
