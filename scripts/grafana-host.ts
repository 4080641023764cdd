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
}

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** A query as a panel saves it, and the range that it is looked at in. */
export interface PanelQuery {
  /** Anything that can be written as JSON; the refId is added. */
  readonly model: object;
  /** Default: the first day of 2026. */
  readonly range?: TimeRange;
  /** Default: 1,000. */
  readonly maxDataPoints?: number;
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
      },
    },
    // A failure's cause is in the plugin's log.
    logger: createLogger({ name: 'host', level: 'warn', ...(isQuiet && { write: () => {} }) }),
  });
  const { processId } = await plugin.start();
  const data = plugin.dispense('data');
  const diagnostics = plugin.dispense('diagnostics');
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
      return queries.map((_, index) => answerOf(response, refIdOf(index)));
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

type Callback<Response> = Parameters<Parameters<typeof unary<Response>>[0]>[0];

/** One call under its deadline, cancelled by its signal. */
async function call<Response>(
  { signal, timeoutMs = 120_000 }: CallOptions = {},
  start: (callOptions: { deadline: number }, callback: Callback<Response>) => { cancel(): void },
): Promise<Response> {
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
  request.setQueriesList(queries.map((query, index) => dataQuery(refIdOf(index), query)));
  for (const [name, value] of Object.entries(headers)) {
    request.getHeadersMap().set(name, value);
  }
  return request;
}

function pluginContext({ id, updatedMs = 0, settings }: DataSource): pb.PluginContext {
  const dataSource = new pb.DataSourceInstanceSettings();
  dataSource.setId(id);
  dataSource.setUid(`source-${id}`);
  dataSource.setName(`Source ${id}`);
  dataSource.setLastupdatedms(updatedMs);
  dataSource.setJsondata(Buffer.from(JSON.stringify(settings)));
  const context = new pb.PluginContext();
  context.setOrgid(1);
  context.setPluginid('quiver-sql-datasource');
  context.setDatasourceinstancesettings(dataSource);
  return context;
}

const firstDay: TimeRange = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-01T23:59:59.999Z') };

function dataQuery(refId: string, { model, range = firstDay, maxDataPoints = 1000 }: PanelQuery): pb.DataQuery {
  const timeRange = new pb.TimeRange();
  timeRange.setFromepochms(range.from.getTime());
  timeRange.setToepochms(range.to.getTime());
  const query = new pb.DataQuery();
  query.setRefid(refId);
  query.setMaxdatapoints(maxDataPoints);
  query.setIntervalms(60_000);
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
    frames: () => answer.getFramesList_asU8().map(decodeFrame),
  };
}

function checkExit({ code, signal }: Exit): void {
  if (code !== 0) {
    throw new Error(`The plugin did not end well: ${signal === null ? `it exited with ${code}` : `by ${signal}`}`);
  }
}
