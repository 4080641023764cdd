import { afterEach, describe, expect, test } from 'vitest';
import { createLogger, type PluginClient, type StartOptions, startPlugin } from '../../src/goplugin/index.ts';
import {
  createDirectory,
  fixture,
  handshake,
  isRunning,
  processIdsIn,
  recordsIn,
  sayHello,
  socketsIn,
  until,
} from './processes.ts';

let plugin: PluginClient | undefined;
let log = '';

afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
  log = '';
});

function options(name: string, ...args: string[]): StartOptions {
  return {
    command: process.execPath,
    args: [fixture(name), ...args],
    handshake,
    versions: [2, 10],
    logger: createLogger({
      name: 'host',
      level: 'trace',
      write: (line) => {
        log += line;
      },
    }),
  };
}

async function startGreeter(given: Partial<StartOptions> = {}, ...args: string[]): Promise<PluginClient> {
  plugin = await startPlugin({ ...options('greeter', ...args), env: { TMPDIR: createDirectory() }, ...given });
  return plugin;
}

describe('startPlugin()', () => {
  test('gives a plugin that answers, and stops it in order', async () => {
    const directory = createDirectory();
    const plugin = await startGreeter({ env: { TMPDIR: directory } });
    expect(plugin.state).toEqual({ kind: 'running' });
    expect(plugin).toMatchObject({ protocolVersion: 10, network: 'unix' });
    expect(await plugin.health()).toBe(true);
    expect(await sayHello(plugin, 'Ada')).toBe('Good day, Ada');
    const stopped = plugin.stop();
    expect(plugin.state).toEqual({ kind: 'stopping' });
    expect(await stopped).toEqual({ code: 0, signal: null });
    expect(await plugin.exited).toEqual({ code: 0, signal: null });
    expect(plugin.state).toEqual({ kind: 'exited', exit: { code: 0, signal: null } });
    expect(await plugin.stop()).toEqual({ code: 0, signal: null });
    expect(socketsIn(directory)).toEqual([]);
    await expect(sayHello(plugin, 'Ada')).rejects.toThrow('Channel has been shut down');
  });

  test('connects over loopback where the plugin listens there, whatever proxy is set', async () => {
    const proxy = process.env.http_proxy;
    process.env.http_proxy = 'http://127.0.0.1:1';
    const env = { TMPDIR: createDirectory(), PLUGIN_UNIX_SOCKET_DIR: '/proc' };
    const plugin = await startGreeter({ env }).finally(() => {
      process.env.http_proxy = proxy;
      if (proxy === undefined) {
        delete process.env.http_proxy;
      }
    });
    expect(plugin.network).toBe('tcp');
    expect(await sayHello(plugin, 'Ada')).toBe('Good day, Ada');
  });

  test('passes on what the plugin prints and what it logs', async () => {
    let output = '';
    const plugin = await startGreeter({ onOutput: (stream, bytes) => (output += `${stream}: ${Buffer.from(bytes)}`) });
    await sayHello(plugin, 'reject');
    await sayHello(plugin, 'print');
    expect(await until(() => output.includes('printed by the plugin'), 5000)).toBe(true);
    expect(output).toContain('stdout: early');
    expect(await until(() => log.includes('Unhandled rejection'), 5000)).toBe(true);
    expect(recordsIn(log)).toEqual([
      expect.objectContaining({ '@level': 'error', '@message': 'Unhandled rejection', module: 'plugin' }),
    ]);
  });

  test('tells when the plugin ends by itself', async () => {
    const plugin = await startGreeter();
    await sayHello(plugin, 'throw').catch(() => undefined);
    expect(await plugin.exited).toEqual({ code: 1, signal: null });
    expect(plugin.state).toEqual({ kind: 'exited', exit: { code: 1, signal: null } });
    expect(await plugin.stop()).toEqual({ code: 1, signal: null });
  });

  test('kills a plugin that answers and stays, two seconds later', async () => {
    const directory = createDirectory();
    plugin = await startPlugin({ ...options('stubborn'), env: { TMPDIR: directory } });
    const startMs = Date.now();
    expect(await plugin.stop()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(2000);
    expect(log).toContain('The plugin did not end in time and is killed');
    expect(socketsIn(directory)).toEqual([]);
  });

  test('kills a plugin that does not answer any more', async () => {
    const plugin = await startGreeter();
    process.kill(plugin.processId, 'SIGSTOP');
    expect(await plugin.stop()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(log).toContain('The plugin gives no answer when asked to end');
  });
});

describe('startPlugin() refuses, and leaves no process behind,', () => {
  const greeter = options('greeter');
  const silent = options('silent');
  const says = (address: string, protocol = 'grpc|') => options('says', `1|2|${address}|${protocol}`);

  test.each<[string, StartOptions, string, string]>([
    ['a plugin that prints something else', options('garbage'), 'handshake', 'got 1 in "Welcome to the greeter'],
    ['a plugin that ends early', options('exits-early'), 'exited', 'ended with code 3 before it was ready; its last'],
    ['its last words', options('exits-early'), 'exited', 'lines on stderr:\nThe licence has run out'],
    [
      'a plugin with another cookie',
      { ...greeter, handshake: { ...handshake, magicCookieValue: 'x' } },
      'exited',
      'This is a greeter for plugin hosts.',
    ],
    ['a plugin that says nothing', { ...silent, startTimeoutMs: 1000 }, 'timeout', 'was not ready after 1000 ms'],
    ['a plugin that never answers', { ...options('mute'), startTimeoutMs: 1000 }, 'timeout', 'after 1000 ms'],
    ['a plugin on a socket that is not there', says('unix|/no/such/socket'), 'unhealthy', 'ENOENT'],
    [
      'a plugin of another version',
      { ...greeter, versions: [3, 4] },
      'version',
      'serves protocol version 2, this host 3',
    ],
    ['a plugin that speaks net/rpc', says('unix|/tmp/x', 'netrpc'), 'unsupported', 'it serves "netrpc"'],
    ['a plugin that wants TLS', says('unix|/tmp/x', `grpc|${'A'.repeat(60)}`), 'unsupported', 'it wants TLS'],
  ])('%s', async (_, given, code, message) => {
    const directory = createDirectory();
    await expect(startPlugin({ ...given, env: { TMPDIR: directory } })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    const ids = processIdsIn(directory);
    expect(ids).toHaveLength(1);
    expect(ids.filter(isRunning)).toEqual([]);
    expect(socketsIn(directory)).toEqual([]);
  });

  test('a start that is given up', async () => {
    const directory = createDirectory();
    const caller = new AbortController();
    const started = startPlugin({ ...silent, env: { TMPDIR: directory }, signal: caller.signal });
    expect(await until(() => processIdsIn(directory).length === 1, 5000)).toBe(true);
    caller.abort(new Error('no time'));
    await expect(started).rejects.toMatchObject({ code: 'aborted', cause: { message: 'no time' } });
    expect(processIdsIn(directory).filter(isRunning)).toEqual([]);
  });

  test.each<[string, StartOptions, string, string]>([
    ['a command that is not there', { ...greeter, command: '/no/such/plugin' }, 'spawn', '/no/such/plugin ENOENT'],
    ['a command that cannot be run', { ...greeter, command: fixture('greeter') }, 'spawn', 'EACCES'],
    ['a start that was given up before', { ...silent, signal: AbortSignal.abort() }, 'aborted', 'the caller gave up'],
  ])('%s', async (_, given, code, message) => {
    const directory = createDirectory();
    await expect(startPlugin({ ...given, env: { TMPDIR: directory } })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(processIdsIn(directory)).toEqual([]);
  });
});
