import { afterEach, expect, test } from 'vitest';
import { Client, type Connection } from '../../src/goplugin/index.ts';
import { createDirectory, fixture, handshake, sayHello } from './processes.ts';

const versionedPlugins = { 2: { itself: (connection: Connection) => connection } };
let client: Client<typeof versionedPlugins> | undefined;

afterEach(async () => {
  await client?.kill();
});

test('what a plugin has printed reaches its host, though it is asked to end at once', async () => {
  let heard = '';
  client = new Client({
    command: process.execPath,
    args: [fixture('prints-last')],
    env: { TMPDIR: createDirectory() },
    handshake,
    versionedPlugins,
    onOutput: (_, bytes) => {
      heard += Buffer.from(bytes);
    },
  });
  await client.start();
  // Nearly all that is kept for a reader, so that much of it is still to be sent.
  const lines = Array.from({ length: 20_000 }, (_, line) => `line ${line}\n`);
  await sayHello(client.dispense('itself'), String(lines.length));
  expect(await client.stop()).toEqual({ code: 0, signal: null });
  expect(heard).toBe(lines.join(''));
});
