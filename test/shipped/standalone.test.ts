/** The built executable in a debugger's place, and the one that Grafana starts meanwhile. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import backendGrpc from '../../src/generated/grafana/backend_grpc_pb.js';
import pb from '../../src/generated/grafana/backend_pb.js';
import { type Connection, openConnection } from '../../src/goplugin/connection.ts';
import { parseHandshake } from '../../src/goplugin/handshake.ts';
import { generateCertificate, readCertificate } from '../../src/goplugin/mtls.ts';
import { parseReattachConfig } from '../../src/goplugin/reattach-config.ts';

const executable = globSync(join(import.meta.dirname, '../../dist/gpx_quiver_*'))[0] ?? 'dist/ is not built';
const grafana = { grafana_plugin_type: 'datasource', PLUGIN_PROTOCOL_VERSIONS: '2' };
const children = new Set<ChildProcess>();
const connections = new Set<Connection>();

afterEach(() => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
  for (const connection of connections) {
    connection.close();
  }
  children.clear();
  connections.clear();
});

async function start(args: readonly string[], env: Record<string, string>) {
  const child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  children.add(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, line: line as string };
}

function checkHealth(connection: Connection): Promise<string> {
  connections.add(connection);
  const request = new pb.CheckHealthRequest();
  const context = new pb.PluginContext();
  const settings = new pb.DataSourceInstanceSettings();
  settings.setJsondata(Buffer.from('{}'));
  context.setDatasourceinstancesettings(settings);
  request.setPlugincontext(context);
  return new Promise((resolve, reject) => {
    connection.client(backendGrpc.DiagnosticsClient).checkHealth(request, (error, answer) => {
      if (answer === undefined) {
        reject(error);
      } else {
        resolve(answer.getMessage());
      }
    });
  });
}

describe('the executable with --standalone', () => {
  test('prints what a host needs to reattach, and answers', async () => {
    const { child, line } = await start(['--standalone'], {});
    const config = parseReattachConfig(line);
    expect(config).toMatchObject({ protocolVersion: 2, processId: child.pid, test: true });
    expect(await checkHealth(openConnection(config))).toMatch(/^DuckDB v\S+ answers/);
  });

  test('serves at an address that stays, to which the one that Grafana starts sends Grafana', async () => {
    const variable = 'GF_PLUGIN_GRPC_ADDRESS_QUIVER_SQL_DATASOURCE';
    const { line } = await start(['--standalone'], { [variable]: ':0' });
    const { address } = parseReattachConfig(line);
    expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    const started = await start([], { ...grafana, [variable]: address });
    expect(started.line).toBe(`1|2|tcp|${address}|grpc|`);
    expect(await checkHealth(openConnection(parseHandshake(started.line)))).toMatch(/^DuckDB v\S+ answers/);
    started.child.kill('SIGTERM');
    expect(await once(started.child, 'exit')).toEqual([0, null]);
  });
});

describe('the executable with AutoMTLS', () => {
  test('answers the host that started it, and nobody else', async () => {
    const host = await generateCertificate();
    const { line } = await start([], { ...grafana, PLUGIN_CLIENT_CERT: host.certificate });
    const answer = parseHandshake(line);
    const trusted = readCertificate(answer.serverCert ?? '', 'the certificate in the handshake').toString();
    expect(await checkHealth(openConnection(answer, { ...host, trusted }))).toMatch(/^DuckDB v\S+ answers/);
    await expect(checkHealth(openConnection(answer))).rejects.toThrow('UNAVAILABLE');
  });
});
