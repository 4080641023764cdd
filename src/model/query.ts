import type { BuilderQuery } from './builder.ts';

/**
 * A query as panels, alerts and Explore save it. Whoever changes one keeps the keys that it does not know: they may be a newer version's.
 * ui and backend share it.
 */
export interface SavedQuery {
  readonly refId: string;
  readonly rawSql?: string;
  /** A key of `queryFormats`. Default: `defaultFormat`. */
  readonly format?: string | number;
  /** Which editor shows the query. Default: `code`. */
  readonly editorMode?: EditorMode;
  /** What the builder has written `rawSql` from; only the frontend reads it. */
  readonly builder?: BuilderQuery;
  readonly fill?: Fill;
  readonly downsample?: Downsample;
  readonly timezone?: string;
  /** The query's own filters and, in a request, the dashboard's. */
  readonly adHocFilters?: readonly AdHocFilter[];
  /** What is asked beside the rows themselves. Default: empty, the rows. */
  readonly queryType?: string;
  /** With queryType `logs-context`. */
  readonly logsContext?: LogsContext;
  readonly hide?: boolean;
}

/** The query as the backend reads it, after `format` has been brought to one of its names. */
export interface QuiverQuery {
  readonly refId: string;
  readonly rawSql: string;
  readonly format: QueryFormat;
  readonly fill?: Fill;
  /** How a time series gets by with about as many points as the panel has room for. Default: it keeps them all. */
  readonly downsample?: Downsample;
  /** IANA name, `utc` or `browser` as Grafana writes it; only the engine's session zone follows it. */
  readonly timezone?: string;
  readonly adHocFilters?: readonly AdHocFilter[];
  /** What is none of `queryTypes` asks for the rows. */
  readonly queryType?: string;
  readonly logsContext?: LogsContext;
}

/** What may be asked of a query beside its rows: marks on graphs, how many log lines there are, and those around one. */
export const queryTypes = ['annotation', 'logs-volume', 'logs-context'] as const;

export type QueryType = (typeof queryTypes)[number];

export const editorModes = ['code', 'builder'] as const;

export type EditorMode = (typeof editorModes)[number];

/** The lowest and highest point of each bucket, the points that draw the line's shape, or each bucket's average. */
export const downsamples = ['minmax', 'lttb', 'average'] as const;

export type Downsample = (typeof downsamples)[number];

/** `multi` is one frame for each series. */
export type QueryFormat = 'time_series' | 'table' | 'logs' | 'traces' | 'multi';

/** Every spelling of a format that saved dashboards carry, those of other SQL data sources included. */
export const queryFormats: Readonly<Record<string | number, QueryFormat>> = {
  time_series: 'time_series',
  timeseries: 'time_series',
  table: 'table',
  logs: 'logs',
  traces: 'traces',
  multi: 'multi',
  0: 'time_series',
  1: 'table',
  2: 'logs',
  3: 'traces',
  4: 'multi',
};

/** What a query without a format means, wherever it is opened and whoever runs it. */
export const defaultFormat = 'time_series';

/** The format that a saved query means. Undefined for one that this version does not know. */
export function formatOf({ format }: { readonly format?: unknown }): QueryFormat | undefined {
  const written = format ?? defaultFormat;
  const isKey = typeof written === 'string' || typeof written === 'number';
  return isKey && Object.hasOwn(queryFormats, written) ? queryFormats[written] : undefined;
}

/** What stands in a time series where no row was: nothing, the value before, or a number. */
export type Fill =
  | { readonly mode: 'null' }
  | { readonly mode: 'previous' }
  | { readonly mode: 'value'; readonly value: number };

/** How Grafana writes them; `=|` is one of, `!=|` none of. */
export const adHocOperators = ['=', '!=', '=~', '!~', '<', '<=', '>', '>=', '=|', '!=|'] as const;

export type AdHocOperator = (typeof adHocOperators)[number];

/** A condition on a column of the result, or of the table that `$__adHocFilters('table')` names. */
export interface AdHocFilter {
  /** A column's name, as it is, without quotes. */
  readonly key: string;
  readonly operator: AdHocOperator;
  readonly value: string;
  /** With `=|` and `!=|`. Default: `value` alone. */
  readonly values?: readonly string[];
}

/** Which rows around a log line are wanted. */
export interface LogsContext {
  /** Before the line (`backward`, newest first) or after it (`forward`, oldest first). */
  readonly direction: 'backward' | 'forward';
  /** The line's time in nanoseconds since the epoch, in digits. */
  readonly timeNs: string;
  readonly limit: number;
}
