import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import pb from '../generated/goplugin/grpc_broker_pb.js';
import { BrokerStream } from './broker-stream.ts';
import { silentLogger } from './hclog.ts';

function info(id: number): pb.ConnInfo {
  const message = new pb.ConnInfo();
  message.setServiceId(id);
  return message;
}

test('BrokerStream gives up a message for which no call is opened in time', async () => {
  const stream = new BrokerStream({ logger: silentLogger, limitMs: 20 });
  await expect(stream.send(info(1))).rejects.toMatchObject({
    code: 'broker',
    message: 'Cannot announce a brokered connection: the other side has opened no broker stream within 20 ms',
  });
  // That one is over; what is said later is not lost.
  const heard = new Promise<pb.ConnInfo>((resolve) => stream.onReceive(resolve));
  stream.attach(new PassThrough({ objectMode: true }));
  await stream.send(info(2));
  expect((await heard).getServiceId()).toBe(2);
});

test('BrokerStream goes back to an earlier call that is open when a later one ends', async () => {
  const stream = new BrokerStream({ logger: silentLogger, limitMs: 20 });
  const [first, second] = [new PassThrough({ objectMode: true }), new PassThrough({ objectMode: true })];
  stream.attach(first);
  stream.attach(second);
  second.destroy();
  await new Promise((resolve) => second.once('close', resolve));
  const heard = new Promise<pb.ConnInfo>((resolve) => stream.onReceive(resolve));
  await stream.send(info(1));
  expect((await heard).getServiceId()).toBe(1);
  stream.close();
  expect(first.writableEnded).toBe(true);
});

test('BrokerStream of the side that opens the call waits for no other', async () => {
  const stream = new BrokerStream({ logger: silentLogger, isOpener: true });
  const call = new PassThrough({ objectMode: true });
  stream.attach(call);
  call.destroy();
  await new Promise((resolve) => call.once('close', resolve));
  await expect(stream.send(info(1))).rejects.toMatchObject({
    code: 'broker',
    message: 'Cannot announce a brokered connection: the broker stream has ended',
  });
});
