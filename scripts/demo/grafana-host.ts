import { decodeFrame, type Frame } from '../../src/frame/index.ts';
import grpc, { type DataClient, type DiagnosticsClient } from '../../src/generated/grafana/backend_grpc_pb.js';
import pb from '../../src/generated/grafana/backend_pb.js';
import { Client, type Connection, createLogger, type Exit, unary } from '../../src/goplugin/index.ts';
import { grafanaHandshake, grafanaProtocolVersion } from '../../src/grafana/serve.ts';

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

export interface DemoHost {
  readonly processId: number;
  /** The sentence that `Save & test` shows; rejects where the data source is not well. */
  checkHealth(): Promise<string>;
  /** The frames of one query; rejects with the plugin's sentence where it fails. */
  query(query: { readonly rawSql: string; readonly format: string }, range: TimeRange): Promise<Frame[]>;
  /** Ends the plugin; rejects where it had to be killed or ended badly. */
  stop(): Promise<void>;
}

/** Starts the executable as Grafana would, for one data source with these settings (its `jsonData`). */
export async function startDemoHost(command: string, env: Record<string, string>, settings: object): Promise<DemoHost> {
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
    logger: createLogger({ name: 'demo', level: 'warn' }),
  });
  const { processId } = await plugin.start();
  const context = pluginContext(settings);
  return {
    processId,
    checkHealth: () => checkHealth(plugin.dispense('diagnostics'), context),
    query: (query, range) => queryData(plugin.dispense('data'), context, query, range),
    stop: async () => checkExit(await plugin.stop()),
  };
}

function pluginContext(settings: object): pb.PluginContext {
  const dataSource = new pb.DataSourceInstanceSettings();
  dataSource.setId(1);
  dataSource.setUid('demo');
  dataSource.setName('Demo');
  dataSource.setJsondata(Buffer.from(JSON.stringify(settings)));
  const context = new pb.PluginContext();
  context.setOrgid(1);
  context.setPluginid('quiver-sql-datasource');
  context.setDatasourceinstancesettings(dataSource);
  return context;
}

async function checkHealth(client: DiagnosticsClient, context: pb.PluginContext): Promise<string> {
  const request = new pb.CheckHealthRequest();
  request.setPlugincontext(context);
  const response = await unary<pb.CheckHealthResponse>((callback) => client.checkHealth(request, callback));
  if (response.getStatus() !== pb.CheckHealthResponse.HealthStatus.OK) {
    throw new Error(`The data source is not well: ${response.getMessage()}`);
  }
  return response.getMessage();
}

const refId = 'A';

async function queryData(
  client: DataClient,
  context: pb.PluginContext,
  query: { readonly rawSql: string; readonly format: string },
  { from, to }: TimeRange,
): Promise<Frame[]> {
  const timeRange = new pb.TimeRange();
  timeRange.setFromepochms(from.getTime());
  timeRange.setToepochms(to.getTime());
  const dataQuery = new pb.DataQuery();
  dataQuery.setRefid(refId);
  dataQuery.setMaxdatapoints(1000);
  dataQuery.setIntervalms(60_000);
  dataQuery.setTimerange(timeRange);
  dataQuery.setJson(Buffer.from(JSON.stringify({ refId, ...query })));
  const request = new pb.QueryDataRequest();
  request.setPlugincontext(context);
  request.setQueriesList([dataQuery]);
  const response = await unary<pb.QueryDataResponse>((callback) => client.queryData(request, callback));
  const answer = response.getResponsesMap().get(refId);
  if (answer === undefined || answer.getError() !== '') {
    throw new Error(`The query failed: ${answer?.getError() ?? `there is no answer for ${refId}`}`);
  }
  return answer.getFramesList_asU8().map(decodeFrame);
}

function checkExit({ code, signal }: Exit): void {
  if (code !== 0) {
    throw new Error(`The plugin did not end well: ${signal === null ? `it exited with ${code}` : `by ${signal}`}`);
  }
}
