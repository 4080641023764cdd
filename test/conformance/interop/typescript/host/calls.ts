import { createHash } from 'node:crypto';
import { type CallOptions, type ClientReadableStream, status } from '@grpc/grpc-js';
import { unary as ask } from 'quiver-sql-datasource/goplugin';
import { KVClient } from '../../../../../examples/generated/kv_grpc_pb.js';
import kvPb from '../../../../../examples/generated/kv_pb.js';
import { contentOf } from '../contract.ts';
import pb from '../generated/peer_pb.js';
import { expectEqual, expectStatus, expectThat, failureOf, until } from './expect.ts';
import type { Session } from './session.ts';

const bigByteLength = 64 * 2 ** 20;

export async function health({ client }: Session): Promise<void> {
  expectThat(await client.health(), 'The plugin says that it does not serve');
}

export async function unary({ connection }: Session): Promise<void> {
  const client = connection.client(KVClient);
  for (const [key, value] of [
    ['bytes', Buffer.of(0, 255, 254, 0, 10, 13)],
    ['nothing', Buffer.of()],
  ] as const) {
    const request = new kvPb.PutRequest();
    request.setKey(key);
    request.setValue(value);
    await ask<kvPb.Empty>((callback) => client.put(request, callback));
    expectEqual(`The value of ${key}`, Buffer.from(await get(client, key)), value);
  }
}

export async function unaryError({ connection }: Session): Promise<void> {
  await expectStatus(get(connection.client(KVClient), 'ключ 鍵'), status.NOT_FOUND, 'No such key: ключ 鍵');
}

async function get(client: KVClient, key: string): Promise<Uint8Array> {
  const request = new kvPb.GetRequest();
  request.setKey(key);
  return (await ask<kvPb.GetResponse>((callback) => client.get(request, callback))).getValue_asU8();
}

export async function cancel(session: Session, signal: AbortSignal): Promise<void> {
  await held(session, signal, { options: {}, giveUp: (call) => call.cancel(), expected: [status.CANCELLED] });
}

export async function deadline(session: Session, signal: AbortSignal): Promise<void> {
  const options = { deadline: Date.now() + 300 };
  // A plugin whose clock comes first resets the stream with CANCEL (grpc-go http2_server.go, operateHeaders), which grpc-js takes as it is.
  const expected = [status.DEADLINE_EXCEEDED, status.CANCELLED];
  await held(session, signal, { options, giveUp: () => undefined, expected });
}

interface Ending {
  readonly options: CallOptions;
  readonly giveUp: (call: ClientReadableStream<pb.Holding>) => void;
  readonly expected: readonly status[];
}

/** Opens a call that would never end, gives it up, and waits for the plugin to know it. */
async function held(session: Session, signal: AbortSignal, { options, giveUp, expected }: Ending): Promise<void> {
  const call = session.peer.hold(new pb.HoldRequest(), options);
  const messages = call[Symbol.asyncIterator]();
  await messages.next();
  expectEqual('Held calls', await heldCalls(session), 1);
  giveUp(call);
  const { code, message } = await failureOf('The call', messages.next());
  expectThat(code !== undefined && expected.includes(code), `The call ended otherwise than it should: ${message}`);
  await until('the call to end in the plugin', async () => (await heldCalls(session)) === 0, signal);
}

async function heldCalls({ peer }: Session): Promise<number> {
  const description = await ask<pb.Description>((callback) => peer.describe(new pb.DescribeRequest(), callback));
  return description.getHeldCalls();
}

export async function bigMessage({ peer }: Session): Promise<void> {
  const content = contentOf(bigByteLength);
  const request = new pb.FillRequest();
  request.setByteLength(bigByteLength);
  const filled = await ask<pb.Blob>((callback) => peer.fill(request, callback));
  const got = filled.getContent_asU8();
  expectThat(content.equals(got), `From the plugin: ${got.byteLength} bytes came, and not those that were asked for`);
  const blob = new pb.Blob();
  blob.setContent(content);
  const measured = await ask<pb.Measurement>((callback) => peer.measure(blob, callback));
  const sum = { byteLength: measured.getByteLength(), sha256: Buffer.from(measured.getSha256_asU8()).toString('hex') };
  const sha256 = createHash('sha256').update(content).digest('hex');
  expectEqual('To the plugin', sum, { byteLength: bigByteLength, sha256 });
}
