/** Messages of the protocol as nobody should send them: broken ones, and whole ones that say absurd things. */
import { gzipSync } from 'node:zlib';
import brokerPb from '../../src/generated/goplugin/grpc_broker_pb.js';
import stdioPb from '../../src/generated/goplugin/grpc_stdio_pb.js';
import healthPb from '../../src/generated/goplugin/health_pb.js';
import type { Random } from '../random.ts';

/** A message as it goes over HTTP/2: a flag for compression, the length in four bytes, the message (gRPC over HTTP/2). */
export function frame(message: Uint8Array, flag = 0, byteLength = message.byteLength): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(flag);
  header.writeUInt32BE(byteLength, 1);
  return Buffer.concat([header, message]);
}

/** A message that is broken in one way or another, now and then whole. */
export function brokenFrame(random: Random, good: Uint8Array): Buffer {
  return random.pick([
    () => frame(random.bytes(random.length(3000))),
    () => frame(random.mutate(good)),
    () => frame(random.mutate(good)),
    () => frame(good),
    () => frame(Buffer.concat([good, undecodable(random)])),
    () => frame(good, random.pick([1, 2, 127, 255])),
    () => frame(gzipSync(good), 1),
    () => frame(good, 0, random.pick([0, good.byteLength + 1, 65_536, 2 ** 31, 2 ** 32 - 1])),
    () => random.bytes(random.length(3000)),
    () => random.mutate(frame(good)),
  ])();
}

/** What no decoder takes for a message: a number without an end, a field that is longer than the message, a wire type that there is not. */
export function undecodable(random: Random): Buffer {
  return Buffer.from(random.pick(['ff', '08ff', '0affffffff07', '0a05', '0e', '0f', '0a0a01', '1a7f']), 'hex');
}

const ids = [0, 1, 2, 7, 1000, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const networks = ['unix', 'tcp', '', 'udp', 'UNIX', 'unixgram', '\0', 'x'.repeat(1000)];
const addresses = [
  '/tmp/no-such-plugin',
  '127.0.0.1:1',
  '127.0.0.1:99999',
  '127.0.0.1',
  ':',
  '',
  '\0',
  'a\0b',
  '/',
  '%2e',
  '💥',
  'x'.repeat(70_000),
];

/** Announcements of connections that there are not, knocks that nobody waits for, answers to none. */
export function absurdConnInfo(random: Random): Uint8Array {
  const info = new brokerPb.ConnInfo();
  info.setServiceId(random.happens(0.5) ? random.pick(ids) : random.below(2 ** 32));
  if (random.happens(0.8)) {
    info.setNetwork(random.pick(networks));
    info.setAddress(random.pick(addresses));
  }
  if (random.happens(0.4)) {
    const knock = new brokerPb.ConnInfo.Knock();
    knock.setKnock(random.happens(0.5));
    knock.setAck(random.happens(0.5));
    knock.setError(random.happens(0.5) ? '' : random.pick(addresses));
    info.setKnock(knock);
  }
  return info.serializeBinary();
}

export function absurdStdioData(random: Random): Uint8Array {
  const data = new stdioPb.StdioData();
  data.setChannel(random.pick([0, 1, 2, 3, 2 ** 31 - 1, -1]) as 0 | 1 | 2);
  data.setData(random.bytes(random.length(5000)));
  return data.serializeBinary();
}

export function absurdHealthRequest(random: Random): Uint8Array {
  const request = new healthPb.HealthCheckRequest();
  request.setService(random.pick(['', 'plugin', 'Plugin', 'x'.repeat(1000), '💥']));
  return request.serializeBinary();
}

export function absurdHealthResponse(random: Random): Uint8Array {
  const response = new healthPb.HealthCheckResponse();
  response.setStatus(random.pick([0, 1, 2, 3, 4, 2 ** 31 - 1, -1]) as 0 | 1 | 2 | 3);
  return response.serializeBinary();
}
