import type { ClientUnaryCall, requestCallback } from '@grpc/grpc-js';
import { decodeFrame, type Frame } from '../../src/frame/index.ts';
import grpc from '../../src/generated/grafana/backend_grpc_pb.js';
import pb from '../../src/generated/grafana/backend_pb.js';
import { createLogger, type PluginClient, startPlugin } from '../../src/goplugin/index.ts';
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
  const plugin = await startPlugin({
    command,
    env,
    handshake: grafanaHandshake,
    versions: [grafanaProtocolVersion],
    // A failure's cause is in the plugin's log.
    logger: createLogger({ name: 'demo', level: 'warn', write: (line) => process.stderr.write(line) }),
  });
  const context = pluginContext(settings);
  return {
    processId: plugin.processId,
    checkHealth: () => checkHealth(plugin, context),
    query: (query, range) => queryData(plugin, context, query, range),
    stop: () => stop(plugin),
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

async function checkHealth(plugin: PluginClient, context: pb.PluginContext): Promise<string> {
  const request = new pb.CheckHealthRequest();
  request.setPlugincontext(context);
  const client = plugin.client(grpc.DiagnosticsClient);
  const response = await unary<pb.CheckHealthResponse>((callback) => client.checkHealth(request, callback));
  if (response.getStatus() !== pb.CheckHealthResponse.HealthStatus.OK) {
    throw new Error(`The data source is not well: ${response.getMessage()}`);
  }
  return response.getMessage();
}

const refId = 'A';

async function queryData(
  plugin: PluginClient,
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
  const client = plugin.client(grpc.DataClient);
  const response = await unary<pb.QueryDataResponse>((callback) => client.queryData(request, callback));
  const answer = response.getResponsesMap().get(refId);
  if (answer === undefined || answer.getError() !== '') {
    throw new Error(`The query failed: ${answer?.getError() ?? `there is no answer for ${refId}`}`);
  }
  return answer.getFramesList_asU8().map(decodeFrame);
}

async function stop(plugin: PluginClient): Promise<void> {
  const { code, signal } = await plugin.stop();
  if (code !== 0) {
    throw new Error(`The plugin did not end well: ${signal === null ? `it exited with ${code}` : `by ${signal}`}`);
  }
}

function unary<Response>(start: (callback: requestCallback<Response>) => ClientUnaryCall): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => (response === undefined ? reject(error) : resolve(response)));
  });
}
