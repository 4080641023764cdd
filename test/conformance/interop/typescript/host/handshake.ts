import { unary } from 'quiver-sql-datasource/goplugin';
import { GreeterClient } from '../../../../../examples/generated/hello_grpc_pb.js';
import greeterPb from '../../../../../examples/generated/hello_pb.js';
import pb from '../generated/peer_pb.js';
import type { Cell } from './cell.ts';
import { expectEqual, expectThat, failureOf } from './expect.ts';
import { recordsOf, type Session } from './session.ts';

export async function start(cell: Cell): Promise<void> {
  const { ready, peer } = await cell.sharedSession();
  expectEqual('The network', ready.network, cell.network);
  if (ready.network === 'tcp') {
    checkBounds(ready.address);
  }
  const description = await unary<pb.Description>((callback) => peer.describe(new pb.DescribeRequest(), callback));
  expectEqual('The process that answers', description.getProcessId(), ready.processId);
}

// What a host says that was given no bounds (go-plugin client.go, NewClient).
function checkBounds(address: string): void {
  const port = Number(/^127\.0\.0\.1:(\d+)$/.exec(address)?.[1]);
  if (!(port >= 10_000 && port <= 25_000)) {
    throw new Error(`The plugin listens on ${address}, expected loopback and a port from 10000 to 25000`);
  }
}

export async function version(cell: Cell): Promise<void> {
  await cell.withPlugin({ versions: [2, 3] }, (session) => expectVersion(session, 2));
  await cell.withPlugin({ versions: [1, 2, 9, 10] }, (session) => expectVersion(session, 10));
}

async function expectVersion({ ready, peer }: Session, expected: number): Promise<void> {
  const description = await unary<pb.Description>((callback) => peer.describe(new pb.DescribeRequest(), callback));
  const got = { host: ready.protocolVersion, plugin: description.getProtocolVersion() };
  expectEqual('The version', got, { host: expected, plugin: expected });
}

export async function versionMismatch(cell: Cell): Promise<void> {
  const { client } = cell.newClient({ versions: [77] });
  const { message } = await failureOf('The start', client.start());
  for (const word of [/\b77\b/, /\b1\b/]) {
    expectThat(word.test(message), `The error has no ${word}: ${message}`);
  }
  expectEqual('The state', client.state.kind, 'exited');
}

export async function wrongCookie(cell: Cell): Promise<void> {
  const { client, heard } = cell.newClient({ cookie: 'goodbye' });
  const { message } = await failureOf('The start', client.start());
  expectEqual('The end', await client.exited, { code: 1, signal: null });
  const said = recordsOf(heard).map((record) => String(record['@message']));
  const isTold = said.some((line) => line.trim() !== '' && message.includes(line));
  expectThat(isTold, `The error has nothing of what the plugin said, ${JSON.stringify(said)}: ${message}`);
}

export async function greeter(cell: Cell): Promise<void> {
  await cell.withPlugin({ versions: [1] }, async ({ connection }) => {
    const request = new greeterPb.HelloRequest();
    request.setName('Quiver');
    const client = connection.client(GreeterClient);
    const reply = await unary<greeterPb.HelloReply>((callback) => client.sayHello(request, callback));
    expectEqual('The greeting', reply.getMessage(), 'Hello Quiver');
  });
}
