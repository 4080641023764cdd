import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Client, parseReattachConfig, type ReattachConfig, unary } from 'quiver-sql-datasource/goplugin';
import { KVClient } from '../../../../../examples/generated/kv_grpc_pb.js';
import kvPb from '../../../../../examples/generated/kv_pb.js';
import { handshake, versions } from '../contract.ts';
import type { Cell } from './cell.ts';
import { expectEqual, expectThat } from './expect.ts';
import { hostConfig, nothingHeard, openSession, type Session } from './session.ts';

export async function reattach(cell: Cell): Promise<void> {
  await cell.withPlugin({}, async (first) => {
    await put(first, 'by the first');
    await withAttached(first.client.reattachConfig(), (second) => get(second, 'by the first'));
    expectEqual('The end that the first host has seen', await first.client.exited, { code: 0, signal: null });
  });
}

/** Lets a host of its own use a plugin that runs already, and stop it. */
async function withAttached(config: ReattachConfig, use: (session: Session) => Promise<void>): Promise<void> {
  const heard = nothingHeard();
  const client = new Client({ ...hostConfig(versions, heard), reattach: config });
  try {
    await use(await openSession(client, heard));
  } finally {
    await client.stop();
  }
}

async function put({ connection }: Session, key: string): Promise<void> {
  const request = new kvPb.PutRequest();
  request.setKey(key);
  request.setValue(Buffer.from(key));
  await unary<kvPb.Empty>((callback) => connection.client(KVClient).put(request, callback));
}

async function get({ connection }: Session, key: string): Promise<void> {
  const request = new kvPb.GetRequest();
  request.setKey(key);
  await unary<kvPb.GetResponse>((callback) => connection.client(KVClient).get(request, callback));
}

/** Attaches twice to a plugin that nobody started as a host does, and which no host may end. */
export async function standalone(cell: Cell): Promise<void> {
  const [command, ...args] = cell.command;
  const env = { ...process.env, [handshake.magicCookieKey]: undefined };
  const plugin = spawn(command, [...args, '--standalone'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  cell.keep(plugin);
  const exited = once(plugin, 'exit');
  const config = await readConfig(plugin, cell.network);
  await withAttached(config, (first) => put(first, 'standalone'));
  await withAttached(config, (second) => get(second, 'standalone'));
  expectThat(plugin.exitCode === null && plugin.signalCode === null, 'A host has ended the plugin');
  plugin.kill('SIGTERM');
  await exited;
  expectThat(config.network === 'tcp' || !existsSync(config.address), 'The plugin has left its socket behind');
}

async function readConfig(
  { pid, stdout }: ChildProcessByStdio<null, Readable, null>,
  network: string,
): Promise<ReattachConfig> {
  const { value: line = '' } = await createInterface(stdout)[Symbol.asyncIterator]().next();
  const config = parseReattachConfig(line);
  expectThat(versions.includes(config.protocolVersion), `The plugin prints a version that it has not: ${line}`);
  const printed = { network: config.network, processId: config.processId, test: config.test };
  expectEqual('The printed line', printed, { network, processId: pid, test: true });
  return config;
}
