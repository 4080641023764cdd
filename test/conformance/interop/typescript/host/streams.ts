import { Readable, type Writable } from 'node:stream';
import { status } from '@grpc/grpc-js';
import { unary } from 'quiver-sql-datasource/goplugin';
import { StreamerServiceClient } from '../../../../../examples/generated/streamer_grpc_pb.js';
import streamerPb from '../../../../../examples/generated/streamer_pb.js';
import { contentOf } from '../contract.ts';
import pb from '../generated/peer_pb.js';
import { expectEqual, expectStatus, expectThat } from './expect.ts';
import type { Session } from './session.ts';

export async function serverStream({ connection }: Session): Promise<void> {
  const content = contentOf(1000);
  const client = connection.client(StreamerServiceClient);
  await configure(client, 'pieces of seven', 7);
  await write(client, content, content.byteLength);
  const pieces = await read(client);
  expectEqual(
    'The lengths of the pieces',
    pieces.map((piece) => piece.byteLength),
    [...Array(142).fill(7), 6],
  );
  expectThat(content.equals(Buffer.concat(pieces)), 'The pieces together are not what was written');
}

export async function clientStream({ connection }: Session): Promise<void> {
  const content = contentOf(256 * 1024);
  const client = connection.client(StreamerServiceClient);
  await configure(client, 'much', 65_536);
  await write(client, content, 1000);
  expectThat(content.equals(Buffer.concat(await read(client))), 'What comes back is not what was sent');
}

export async function configure(client: StreamerServiceClient, path: string, chunkSize: number): Promise<void> {
  const request = new streamerPb.Configure.Request();
  request.setPath(path);
  request.setChunkSize(chunkSize);
  await unary<streamerPb.Configure.Response>((callback) => client.configure(request, callback));
}

export async function write(client: StreamerServiceClient, content: Buffer, byteLength: number): Promise<void> {
  await unary<streamerPb.Write.Response>((callback) => {
    const call: Writable = client.write(callback);
    Readable.from(chunksOf(content, byteLength)).pipe(call);
  });
}

function* chunksOf(content: Buffer, byteLength: number): Generator<streamerPb.Write.RequestChunk> {
  for (let start = 0; start < content.byteLength; start += byteLength) {
    const chunk = new streamerPb.Write.RequestChunk();
    chunk.setBytesToWrite(content.subarray(start, start + byteLength));
    yield chunk;
  }
}

async function read(client: StreamerServiceClient): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of client.read(new streamerPb.Read.Request())) {
    pieces.push((piece as streamerPb.Read.ResponseChunk).getReadBytes_asU8());
  }
  return pieces;
}

export async function streamError({ peer }: Session): Promise<void> {
  const request = new pb.CountRequest();
  request.setTo(1000);
  request.setCode(status.ABORTED);
  request.setMessage('zu früh');
  const numbers: number[] = [];
  const reading = async () => {
    for await (const counted of peer.count(request)) {
      numbers.push((counted as pb.Counted).getNumber());
    }
  };
  await expectStatus(reading(), status.ABORTED, 'zu früh');
  const expected = Array.from({ length: 1000 }, (_, index) => index + 1);
  expectEqual('The numbers before the error', numbers, expected);
}

export async function bidiStream({ peer }: Session): Promise<void> {
  const call = peer.echo();
  const answers = call[Symbol.asyncIterator]();
  for (let turn = 0; turn < 100; turn++) {
    const message = new pb.EchoMessage();
    message.setText(`turn ${turn}`);
    call.write(message);
    const answer: IteratorResult<pb.EchoMessage> = await answers.next();
    expectEqual('The answer', answer.value?.getText(), `turn ${turn}`);
  }
  call.end();
  expectThat((await answers.next()).done === true, 'A message came after the end');
}
