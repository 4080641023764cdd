import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from './hclog.ts';
import { PeerSockets } from './peer-sockets.ts';

let directory: string;
const servers: Server[] = [];

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'sockets-'));
});

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
  }
  rmSync(directory, { recursive: true });
});

async function listen(name: string): Promise<string> {
  const address = path.join(directory, name);
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return address;
}

describe('PeerSockets', () => {
  test('removes all that the other side has announced, once', async () => {
    const sockets = new PeerSockets(silentLogger);
    const [first, second, other] = [await listen('1'), await listen('2'), await listen('3')];
    sockets.add({ network: 'unix', address: first });
    sockets.add({ network: 'unix', address: second });
    sockets.add({ network: 'tcp', address: other });
    sockets.removeAll();
    expect([first, second, other].map((address) => existsSync(address))).toEqual([false, false, true]);
    expect(sockets.count).toBe(0);
  });

  test('leaves what was there before', async () => {
    const address = await listen('1');
    const sockets = new PeerSockets(silentLogger, Date.now() + 60_000);
    sockets.add({ network: 'unix', address });
    sockets.removeAll();
    expect(existsSync(address)).toBe(true);
  });

  test('forgets what is gone, however many are announced, and nothing that is there', async () => {
    const sockets = new PeerSockets(silentLogger);
    const first = await listen('first');
    sockets.add({ network: 'unix', address: first });
    for (let index = 0; index < 10_000; index++) {
      sockets.add({ network: 'unix', address: path.join(directory, `gone-${index}`) });
    }
    expect(sockets.count).toBeLessThanOrEqual(65);
    sockets.removeAll();
    expect(existsSync(first)).toBe(false);
  });
});
