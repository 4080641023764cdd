import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { type MuxSession, openSession } from './session.ts';

const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
});

/** Both ends of a connection. */
async function connectPair(): Promise<{ near: Socket; far: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as { port: number }).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  server.close();
  sockets.push(near, far);
  return { near, far };
}

async function openPair(onStream: (stream: Duplex) => void): Promise<{ client: MuxSession; server: MuxSession }> {
  const { near, far } = await connectPair();
  return {
    client: openSession(near, { role: 'client', onStream: (stream) => stream.destroy() }),
    server: openSession(far, { role: 'server', onStream }),
  };
}

// Not by `for await`, which would destroy a stream whose other half is still open.
async function readAll(stream: Duplex): Promise<Buffer> {
  const parts: Buffer[] = [];
  stream.on('data', (part) => parts.push(part));
  await once(stream, 'end');
  return Buffer.concat(parts);
}

const echo = (stream: Duplex): unknown => stream.pipe(stream);
const errorOf = (stream: Duplex) => once(stream, 'error').then(([error]) => error as NodeJS.ErrnoException);

describe('openSession()', () => {
  // Recorded from hashicorp/yamux 0.1.2, client: a stream is opened, written to twice and closed; then a ping.
  const recorded = Buffer.from(
    '000100010000000100000000' +
      `00000000000000010000000c${Buffer.from('knock, knock').toString('hex')}` +
      `00000000000000010000000d${Buffer.from(' who is there').toString('hex')}` +
      '000100040000000100000000' +
      '000200010000000000000000',
    'hex',
  );

  test.each([1, 5, 12, 13, recorded.byteLength])('understands hashicorp/yamux in pieces of %i bytes', async (size) => {
    const { near, far } = await connectPair();
    const text = new Promise<string>((resolve) => {
      openSession(far, { role: 'server', onStream: (stream) => readAll(stream).then((bytes) => resolve(`${bytes}`)) });
    });
    let answer = '';
    near.on('data', (bytes) => {
      answer += bytes.toString('hex');
    });
    for (let start = 0; start < recorded.byteLength; start += size) {
      far.emit('data', recorded.subarray(start, start + size));
    }
    expect(await text).toBe('knock, knock who is there');
    await expect.poll(() => answer).toContain('000200020000000000000000'); // the answer to the ping
    expect(answer.slice(0, 24)).toBe('000100020000000100000000'); // the stream is acknowledged before all else
    expect(answer.match(/0001000[2367]/g)).toHaveLength(1); // and once
    expect(answer).not.toContain('00020001'); // no ping of ours
  });

  test('carries streams of both sides at once, in order', async () => {
    const { near, far } = await connectPair();
    const sides = [
      openSession(near, { role: 'client', onStream: echo }),
      openSession(far, { role: 'server', onStream: echo }),
    ];
    const echoes = sides.flatMap((side) =>
      Array.from({ length: 50 }, async (_, index) => {
        const sent = Buffer.alloc(300_000, index + 1);
        const stream = await side.open();
        stream.end(sent);
        return (await readAll(stream)).equals(sent);
      }),
    );
    expect(new Set(await Promise.all(echoes))).toEqual(new Set([true]));
  });

  test('lets a side read on after it has ended its writing', async () => {
    const { client } = await openPair(async (stream) => {
      const { byteLength } = await readAll(stream);
      stream.end(`got ${byteLength}`);
    });
    const stream = await client.open();
    stream.end(Buffer.alloc(700_000));
    expect(`${await readAll(stream)}`).toBe('got 700000');
  });

  test('stops a writer whose reader does not read, and no other stream', async () => {
    let stuck: Duplex | undefined;
    const { client } = await openPair((stream) => {
      if (stuck === undefined) {
        stuck = stream;
      } else {
        echo(stream);
      }
    });
    const writer = await client.open();
    const byteLength = 32 * 1024 * 1024;
    let written = 0;
    const fill = () => {
      if (written < byteLength) {
        written += 65_536;
        writer.write(Buffer.alloc(65_536));
      }
    };
    writer.on('drain', fill);
    fill();
    // As much as the other one would take meanwhile, if it were let.
    const other = await client.open();
    other.end(Buffer.alloc(byteLength));
    expect(await readAll(other)).toHaveLength(byteLength);
    expect(written).toBeLessThan(1024 * 1024);
    stuck?.resume();
    await expect.poll(() => written, { timeout: 4000 }).toBe(byteLength);
  });

  test('tells the other side of a stream that is destroyed with an error, as a reset', async () => {
    const accepted = Promise.withResolvers<Duplex>();
    const { client } = await openPair(accepted.resolve);
    const stream = await client.open();
    stream.write('x');
    const other = await accepted.promise;
    const error = errorOf(other);
    other.resume();
    stream.on('error', () => undefined);
    stream.destroy(new Error('mine'));
    expect(await error).toMatchObject({ code: 'ECONNRESET' });
    expect(await client.open()).toBeDefined();
  });

  test('ends a stream in order when it is destroyed without an error', async () => {
    const accepted = Promise.withResolvers<Duplex>();
    const { client } = await openPair(accepted.resolve);
    const stream = await client.open();
    stream.write('last words');
    const other = await accepted.promise;
    stream.destroy();
    expect(`${await readAll(other)}`).toBe('last words');
    // What it still sends goes nowhere, and stops nothing.
    await new Promise((resolve) => other.end(Buffer.alloc(1_000_000), () => resolve(undefined)));
  });

  test('ends all streams with an error when the socket closes', async () => {
    const { near, far } = await connectPair();
    const accepted = Promise.withResolvers<Duplex>();
    const client = openSession(near, { role: 'client', onStream: echo });
    openSession(far, { role: 'server', onStream: accepted.resolve });
    const [quiet, halfClosed] = [await client.open(), await client.open()];
    halfClosed.end('x');
    const errors = [quiet, halfClosed, await accepted.promise].map(errorOf);
    far.destroy();
    const codes = (await Promise.all(errors)).map(({ code }) => code);
    expect(codes).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
    await client.closed;
    await expect(client.open()).rejects.toMatchObject({ code: 'broker' });
  });

  test('closes the socket on what is no yamux', async () => {
    const { near, far } = await connectPair();
    const session = openSession(far, { role: 'server', onStream: echo });
    near.on('error', () => undefined);
    near.write('GET / HTTP/1.1\r\n\r\n');
    near.resume();
    await session.closed;
    await once(near, 'close');
  });

  test('closes with all its streams', async () => {
    const accepted = Promise.withResolvers<Duplex>();
    const { client, server } = await openPair(accepted.resolve);
    const stream = await client.open();
    stream.write('x');
    const errors = [errorOf(stream), errorOf(await accepted.promise)];
    client.close();
    await Promise.all([...errors, client.closed, server.closed]);
  });
});
