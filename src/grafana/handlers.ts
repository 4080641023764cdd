import type { Frame } from '../frame/frame.ts';
import type { PluginContext } from './context.ts';
import type { ErrorSource } from './error-source.ts';

/** All queries of one panel, alert rule or Explore pane, for one data source. */
export interface QueryDataRequest {
  readonly pluginContext: PluginContext;
  /** Forwarded HTTP headers and Grafana's own, `FromAlert` among them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly queries: readonly DataQuery[];
  readonly format: DataFrameFormat;
}

/** How the host would like its frames; an answer says for itself which it is. */
export type DataFrameFormat = 'arrow' | 'json';

/** One query, as its editor made it. */
export interface DataQuery {
  /** The letter by which the panel knows it; the answer goes under the same. */
  readonly refId: string;
  /** Empty unless the frontend sets it. */
  readonly queryType: string;
  /** How many points the panel has room for; 0 where nobody said. */
  readonly maxDataPoints: number;
  /** The time between two points that fills the panel, in milliseconds; 0 where nobody said. */
  readonly intervalMs: number;
  readonly timeRange: TimeRange;
  /** The frontend's query model, as JSON text in UTF-8. */
  readonly json: Uint8Array;
}

/** Milliseconds since the epoch, both ends included. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The answer to one query. Frames may accompany an error; `status` is an HTTP status. */
export interface DataResponse {
  readonly frames: readonly Frame[];
  readonly status: number;
  readonly error?: { readonly message: string; readonly source: ErrorSource };
  /**
   * Whether nobody else has the frames' columns: then their memory is given back while the answer is sent, and they are empty afterwards.
   * Default false.
   */
  readonly ownsColumns?: boolean;
}

/** Answers by refId. */
export type QueryDataResponse = ReadonlyMap<string, DataResponse>;

/** Answers queries: what a data source is for. */
export interface QueryDataHandler {
  /** An error of one query belongs into its own answer; a rejection fails all of them. The signal aborts when the caller goes away. */
  queryData(request: QueryDataRequest, signal: AbortSignal): Promise<QueryDataResponse>;
}

/** "Save & test" was pressed, or somebody asks for the data source's health by API. */
export interface CheckHealthRequest {
  readonly pluginContext: PluginContext;
  readonly headers: ReadonlyMap<string, string>;
}

/** What "Save & test" shows: a sentence, and details that its page may unfold. */
export interface CheckHealthResult {
  readonly status: 'ok' | 'error' | 'unknown';
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Prometheus scrapes Grafana's metrics of this plugin. */
export interface CollectMetricsRequest {
  readonly pluginContext: PluginContext;
}

/** Says how the plugin is. */
export interface DiagnosticsHandler {
  /** What is wrong belongs into the result; a rejection is a failure of the plugin. */
  checkHealth(request: CheckHealthRequest, signal: AbortSignal): Promise<CheckHealthResult>;
  /** Metrics in Prometheus' text format. Default: the process's own figures, CPU, memory and event loop. */
  collectMetrics?(request: CollectMetricsRequest): Promise<string>;
}

/** An HTTP request that Grafana passes on. `path` is below the data source's resources, without a query; `url` has both. */
export interface CallResourceRequest {
  readonly pluginContext: PluginContext;
  readonly path: string;
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
}

/** A piece of the HTTP response; status and headers of the first piece count. */
export interface CallResourceResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
}

/** Answers the data source's own HTTP endpoints: what its editors ask for besides queries. */
export interface CallResourceHandler {
  /** Yields the response in one or more pieces. */
  callResource(request: CallResourceRequest, signal: AbortSignal): AsyncIterable<CallResourceResponse>;
}
