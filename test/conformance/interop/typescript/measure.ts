/**
 * Starts a plugin of the interop matrix with this library and prints one line of JSON with its figures; the Go host measures the same, in
 * ../go/cmd/measure, and the names of the figures are the contract between them.
 *
 *     node measure.ts [--starts 5] [--rounds 3] [--seconds 2] -- <the plugin's command> [arguments]
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Client, type Connection, unary } from 'quiver-sql-datasource/goplugin';
import { StreamerServiceClient } from '../../../../examples/generated/streamer_grpc_pb.js';
import streamerPb from '../../../../examples/generated/streamer_pb.js';
import { contentOf, handshake } from './contract.ts';
import { PeerClient } from './generated/peer_grpc_pb.js';
import pb from './generated/peer_pb.js';
import { configure, write } from './host/streams.ts';

const bigByteLength = 64 * 1024 * 1024;
const pieceByteLength = 64 * 1024;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    starts: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
  },
});
const [command = '', ...args] = positionals;
const rounds = Number(values.rounds);
const spanMs = Number(values.seconds) * 1000;

const startMs: number[] = [];
for (let index = 1; index < Number(values.starts); index++) {
  const client = await start();
  await client.stop();
}
const client = await start();
const connection = client.dispense('connection');
const figures = {
  startMs,
  unaryPerSecond: await unaryPerSecond(connection, 1),
  unary16PerSecond: await unaryPerSecond(connection, 16),
  messageMs: await times(() => fill(connection)),
  streamMs: await stream(connection),
};
await client.stop();
console.log(JSON.stringify(figures));

async function start() {
  const began = performance.now();
  const versionedPlugins = { 10: { connection: (to: Connection) => to } };
  const plugin = new Client({ command, args, handshake, versionedPlugins });
  await plugin.start();
  startMs.push(performance.now() - began);
  return plugin;
}

async function unaryPerSecond(to: Connection, callers: number): Promise<number> {
  const peer = to.client(PeerClient);
  const describe = () => unary<pb.Description>((callback) => peer.describe(new pb.DescribeRequest(), callback));
  for (let index = 0; index < 500; index++) {
    await describe();
  }
  const began = performance.now();
  let count = 0;
  const caller = async () => {
    while (performance.now() - began < spanMs) {
      await describe();
      count++;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (count * 1000) / (performance.now() - began);
}

async function fill(to: Connection): Promise<number> {
  const request = new pb.FillRequest();
  request.setByteLength(bigByteLength);
  const blob = await unary<pb.Blob>((callback) => to.client(PeerClient).fill(request, callback));
  return blob.getContent_asU8().byteLength;
}

async function stream(to: Connection): Promise<number[]> {
  const client = to.client(StreamerServiceClient);
  await configure(client, 'big', pieceByteLength);
  await write(client, contentOf(bigByteLength), pieceByteLength);
  return times(async () => {
    let byteLength = 0;
    for await (const piece of client.read(new streamerPb.Read.Request())) {
      byteLength += (piece as streamerPb.Read.ResponseChunk).getReadBytes_asU8().byteLength;
    }
    return byteLength;
  });
}

/** How long each round takes, in milliseconds; rejects where one does not bring all the bytes. */
async function times(round: () => Promise<number>): Promise<number[]> {
  const results: number[] = [];
  for (let index = 0; index < rounds; index++) {
    const began = performance.now();
    const byteLength = await round();
    results.push(performance.now() - began);
    if (byteLength !== bigByteLength) {
      throw new Error(`${byteLength} bytes came instead of ${bigByteLength}`);
    }
  }
  return results;
}
