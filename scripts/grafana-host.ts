import { decodeFrame, type Frame } from '../src/frame/index.ts';
import grpc from '../src/generated/grafana/backend_grpc_pb.js';
import pb from '../src/generated/grafana/backend_pb.js';
import { Client, type Connection, createLogger, type Exit, unary } from '../src/goplugin/index.ts';
import { grafanaHandshake, grafanaProtocolVersion } from '../src/grafana/serve.ts';

/** A data source as Grafana's database has it. */
export interface DataSource {
  readonly id: number;
  /** When its settings were saved, in milliseconds; newer ones replace older ones. Default: 0. */
  readonly updatedMs?: number;
  /** Its `jsonData`. */
  readonly settings: object;
  /** Its `secureJsonData`, decrypted. Default: nothing. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Default: made of the id. */
  readonly uid?: string;
  /** Default: made of the id. */
  readonly name?: string;
}

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** A query as a panel saves it, and the range that it is looked at in. */
export interface PanelQuery {
  /** Anything that can be written as JSON; the refId is added. */
  readonly model: object;
  /** Default: by its place, A to Z, then AA. */
  readonly refId?: string;
  /** Default: the first day of 2026. */
  readonly range?: TimeRange;
  /** Default: 1,000. */
  readonly maxDataPoints?: number;
  /** Default: a minute. */
  readonly intervalMs?: number;
  /** Default: empty. */
  readonly queryType?: string;
}

