/** Names and values that tell one series from another, as in Prometheus. */
export type Labels = Readonly<Record<string, string>>;

/** What the data plane contract calls a frame's type (grafana/dataplane). */
export type FrameType =
  | 'timeseries-wide'
  | 'timeseries-multi'
  | 'timeseries-long'
  | 'numeric-wide'
  | 'numeric-multi'
  | 'numeric-long'
  | 'log-lines'
  | 'table';

export type NoticeSeverity = 'info' | 'warning' | 'error';

/** A sentence that Grafana shows above the panel. */
export interface Notice {
  readonly severity: NoticeSeverity;
  readonly text: string;
  readonly link?: string;
}

/** A figure about an answer, which Grafana shows in a panel's inspector under Stats. */
export interface Stat {
  readonly displayName: string;
  readonly value: number;
  /** One of Grafana's units: `ms`, `decbytes`. */
  readonly unit?: string;
}

/** The part of Grafana's FrameMeta that we write; it travels as JSON in the Arrow schema's `meta` key. */
export interface FrameMeta {
  readonly type?: FrameType;
  readonly typeVersion?: readonly [number, number];
  readonly notices?: readonly Notice[];
  readonly executedQueryString?: string;
  readonly stats?: readonly Stat[];
  readonly preferredVisualisationType?: 'graph' | 'table' | 'logs' | 'trace' | 'nodeGraph';
  readonly custom?: Readonly<Record<string, unknown>>;
}

/** The part of Grafana's FieldConfig that we write. */
export interface FieldConfig {
  readonly displayName?: string;
  readonly displayNameFromDS?: string;
  readonly description?: string;
  readonly unit?: string;
  /** Milliseconds between points, so that a graph knows its gaps. */
  readonly interval?: number;
}
