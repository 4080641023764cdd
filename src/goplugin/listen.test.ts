import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHostWishes } from './env.ts';
import { createLogger } from './hclog.ts';
import { type Listener, listen, listenAt, maxSocketPathByteLength } from './listen.ts';

let directory: string;
let records: Record<string, unknown>[];
const listeners: Listener[] = [];
const servers: Server[] = [];

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'listen-'));
  records = [];
});

afterEach(() => {
  for (const listener of listeners.splice(0)) {
    listener.close();
  }
  for (const server of servers.splice(0)) {
    server.close();
  }
  rmSync(directory, { recursive: true, force: true });
});

const onConnection = (socket: Socket) => socket.end('hello');
const logger = createLogger({ name: 'test', write: (line) => records.push(JSON.parse(line)) });

async function open(env: Record<string, string> = {}, given: { platform?: NodeJS.Platform; directory?: string } = {}) {
  const listener = await listen({
    wishes: readHostWishes(env),
    temporaryDirectory: given.directory ?? directory,
    platform: given.platform ?? process.platform,
    logger,
    onConnection,
  });
  listeners.push(listener);
  return listener;
}

function talk(listener: Listener): Promise<string> {
  const [host, port] = listener.address.split(':');
  const target = listener.network === 'unix' ? { path: listener.address } : { host: host ?? '', port: Number(port) };
  return new Promise((resolve, reject) => {
    const socket = connect(target, () => undefined);
    socket.once('error', reject);
    socket.once('data', (data) => resolve(data.toString()));
    socket.once('close', () => reject(new Error('closed')));
  });
}

async function takePort(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

describe('listen() on a Unix socket', () => {
  test('accepts when it resolves, in the temporary directory', async () => {
    const listener = await open();
    expect(listener.network).toBe('unix');
    expect(path.dirname(listener.address)).toBe(directory);
    expect(await talk(listener)).toBe('hello');
    expect(records).toEqual([]);
  });

  test('takes the directory that the host names', async () => {
    const own = path.join(directory, 'own');
    writeFileSync(path.join(directory, 'x'), '');
    const listener = await open({ PLUGIN_UNIX_SOCKET_DIR: directory }, { directory: own });
    expect(path.dirname(listener.address)).toBe(directory);
  });

  test('lets nobody but the owner write to the socket, whatever the umask', async () => {
    const umask = process.umask(0);
    const listener = await open().finally(() => process.umask(umask));
    expect(statSync(listener.address).mode & 0o777).toBe(0o700);
  });

  test('leaves the umask as it was', async () => {
    const umask = process.umask(0o027);
    await open();
    expect(process.umask(umask)).toBe(0o027);
  });

  test('gives the socket to a group, by number, with mode 0660', async () => {
    const group = process.getegid?.() ?? 0;
    const listener = await open({ PLUGIN_UNIX_SOCKET_GROUP: String(group) });
    const { gid, mode } = statSync(listener.address);
    expect([gid, mode & 0o777]).toEqual([group, 0o660]);
  });

  test('refuses a group that nobody knows, and leaves no file', async () => {
    await expect(open({ PLUGIN_UNIX_SOCKET_GROUP: 'no such group' })).rejects.toMatchObject({ code: 'environment' });
    expect(readdirSync(directory)).toEqual([]);
  });

  test('removes its file and refuses connections when it is closed, twice too', async () => {
    const listener = await open();
    listener.close();
    listener.close();
    expect(readdirSync(directory)).toEqual([]);
    await expect(talk(listener)).rejects.toThrow('ENOENT');
  });

  test('takes a path of exactly the greatest length', async () => {
    const length = maxSocketPathByteLength(process.platform) - '/plugin'.length - 12;
    const deep = path.join(directory, 'd'.repeat(length - directory.length - 1));
    mkdirSync(deep);
    const listener = await open({}, { directory: deep });
    expect([listener.network, Buffer.byteLength(listener.address)]).toEqual([
      'unix',
      maxSocketPathByteLength(process.platform),
    ]);
    expect(await talk(listener)).toBe('hello');
  });
});

describe('listen() on loopback TCP', () => {
  test.each([
    ['the path is too long', () => `${directory}/${'d'.repeat(100)}`, 'at most'],
    ['the path counts in bytes', () => `${directory}/${'ü'.repeat(45)}`, 'at most'],
    ['the directory is missing', () => `${directory}/missing`, 'does not exist'],
    ['the directory is a file', () => `${directory}/file`, 'ENOTDIR'],
    ['the path has the handshake’s separator', () => `${directory}/a|b`, 'handshake line cannot carry'],
  ])('goes there when %s, and logs why', async (_, where, reason) => {
    writeFileSync(path.join(directory, 'file'), '');
    mkdirSync(path.join(directory, 'a|b'));
    const listener = await open({ PLUGIN_UNIX_SOCKET_DIR: where() });
    expect(listener.network).toBe('tcp');
    expect(await talk(listener)).toBe('hello');
    expect(records).toEqual([
      expect.objectContaining({
        '@level': 'warn',
        reason: expect.stringMatching(reason),
        address: listener.address,
      }),
    ]);
  });

  test('is the only way on Windows, and no reason to warn', async () => {
    const listener = await open({}, { platform: 'win32' });
    expect(listener.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(records).toEqual([]);
  });

  test('takes the first port of the range that is free', async () => {
    const taken = await takePort();
    const listener = await open({ PLUGIN_MIN_PORT: String(taken), PLUGIN_MAX_PORT: '65535' }, { platform: 'win32' });
    expect(Number(listener.address.split(':')[1])).toBeGreaterThan(taken);
  });

  test('refuses where no port of the range is free', async () => {
    const taken = String(await takePort());
    await expect(open({ PLUGIN_MIN_PORT: taken, PLUGIN_MAX_PORT: taken }, { platform: 'win32' })).rejects.toMatchObject(
      {
        code: 'listen',
        message: expect.stringContaining(`no port from ${taken} to ${taken} is free, the last said: listen EADDRINUSE`),
      },
    );
  });

  test('refuses a range that is none; a Unix socket does not care', async () => {
    const nonsense = { PLUGIN_MIN_PORT: 'many', PLUGIN_MAX_PORT: '-1' };
    await expect(open(nonsense, { platform: 'win32' })).rejects.toMatchObject({ code: 'environment' });
    expect((await open(nonsense)).network).toBe('unix');
  });

  test('refuses connections when it is closed', async () => {
    const listener = await open({}, { platform: 'win32' });
    listener.close();
    await expect(talk(listener)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('listenAt()', () => {
  test.each(['127.0.0.1:0', ':0'])('listens on loopback at %s', async (address) => {
    const listener = await listenAt(address, { logger, onConnection });
    listeners.push(listener);
    expect(listener.address).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    expect(await talk(listener)).toBe('hello');
  });

  test('refuses a port that is taken', async () => {
    const address = `127.0.0.1:${await takePort()}`;
    await expect(listenAt(address, { logger, onConnection })).rejects.toMatchObject({
      code: 'listen',
      message: expect.stringContaining(`Cannot listen on ${address}: listen EADDRINUSE`),
    });
  });

  test.each(['4711', 'localhost', '[::1]:1', '/run/socket', ''])(
    'refuses %j, which is no host and port',
    async (address) => {
      await expect(listenAt(address, { logger, onConnection })).rejects.toMatchObject({ code: 'config' });
    },
  );
});
