import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from './hclog.ts';
import { removeSocket } from './remove-socket.ts';

let directory: string;
let address: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'socket-'));
  address = path.join(directory, 's');
});

afterEach(() => rmSync(directory, { recursive: true }));

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return server;
}

describe('removeSocket()', () => {
  test('removes a socket that was made since', async () => {
    const startMs = Date.now();
    const server = await listen();
    removeSocket({ network: 'unix', address }, startMs, silentLogger);
    expect(existsSync(address)).toBe(false);
    server.close();
  });

  test('leaves a socket that was there before', async () => {
    const server = await listen();
    removeSocket({ network: 'unix', address }, Date.now() + 60_000, silentLogger);
    expect(existsSync(address)).toBe(true);
    server.close();
  });

  test('leaves any other file that a plugin may name', () => {
    writeFileSync(address, 'precious');
    removeSocket({ network: 'unix', address }, 0, silentLogger);
    expect(existsSync(address)).toBe(true);
  });

  test.each([
    ['a socket that the plugin removed itself', { network: 'unix', address: '/no/such/socket' }],
    ['a path that is none', { network: 'unix', address: 'a\0b' }],
    ['a port', { network: 'tcp', address: '127.0.0.1:1' }],
  ] as const)('is content with %s', (_, where) => {
    expect(() => removeSocket(where, 0, silentLogger)).not.toThrow();
  });
});
