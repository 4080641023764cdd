/** Bad frames of multiplexing, between real processes. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { parseHandshake } from '../../src/goplugin/handshake.ts';
import { Client, type Connection, GoPluginError } from '../../src/goplugin/index.ts';
import { chooseSeed, Random } from '../random.ts';
import { say } from './fixtures/leaks-client.ts';
import { cut } from './fuzz-raw-client.ts';
import { badSession } from './fuzz-yamux-frames.ts';
import { processesIn } from './leaks-scenario.ts';
import { createDirectory, fixture, handshake, start } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 120_000 });

const seed = chooseSeed();

async function sendBadFrames(directory: string, random: Random) {
  const plugin = start('leaks-plugin', {
    TMPDIR: directory,
    LEAKS_COOKIE: 'none',
    PLUGIN_PROTOCOL_VERSIONS: '1',
    PLUGIN_MULTIPLEX_GRPC: 'true',
  });
  const { address } = parseHandshake(await plugin.firstLine);
  const socket = connect(address);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.resume();
  for (let count = 0; count < 5 && !socket.destroyed; count++) {
    for (const part of cut(random, badSession(random, 'client'))) {
      socket.write(part);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.destroy();
  return { exit: await plugin.exited, log: plugin.stderr() };
}

test(`20 plugins take 1,000 bad frames and end in order with their host's connection (seed ${seed})`, async () => {
  const random = new Random(seed);
  const directory = createDirectory();
  const ends: Awaited<ReturnType<typeof sendBadFrames>>[] = [];
  for (let round = 0; round < 4; round++) {
    ends.push(...(await Promise.all(Array.from({ length: 5 }, () => sendBadFrames(directory, random)))));
  }
  console.log(`Multiplexing plugins, seed ${seed}: ${ends.length} took 50 bad frames each`);
  expect(ends.map(({ exit }) => exit)).toEqual(Array(20).fill({ code: 0, signal: null }));
  expect(ends.map(({ log }) => log).join('')).not.toMatch(/Uncaught exception|Unhandled rejection/);
  expect(readdirSync(directory)).toEqual([]);
});

test(`a host lets pass stray frames of its plugins, and ends those that send bad ones (seed ${seed})`, async () => {
  const directory = createDirectory();
  const outcomes: Record<string, number> = {};
  const meet = async (index: number) => {
    const client = new Client({
      command: process.execPath,
      args: [fixture('fuzz-mux-plugin'), String(seed + index)],
      env: { TMPDIR: directory },
      handshake,
      versionedPlugins: { 1: { itself: (connection: Connection) => connection } },
      multiplex: true,
    });
    await client.start();
    const connection = client.dispense('itself');
    for (let count = 0; count < 5; count++) {
      expect(await say(connection, 'stray')).toBe('good');
      expect(await client.health()).toBe(true);
    }
    for (let count = 0; count < 3; count++) {
      const answer = await say(connection, 'bad').catch(() => 'the connection has ended');
      outcomes[answer] = (outcomes[answer] ?? 0) + 1;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const health = await client.health(1000).catch((error) => error);
    expect([true, expect.any(GoPluginError)]).toContainEqual(health);
    await client.stop();
  };
  await Promise.all(Array.from({ length: 10 }, (_, index) => meet(index)));
  console.log(`Host of multiplexing plugins, seed ${seed}: 10 plugins, ${JSON.stringify(outcomes)}`);
  expect(processesIn(directory)).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
});
