/** A client that keeps to no contract: its calls carry any bytes, and end in any way. */
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import type { PluginAddress } from '../../src/goplugin/handshake.ts';
import type { Random } from '../random.ts';

/** How a call ends: in order, by a reset, or not at all before its connection does. */
export type CallEnd = 'end' | 'reset' | 'leave';

export class RawClient {
  readonly #session: ClientHttp2Session;

  constructor({ address }: PluginAddress) {
    this.#session = connect('http://localhost', { createConnection: () => connectSocket(address) });
    // The server may end it at any time: that is one of the things that are tried here.
    this.#session.on('error', () => undefined);
  }

  /** Calls a method with these bytes; resolves when the call is over, or left. */
  async call(path: string, parts: readonly Buffer[], end: CallEnd, headers: object = {}): Promise<void> {
    if (this.#session.destroyed) {
      return;
    }
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    stream.on('error', () => undefined);
    stream.resume();
    for (const part of parts) {
      stream.write(part);
    }
    await finish(stream, end);
  }

  /** Goes without a word. */
  close(): void {
    this.#session.destroy();
  }
}

async function finish(stream: ClientHttp2Stream, end: CallEnd): Promise<void> {
  if (end === 'leave') {
    return;
  }
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  if (end === 'reset') {
    setImmediate(() => stream.close(8));
  } else {
    stream.end();
  }
  await closed;
}

/** Cuts what is sent into pieces of any length. */
export function cut(random: Random, bytes: Buffer): Buffer[] {
  if (bytes.length < 2 || random.happens(0.7)) {
    return [bytes];
  }
  const at = 1 + random.below(bytes.length - 1);
  return [bytes.subarray(0, at), ...cut(random, bytes.subarray(at))];
}

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** HTTP/2 that is none: frames of any type, on any stream, of any length, after a beginning that is mostly right. */
export function brokenHttp2(random: Random, frameCount: number): Buffer {
  const settings = Buffer.from('000000040000000000', 'hex');
  const frames = Array.from({ length: frameCount }, () => {
    const payload = random.bytes(random.length(300));
    const header = Buffer.alloc(9);
    header.writeUIntBE(random.happens(0.8) ? payload.length : random.below(2 ** 24), 0, 3);
    header.writeUInt8(random.happens(0.9) ? random.below(10) : random.below(256), 3);
    header.writeUInt8(random.below(256), 4);
    header.writeUInt32BE(random.happens(0.8) ? random.below(8) : random.below(2 ** 32), 5);
    return Buffer.concat([header, payload]);
  });
  return Buffer.concat([random.happens(0.9) ? preface : random.mutate(preface), settings, ...frames]);
}

/** Sends bytes on a connection of their own, and resolves when the other side has ended it, or after so long. */
export async function sendRaw({ address }: PluginAddress, bytes: Buffer, limitMs: number): Promise<void> {
  const socket = connectSocket(address);
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  socket.write(bytes);
  const timer = setTimeout(() => socket.destroy(), limitMs);
  await closed;
  clearTimeout(timer);
}
