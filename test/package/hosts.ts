/** Hosts of this checkout, for plugins that run on the packed library. */
import { decodeFrame, frameRows } from 'quiver-sql-datasource/frame';
import { Client, type ClientSet, type HandshakeConfig, unary } from 'quiver-sql-datasource/goplugin';
import greeterGrpc from '../../examples/generated/hello_grpc_pb.js';
import greeterPb from '../../examples/generated/hello_pb.js';
import grafanaGrpc from '../../src/generated/grafana/backend_grpc_pb.js';
import grafanaPb from '../../src/generated/grafana/backend_pb.js';

/** What a greeter says to Ada, over one multiplexed connection that AutoMTLS secures. */
export async function greetWithEverything(plugin: string): Promise<string> {
  const client = new Client({
    ...launch(plugin, { magicCookieKey: 'BASIC_PLUGIN', magicCookieValue: 'hello' }),
    autoMtls: true,
    multiplex: true,
    versionedPlugins: { 1: { greeter: (connection) => connection.client(greeterGrpc.GreeterClient) } },
  });
  await client.start();
  try {
    const request = new greeterPb.HelloRequest();
    request.setName('Ada');
    const greeter = client.dispense('greeter');
    return (await unary<greeterPb.HelloReply>((done) => greeter.sayHello(request, done))).getMessage();
  } finally {
    await client.stop();
  }
}

/** Does with a data source what Grafana does: health, and one query for a minute of waves, a point each second. */
export async function askDataSource(plugin: string) {
  const client = new Client({
    ...launch(plugin, { magicCookieKey: 'grafana_plugin_type', magicCookieValue: 'datasource' }),
    versionedPlugins: { 2: grafanaClients },
  });
  await client.start();
  try {
    const health = new grafanaPb.CheckHealthRequest();
    health.setPlugincontext(pluginContext());
    const diagnostics = client.dispense('diagnostics');
    const well = await unary<grafanaPb.CheckHealthResponse>((done) => diagnostics.checkHealth(health, done));
    const data = client.dispense('data');
    const answer = await unary<grafanaPb.QueryDataResponse>((done) => data.queryData(waves(), done));
    const [bytes = new Uint8Array()] = answer.getResponsesMap().get('A')?.getFramesList_asU8() ?? [];
    const frame = decodeFrame(bytes);
    return {
      health: well.getMessage(),
      fields: frame.fields.map(({ name }) => name),
      rowCount: frameRows(frame).length,
    };
  } finally {
    await client.stop();
  }
}

const grafanaClients = {
  diagnostics: (connection) => connection.client(grafanaGrpc.DiagnosticsClient),
  data: (connection) => connection.client(grafanaGrpc.DataClient),
} as const satisfies ClientSet;

function launch(plugin: string, handshake: HandshakeConfig) {
  return { command: process.execPath, args: [plugin], handshake };
}

function pluginContext(): grafanaPb.PluginContext {
  const settings = new grafanaPb.DataSourceInstanceSettings();
  settings.setJsondata(Buffer.from('{"amplitude": 2}'));
  const context = new grafanaPb.PluginContext();
  context.setDatasourceinstancesettings(settings);
  return context;
}

function waves(): grafanaPb.QueryDataRequest {
  const range = new grafanaPb.TimeRange();
  range.setToepochms(60_000);
  const query = new grafanaPb.DataQuery();
  query.setRefid('A');
  query.setIntervalms(1000);
  query.setTimerange(range);
  query.setJson(Buffer.from('{"periodSeconds": 30}'));
  const request = new grafanaPb.QueryDataRequest();
  request.setPlugincontext(pluginContext());
  request.setQueriesList([query]);
  return request;
}
