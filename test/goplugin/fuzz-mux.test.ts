/** What either side of a multiplexed connection makes of frames that no good side sends. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { GoPluginError } from '../../src/goplugin/index.ts';
import { openSession } from '../../src/goplugin/mux/session.ts';
import { chooseSeed, Random } from '../random.ts';
import { cut } from './fuzz-raw-client.ts';
import { badSession, flags, frameTypes, strayFrames, yamuxFrame } from './fuzz-yamux-frames.ts';
import { createDirectory } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 30_000 });

const seed = chooseSeed();

/** Two ends of one connection, and what they cannot do any more when the test is over. */
async function connectPair(): Promise<{ near: Socket; far: Socket; close(): void }> {
  const server = createServer();
  const address = path.join(createDirectory(), 's');
  await new Promise<void>((resolve) => server.listen(address, resolve));
  const far = connect(address);
  far.on('error', () => undefined);
  const [near] = (await once(server, 'connection')) as [Socket];
  return {
    near,
    far,
    close() {
      far.destroy();
      near.destroy();
      server.close();
    },
  };
}

function echo(stream: Duplex): void {
  stream.pipe(stream);
}

describe.each(['client', 'server'] as const)(`the %s of a session (seed ${seed})`, (role) => {
  const other = role === 'client' ? 'server' : 'client';

  test('takes 5,000 bad frames, in 500 sessions, without a break elsewhere', async () => {
    const random = new Random(seed);
    const outcomes: Record<string, number> = {};
    const count = (what: string) => {
      outcomes[what] = (outcomes[what] ?? 0) + 1;
    };
    let frames = 0;
    for (let index = 0; index < 500; index++) {
      const { near, far, close } = await connectPair();
      const session = openSession(near, {
        role,
        onStream(stream) {
          count('streams');
          stream.on('error', () => undefined);
          echo(stream);
        },
      });
      far.resume();
      const opened = session.open().then(
        (stream) => stream.write('hello'),
        (error) => {
          if (!(error instanceof GoPluginError)) {
            throw error;
          }
        },
      );
      frames += 10;
      for (const part of cut(random, badSession(random, other))) {
        far.write(part);
      }
      await opened;
      const isOver = await Promise.race([session.closed.then(() => true), nextTurns(5)]);
      count(isOver ? 'sessions ended' : 'sessions open');
      close();
      await session.closed;
    }
    console.log(`Yamux ${role}, seed ${seed}: ${frames} bad frames, ${JSON.stringify(outcomes)}`);
    expect(outcomes['sessions ended']).toBeGreaterThan(50);
    expect(outcomes.streams).toBeGreaterThan(100);
  });

  test('lets pass what is for streams that there are not', async () => {
    const { near, far, close } = await connectPair();
    const session = openSession(near, { role, onStream: echo });
    const friend = openSession(far, { role: other, onStream: echo });
    far.write(strayFrames());
    for (const stream of [await session.open(), await friend.open()]) {
      stream.end('good');
      expect(`${await stream.toArray()}`).toBe('good');
    }
    close();
  });

  test('answers pings', async () => {
    const { near, far, close } = await connectPair();
    openSession(near, { role, onStream: echo });
    far.write(yamuxFrame({ type: frameTypes.ping, flags: flags.syn, length: 4_000_000_000 }));
    const [answer] = await once(far, 'data');
    expect(answer).toEqual(yamuxFrame({ type: frameTypes.ping, flags: flags.ack, length: 4_000_000_000 }));
    close();
  });

  test.each([
    ['is longer than any window', yamuxFrame({ type: frameTypes.data, streamId: 9, length: 2 ** 32 - 1 })],
    ['is of another version', yamuxFrame({ version: 1, type: frameTypes.ping })],
    ['is of no known type', yamuxFrame({ type: 9, streamId: 1 })],
    ['says good-bye', yamuxFrame({ type: frameTypes.goAway })],
    ['says good-bye for an error', yamuxFrame({ type: frameTypes.goAway, length: 2 })],
    ['is HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ])('ends at a frame that %s', async (_, frame) => {
    const { near, far, close } = await connectPair();
    const session = openSession(near, { role, onStream: echo });
    const stream = await session.open();
    const ended = new Promise((resolve) => stream.once('close', resolve));
    far.resume();
    far.write(frame);
    await session.closed;
    await ended;
    await expect(session.open()).rejects.toMatchObject({ code: 'broker' });
    close();
  });

  test('takes little of a frame that promises four gigabytes', async () => {
    const { near, far, close } = await connectPair();
    const session = openSession(near, { role, onStream: echo });
    far.resume();
    far.write(yamuxFrame({ type: frameTypes.data, streamId: 1, length: 2 ** 32 - 1 }));
    for (let count = 0; count < 256 && !far.destroyed; count++) {
      far.write(Buffer.alloc(64 * 1024));
      await nextTurns(1);
    }
    await session.closed;
    expect(near.bytesRead).toBeLessThan(1024 * 1024);
    close();
  });
});

/** False, after so many turns of the event loop. */
async function nextTurns(count: number): Promise<boolean> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}
