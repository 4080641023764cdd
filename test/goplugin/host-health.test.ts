import { afterEach, expect, test } from 'vitest';
import { Client } from '../../src/goplugin/index.ts';
import { createDirectory, fixture, handshake } from './processes.ts';

const versionedPlugins = { 2: {} };
let client: Client<typeof versionedPlugins> | undefined;

afterEach(async () => {
  await client?.kill();
});

test('a plugin that does not answer its health check in time is not well, until it answers', async () => {
  client = new Client({
    command: process.execPath,
    args: [fixture('greeter')],
    env: { TMPDIR: createDirectory() },
    handshake,
    versionedPlugins,
  });
  const { processId } = await client.start();
  process.kill(processId, 'SIGSTOP');
  await expect(client.health(100)).rejects.toMatchObject({
    code: 'unhealthy',
    message: expect.stringContaining('DEADLINE_EXCEEDED'),
  });
  process.kill(processId, 'SIGCONT');
  expect(await client.health()).toBe(true);
});