/** An HTTP request below `/resources/`, as Grafana hands it on. */
export interface ResourceRequest {
  readonly method: string;
  /** Without the part before `/resources/`. */
  readonly path: string;
  /** Path and query string. */
  readonly url: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

/** A part of its answer; the first carries status and headers. */
export interface ResourcePart {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

export interface CallOptions {
  /** Cancels the call, as a browser that leaves the dashboard does. */
  readonly signal?: AbortSignal;
  /** Names and values as Grafana sends them: `FromAlert: true`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: two minutes. */
  readonly timeoutMs?: number;
}

/** The answer to one query. */
export interface Answer {
  readonly status: number;
  /** Empty where there is none. */
  readonly error: string;
  /** `plugin` or `downstream`; empty where there is no error. */
  readonly errorSource: string;
  /** Decoded when asked for. */
  frames(): Frame[];
}

export interface Health {
  readonly isOk: boolean;
  readonly message: string;
}

/** A started plugin, and what Grafana asks of it. Calls reject with grpc-js's `ServiceError` where no answer comes. */
export interface GrafanaHost {
  readonly processId: number;
  checkHealth(source: DataSource, options?: CallOptions): Promise<Health>;
  /** One answer for each query, in order. */
  query(source: DataSource, queries: readonly PanelQuery[], options?: CallOptions): Promise<Answer[]>;
  /** Leaving the loop early cancels the call. */
  callResource(source: DataSource, request: ResourceRequest, options?: CallOptions): AsyncIterable<ResourcePart>;
  /** In Prometheus' text format. */
  collectMetrics(): Promise<string>;
  /** Sends bytes that need be no message to a method, such as `/pluginv2.Data/QueryData`. */
  callRaw(method: string, bytes: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
  /** Ends the plugin; rejects where it had to be killed or ended badly. */
  stop(): Promise<void>;
}

/**
 * Starts the executable as Grafana would; it sees nothing of the environment but `env`.
 *
 * @param isQuiet keeps its warnings and errors to itself: for who makes it fail on purpose
 */
export async function startGrafanaHost(
  command: string,
  env: Record<string, string>,
  isQuiet = false,
): Promise<GrafanaHost> {
  const plugin = new Client({
    command,
    env,
    // As little as Grafana passes on.
    skipHostEnv: true,
    handshake: grafanaHandshake,
    versionedPlugins: {
      [grafanaProtocolVersion]: {
        diagnostics: (connection: Connection) => connection.client(grpc.DiagnosticsClient),
        data: (connection: Connection) => connection.client(grpc.DataClient),
        resource: (connection: Connection) => connection.client(grpc.ResourceClient),
      },
    },
    // A failure's cause is in the plugin's log.
    logger: createLogger({ name: 'host', level: 'warn', ...(isQuiet && { write: () => {} }) }),
  });
  const { processId } = await plugin.start();
  const data = plugin.dispense('data');
  const diagnostics = plugin.dispense('diagnostics');
  const resource = plugin.dispense('resource');
  return {
    processId,
    async checkHealth(source, options) {
      const request = new pb.CheckHealthRequest();
      request.setPlugincontext(pluginContext(source));
      const answer = await call<pb.CheckHealthResponse>(options, (callOptions, callback) =>
        diagnostics.checkHealth(request, callOptions, callback),
      );
      const isOk = answer.getStatus() === pb.CheckHealthResponse.HealthStatus.OK;
      return { isOk, message: answer.getMessage() };
    },
    async query(source, queries, options) {
      const request = queryRequest(source, queries, options?.headers);
      const response = await call<pb.QueryDataResponse>(options, (callOptions, callback) =>
        data.queryData(request, callOptions, callback),
      );
      return queries.map(({ refId }, index) => answerOf(response, refId ?? refIdOf(index)));
    },
    async *callResource(source, request, { signal, timeoutMs = defaultTimeoutMs } = {}) {
      signal?.throwIfAborted();
      const stream = resource.callResource(resourceRequest(source, request), { deadline: Date.now() + timeoutMs });
      const abort = () => stream.cancel();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        for await (const part of stream as AsyncIterable<pb.CallResourceResponse>) {
          yield { status: part.getCode(), headers: headersOf(part), body: part.getBody_asU8() };
        }
      } finally {
        signal?.removeEventListener('abort', abort);
        stream.cancel();
      }
    },
    async collectMetrics() {
      const response = await unary<pb.CollectMetricsResponse>((callback) =>
        diagnostics.collectMetrics(new pb.CollectMetricsRequest(), callback),
      );
      return Buffer.from(response.getMetrics()?.getPrometheus_asU8() ?? []).toString();
    },
    callRaw: (method, bytes, options) =>
      call<Uint8Array>(options, (callOptions, callback) =>
        data.makeUnaryRequest(method, asBuffer, (answer) => answer, bytes, callOptions, callback),
      ),
    stop: async () => checkExit(await plugin.stop()),
  };
}

const defaultTimeoutMs = 120_000;

type Callback<Response> = Parameters<Parameters<typeof unary<Response>>[0]>[0];

/** One call under its deadline, cancelled by its signal. */
async function call<Response>(
  { signal, timeoutMs = defaultTimeoutMs }: CallOptions = {},
  start: (callOptions: { deadline: number }, callback: Callback<Response>) => { cancel(): void },
): Promise<Response> {
  signal?.throwIfAborted();
  let cancel = () => {};
  const abort = () => cancel();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await unary<Response>((callback) => {
      const started = start({ deadline: Date.now() + timeoutMs }, callback);
      cancel = () => started.cancel();
    });
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes of a request, for whoever wants to break them. */
export function encodeQueryRequest(source: DataSource, queries: readonly PanelQuery[]): Uint8Array {
  return queryRequest(source, queries).serializeBinary();
}

function queryRequest(
  source: DataSource,
  queries: readonly PanelQuery[],
  headers: Readonly<Record<string, string>> = {},
): pb.QueryDataRequest {
  const request = new pb.QueryDataRequest();
  request.setPlugincontext(pluginContext(source));
  request.setQueriesList(queries.map((query, index) => dataQuery(query.refId ?? refIdOf(index), query)));
  for (const [name, value] of Object.entries(headers)) {
    request.getHeadersMap().set(name, value);
  }
  return request;
}

function resourceRequest(source: DataSource, { method, path, url, headers, body }: ResourceRequest) {
  const request = new pb.CallResourceRequest();
  request.setPlugincontext(pluginContext(source));
  request.setMethod(method);
  request.setPath(path);
  request.setUrl(url);
  request.setBody(body);
  for (const [name, values] of Object.entries(headers)) {
    const list = new pb.StringList();
    list.setValuesList([...values]);
    request.getHeadersMap().set(name, list);
  }
  return request;
}

function headersOf(part: pb.CallResourceResponse): Record<string, readonly string[]> {
  const headers: Record<string, readonly string[]> = {};
  part.getHeadersMap().forEach((list, name) => {
    headers[name] = list.getValuesList();
  });
  return headers;
}

function pluginContext({ id, updatedMs = 0, settings, secrets = {}, uid, name }: DataSource): pb.PluginContext {
  const dataSource = new pb.DataSourceInstanceSettings();
  dataSource.setId(id);
  dataSource.setUid(uid ?? `source-${id}`);
  dataSource.setName(name ?? `Source ${id}`);
  for (const [key, value] of Object.entries(secrets)) {
    dataSource.getDecryptedsecurejsondataMap().set(key, value);
  }
  dataSource.setLastupdatedms(updatedMs);
  dataSource.setJsondata(Buffer.from(JSON.stringify(settings)));
  const context = new pb.PluginContext();
  context.setOrgid(1);
  context.setPluginid('quiver-sql-datasource');
  context.setDatasourceinstancesettings(dataSource);
  return context;
}

const firstDay: TimeRange = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-01T23:59:59.999Z') };

function dataQuery(
  refId: string,
  { model, range = firstDay, maxDataPoints = 1000, intervalMs = 60_000, queryType = '' }: PanelQuery,
): pb.DataQuery {
  const timeRange = new pb.TimeRange();
  timeRange.setFromepochms(range.from.getTime());
  timeRange.setToepochms(range.to.getTime());
  const query = new pb.DataQuery();
  query.setRefid(refId);
  query.setMaxdatapoints(maxDataPoints);
  query.setIntervalms(intervalMs);
  query.setQuerytype(queryType);
  query.setTimerange(timeRange);
  query.setJson(Buffer.from(JSON.stringify({ refId, ...model })));
  return query;
}

/** As panels name them: A to Z, then AA. */
function refIdOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : refIdOf(Math.floor(index / 26) - 1) + letter;
}

function answerOf(response: pb.QueryDataResponse, refId: string): Answer {
  const answer = response.getResponsesMap().get(refId);
  if (answer === undefined) {
    throw new Error(`The plugin gave no answer for ${refId}`);
  }
  return {
    status: answer.getStatus(),
    error: answer.getError(),
    errorSource: answer.getErrorsource(),
    frames: () => answer.getFramesList_asU8().map(decodeFrame),
  };
}

function checkExit({ code, signal }: Exit): void {
  if (code !== 0) {
    throw new Error(`The plugin did not end well: ${signal === null ? `it exited with ${code}` : `by ${signal}`}`);
  }
}
