import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { openSession } from './session.ts';

const sockets: Socket[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
});

test('MuxStream waits five minutes for the other side to close it, too, and then resets it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as { port: number }).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  server.close();
  sockets.push(near, far);
  const [first, second] = [Promise.withResolvers<Duplex>(), Promise.withResolvers<Duplex>()];
  const accepting = [first, second];
  openSession(far, { role: 'server', onStream: (stream) => accepting.shift()?.resolve(stream.resume()) });
  const client = openSession(near, { role: 'client', onStream: () => undefined });

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stream = await client.open();
  stream.write('x');
  const other = await first.promise;
  let isReset = false;
  const reset = once(other, 'error').finally(() => {
    isReset = true;
  });
  const ended = once(other, 'end');
  stream.destroy();
  await ended;
  vi.advanceTimersByTime(5 * 60_000 - 1);
  // This stream would come after a reset, whose event comes a turn later.
  (await client.open()).write('y');
  await second.promise;
  await new Promise(setImmediate);
  expect(isReset).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
});
