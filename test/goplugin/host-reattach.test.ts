import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseHandshake } from '../../src/goplugin/handshake.ts';
import {
  Client,
  type ClientConfig,
  type Connection,
  formatReattachConfig,
  parseReattachConfig,
  type ReattachConfig,
} from '../../src/goplugin/index.ts';
import { createDirectory, fixture, handshake, isRunning, sayHello, socketsIn, start, until } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 60_000 });

const versionedPlugins = { 2: { itself: (connection: Connection) => connection } };
const clients = new Set<Client<typeof versionedPlugins>>();

afterEach(async () => {
  await Promise.all([...clients].map((client) => client.kill()));
  clients.clear();
});

function create(given: Partial<ClientConfig<typeof versionedPlugins>>) {
  const config = { handshake, versionedPlugins, ...given } as ClientConfig<typeof versionedPlugins>;
  const client = new Client(config);
  clients.add(client);
  return client;
}

async function startPlugin(name = 'greeter') {
  const env = { TMPDIR: createDirectory() };
  const client = create({ command: process.execPath, args: [fixture(name)], env });
  return { client, ready: await client.start() };
}

describe('a host that reattaches', () => {
  test('uses the plugin of another host, by JSON that goes from one to the other', async () => {
    const { client, ready } = await startPlugin();
    const json = formatReattachConfig(client.reattachConfig());
    const second = create({ reattach: parseReattachConfig(json) });
    const { processId, protocolVersion, network, address } = ready;
    expect(await second.start()).toEqual({ kind: 'ready', processId, protocolVersion, network, address });
    expect(await sayHello(second.dispense('itself'), 'Ada')).toBe('Hello, Ada');
    expect(second.reattachConfig()).toEqual(client.reattachConfig());
  });

  test('ends it, and both hosts know', async () => {
    const { client, ready } = await startPlugin();
    const second = create({ reattach: client.reattachConfig() });
    await second.start();
    expect(await second.stop()).toEqual({ code: null, signal: null });
    expect(second.state).toEqual({ kind: 'exited', exit: { code: null, signal: null } });
    expect(await client.exited).toEqual({ code: 0, signal: null });
    expect(client.state).toMatchObject({ kind: 'exited', error: { code: 'exited' } });
    expect(isRunning(ready.processId)).toBe(false);
  });

  test('kills it, and removes its socket', async () => {
    const started = start('stubborn', { PLUGIN_PROTOCOL_VERSIONS: '2' });
    const answer = parseHandshake(await started.firstLine);
    const client = create({ reattach: { ...answer, processId: started.child.pid ?? 0, test: false } });
    await client.start();
    expect(await client.kill()).toEqual({ code: null, signal: null });
    expect(await started.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(socketsIn(started.directory)).toEqual([]);
  });

  test('kills it where it stays', async () => {
    const { client } = await startPlugin('stubborn');
    const second = create({ reattach: client.reattachConfig() });
    await second.start();
    await second.stop();
    expect(await client.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test.each(['stop', 'kill'] as const)('to a test only lets go of it by %s()', async (method) => {
    const { client, ready } = await startPlugin();
    const second = create({ reattach: { ...client.reattachConfig(), test: true } });
    await second.start();
    const connection = second.dispense('itself');
    expect(await second[method]()).toEqual({ code: null, signal: null });
    expect(second.state).toEqual({ kind: 'exited', exit: { code: null, signal: null } });
    await expect(sayHello(connection, 'Ada')).rejects.toThrow('Channel has been shut down');
    expect(await sayHello(client.dispense('itself'), 'Ada')).toBe('Hello, Ada');
    expect(existsSync(ready.address)).toBe(true);
  });

  test('sees that it has ended by itself', async () => {
    const { client, ready } = await startPlugin();
    const second = create({ reattach: { ...client.reattachConfig(), test: true } });
    await second.start();
    process.kill(ready.processId, 'SIGKILL');
    expect(await second.exited).toEqual({ code: null, signal: null });
    expect(second.state).toMatchObject({
      kind: 'exited',
      error: { code: 'exited', message: `The plugin at ${ready.address} ended, which nobody had asked for` },
    });
  });

  test('takes the only version it has for a plugin that a Go host does not tell the version of', async () => {
    const { client } = await startPlugin();
    const second = create({ reattach: { ...client.reattachConfig(), protocolVersion: 0 } });
    expect(await second.start()).toMatchObject({ protocolVersion: 2 });
  });

  test('to a standalone plugin leaves it to who started it', async () => {
    const standalone = start('greeter', {}, ['standalone']);
    const line = () =>
      standalone
        .stdout()
        .split('\n')
        .find((each) => /^\{.*\}$/.test(each));
    expect(await until(() => line() !== undefined, 20_000)).toBe(true);
    const config = parseReattachConfig(line() ?? '');
    for (const name of ['Ada', 'Grace']) {
      const client = create({ reattach: config });
      await client.start();
      expect(await sayHello(client.dispense('itself'), name)).toBe(`Hello, ${name}`);
      await client.stop();
    }
    standalone.child.kill('SIGTERM');
    expect(await standalone.exited).toEqual({ code: 0, signal: null });
  });
});

describe('a host that cannot reattach', () => {
  test.each(['autoMtls', 'multiplex'])('has a plugin to itself, and says so: %s', async (option) => {
    const env = { TMPDIR: createDirectory() };
    const client = create({ command: process.execPath, args: [fixture('greeter')], env, [option]: true });
    await client.start();
    expect(await sayHello(client.dispense('itself'), 'Ada')).toBe('Hello, Ada');
    expect(() => client.reattachConfig()).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  test.each<[string, (config: ReattachConfig) => ReattachConfig, string, string]>([
    ['to a process that is gone', (config) => ({ ...config, processId: deadId() }), 'exited', 'there is no process'],
    [
      'to a socket that is gone',
      (config) => ({ ...config, address: '/no/such/socket' }),
      'unreachable',
      'cannot connect to unix:/no/such/socket',
    ],
    [
      'in this version',
      (config) => ({ ...config, protocolVersion: 9 }),
      'version',
      'it serves protocol version 9, this host 2',
    ],
  ])('%s says so, and leaves the plugin alone', async (_, change, code, why) => {
    const { client } = await startPlugin();
    const second = create({ reattach: change(client.reattachConfig()) });
    await expect(second.start()).rejects.toMatchObject({ code, message: expect.stringContaining(why) });
    expect(second.state).toMatchObject({ kind: 'exited', exit: { code: null, signal: null } });
    expect(await second.exited).toEqual({ code: null, signal: null });
    expect(await sayHello(client.dispense('itself'), 'Ada')).toBe('Hello, Ada');
  });

  // More than systems give to processes unless they are told to.
  function deadId(): number {
    return 2 ** 22 + 1;
  }
});
