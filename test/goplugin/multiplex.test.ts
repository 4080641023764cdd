import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Client, type Connection } from '../../src/goplugin/index.ts';
import {
  createDirectory,
  fixture,
  handshake,
  isRunning,
  processIdsIn,
  sayHello,
  socketsIn,
  startGreeter,
  until,
} from './processes.ts';

const versionedPlugins = { 2: { itself: (connection: Connection) => connection } };
let client: Client<typeof versionedPlugins> | undefined;

afterEach(async () => {
  await client?.kill();
});

/** The greeter under a host that wants one socket for everything. */
async function start(given: { autoMtls?: boolean } = {}) {
  const directory = createDirectory();
  client = new Client({
    command: process.execPath,
    args: [fixture('greeter')],
    env: { TMPDIR: directory },
    unixSocket: { directory },
    handshake,
    versionedPlugins,
    multiplex: true,
    ...given,
  });
  const ready = await client.start();
  return { client, ready, directory, connection: client.dispense('itself') };
}

describe('a plugin and a host that multiplex', () => {
  test.each([false, true])(
    'have everything over one socket, of which no file is left; AutoMTLS: %s',
    async (autoMtls) => {
      const { client, directory, connection } = await start({ autoMtls });
      expect(await sayHello(connection, 'Ada')).toBe('Hello, Ada');
      expect(await client.health()).toBe(true);
      const files = readdirSync(directory, { recursive: true, withFileTypes: true });
      expect(files.filter((file) => file.isSocket())).toEqual([]);
      expect(await client.stop()).toEqual({ code: 0, signal: null });
      expect(socketsIn(directory)).toEqual([]);
    },
  );

  test('carry many calls at once, and long messages both ways', async () => {
    const { connection } = await start();
    const name = 'x'.repeat(3_000_000);
    const names = [...Array.from({ length: 100 }, (_, index) => `guest ${index}`), name];
    expect(await Promise.all(names.map((guest) => sayHello(connection, guest)))).toEqual(
      names.map((guest) => `Hello, ${guest}`),
    );
  });

  test('see each other end: calls fail, and the host knows why', async () => {
    const { client, ready, connection } = await start();
    const never = sayHello(connection, 'never');
    process.kill(ready.processId, 'SIGKILL');
    await expect(never).rejects.toThrow(/UNAVAILABLE|CANCELLED/);
    expect(await client.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(client.state).toMatchObject({ kind: 'exited', error: { code: 'exited' } });
  });
});

describe('a plugin that multiplexes', () => {
  test('takes one connection, and ends when that ends: nobody could reach it any more', async () => {
    const { answer, directory, exited } = await startGreeter({ PLUGIN_MULTIPLEX_GRPC: 'true' });
    const first = connect(answer.address);
    await new Promise((resolve) => first.once('connect', resolve));
    expect(await until(() => socketsIn(directory).length === 0, 5000)).toBe(true);
    first.destroy();
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(processIdsIn(directory).filter(isRunning)).toEqual([]);
  });

  test('ends, too, when its one connection is no yamux', async () => {
    const { answer, exited } = await startGreeter({ PLUGIN_MULTIPLEX_GRPC: 'true' });
    const socket = connect(answer.address, () => socket.write('GET / HTTP/1.1\r\n\r\n'));
    socket.on('error', () => undefined);
    expect(await exited).toEqual({ code: 0, signal: null });
  });
});
