import { EngineError, type EngineErrorCode } from '../engine/engine.ts';
import type { ErrorSource } from '../grafana/error-source.ts';
import type { ReportFailure } from '../grafana/status.ts';
import { QueryError, type QueryErrorCode } from '../query/errors.ts';

/** What this layer itself refuses. */
export const datasourceErrorCodes = [
  'query_invalid',
  'rows_exceeded',
  'bytes_exceeded',
  'timeout',
  'too_many_queries',
  'engine_stuck',
  'request_invalid',
  'resource_unknown',
  'internal',
] as const;

export type DatasourceErrorCode = (typeof datasourceErrorCodes)[number];
export type ErrorCode = EngineErrorCode | QueryErrorCode | DatasourceErrorCode;

/** HTTP status and error source of every code. docs/troubleshooting.md explains the same codes to people; errors.test.ts holds both together. */
export const errorTable = {
  settings_invalid: { status: 400, source: 'downstream' },
  file_not_allowed: { status: 403, source: 'downstream' },
  file_missing: { status: 404, source: 'downstream' },
  file_unreadable: { status: 403, source: 'downstream' },
  file_invalid: { status: 422, source: 'downstream' },
  database_busy: { status: 502, source: 'downstream' },
  sql_syntax: { status: 400, source: 'downstream' },
  sql_invalid: { status: 400, source: 'downstream' },
  sql_not_select: { status: 400, source: 'downstream' },
  sql_multiple_statements: { status: 400, source: 'downstream' },
  sql_refused: { status: 403, source: 'downstream' },
  sql_failed: { status: 400, source: 'downstream' },
  memory_exceeded: { status: 400, source: 'downstream' },
  cancelled: { status: 499, source: 'downstream' },
  engine_failed: { status: 500, source: 'plugin' },
  name_unknown: { status: 404, source: 'downstream' },
  macro_unknown: { status: 400, source: 'downstream' },
  macro_arguments: { status: 400, source: 'downstream' },
  time_range_invalid: { status: 400, source: 'downstream' },
  timezone_unknown: { status: 400, source: 'downstream' },
  no_time_column: { status: 400, source: 'downstream' },
  time_column_type: { status: 400, source: 'downstream' },
  no_value_column: { status: 400, source: 'downstream' },
  column_missing: { status: 400, source: 'downstream' },
  column_type: { status: 400, source: 'downstream' },
  too_many_cells: { status: 400, source: 'downstream' },
  too_many_series: { status: 400, source: 'downstream' },
  fill_value_type: { status: 400, source: 'downstream' },
  filter_invalid: { status: 400, source: 'downstream' },
  query_invalid: { status: 400, source: 'downstream' },
  rows_exceeded: { status: 400, source: 'downstream' },
  bytes_exceeded: { status: 400, source: 'downstream' },
  timeout: { status: 504, source: 'downstream' },
  too_many_queries: { status: 429, source: 'plugin' },
  engine_stuck: { status: 503, source: 'plugin' },
  request_invalid: { status: 400, source: 'downstream' },
  resource_unknown: { status: 404, source: 'downstream' },
  internal: { status: 500, source: 'plugin' },
} as const satisfies Record<ErrorCode, { readonly status: number; readonly source: ErrorSource }>;

export interface DatasourceErrorDetails {
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A query that this layer refuses: its JSON, its limits, its place in the queue. */
export class DatasourceError extends Error {
  override readonly name = 'DatasourceError';
  readonly code: DatasourceErrorCode;
  readonly hint: string | undefined;

  constructor(code: DatasourceErrorCode, message: string, details: DatasourceErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** An error as a person meets it: what the panel shows, and what `meta.custom` says for programs. */
export interface QueryFailure {
  readonly code: ErrorCode;
  readonly status: number;
  readonly source: ErrorSource;
  readonly message: string;
  readonly hint?: string;
  /** "message. hint". */
  readonly text: string;
  /** 0-based offset in the SQL that the layer which failed was given. */
  readonly position?: number;
}

/**
 * The one place where whatever was thrown becomes what a person reads. What no layer foresaw is `internal`: its text goes to the log, not to
 * the panel. Every failure that is our own (500) is reported.
 */
export function failureFrom(thrown: unknown, report: ReportFailure): QueryFailure {
  const failure = describe(thrown);
  if (failure.status === 500) {
    report(thrown);
  }
  return failure;
}

/** Whether the person who writes the statement can mend it there; the rest are failures of whoever asks, of the engine or of the settings. */
export function isOfStatement(code: ErrorCode): boolean {
  const { status, source } = errorTable[code];
  return source === 'downstream' && status < 499 && !othersOfRequest.has(code);
}

const othersOfRequest: ReadonlySet<ErrorCode> = new Set(['settings_invalid', 'request_invalid', 'memory_exceeded']);

function describe(thrown: unknown): QueryFailure {
  if (thrown instanceof DatasourceError) {
    return failure(thrown.code, thrown);
  }
  if (thrown instanceof EngineError || thrown instanceof QueryError) {
    const { position } = thrown;
    return { ...failure(thrown.code, thrown), ...(position !== undefined && { position }) };
  }
  return failure('internal', {
    message: 'Quiver failed to answer',
    hint: "Grafana's log has the cause, under this plugin's name",
  });
}

function failure(
  code: ErrorCode,
  error: { readonly message: string; readonly hint?: string | undefined },
): QueryFailure {
  const { message, hint } = error;
  return { code, ...errorTable[code], message, ...(hint && { hint }), text: hint ? `${message}. ${hint}` : message };
}
