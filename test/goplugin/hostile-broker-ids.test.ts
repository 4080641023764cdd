import { afterEach, describe, expect, test } from 'vitest';
import { Client } from '../../src/goplugin/index.ts';
import { createDirectory, fixture, handshake } from './processes.ts';

const versionedPlugins = { 2: {} };
let client: Client<typeof versionedPlugins> | undefined;

afterEach(async () => {
  await client?.kill();
});

// As they come from somebody's JSON.
const odd = [-1, 1.5, 2 ** 32, Number.NaN, '7', undefined] as number[];

describe.each([false, true])("a broker's id that is none; multiplexed: %s", (multiplex) => {
  test.each(odd)('%s is refused, and leaves the broker to others', async (id) => {
    client = new Client({
      command: process.execPath,
      args: [fixture('greeter')],
      env: { TMPDIR: createDirectory() },
      handshake,
      versionedPlugins,
      multiplex,
    });
    await client.start();
    const refused = { code: 'broker', message: expect.stringContaining(`its id is ${id}, expected an integer`) };
    await expect(client.broker.acceptAndServe(id, [])).rejects.toMatchObject(refused);
    await expect(client.broker.dial(id)).rejects.toMatchObject(refused);
    const { close } = await client.broker.acceptAndServe(2 ** 32 - 1, []);
    await close();
  });
});
