/** The query as panels, alerts and Explore store it, after `format` has been brought to one of its names. ui and backend share it. */
export interface QuiverQuery {
  readonly refId: string;
  readonly rawSql: string;
  readonly format: QueryFormat;
  readonly fill?: Fill;
  /** How a time series gets by with about as many points as the panel has room for. Default: it keeps them all. */
  readonly downsample?: Downsample;
  /** IANA name, `utc` or `browser` as Grafana writes it; only the engine's session zone follows it. */
  readonly timezone?: string;
}

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

/** What stands in a time series where no row was: nothing, the value before, or a number. */
export type Fill =
  | { readonly mode: 'null' }
  | { readonly mode: 'previous' }
  | { readonly mode: 'value'; readonly value: number };
