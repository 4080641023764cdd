import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import greeterGrpc from '../../examples/generated/hello_grpc_pb.js';
import streamerGrpc from '../../examples/generated/streamer_grpc_pb.js';
import streamerPb from '../../examples/generated/streamer_pb.js';
import {
  Client,
  type ClientConfig,
  type ClientState,
  type Connection,
  createLogger,
  type UnixSocketConfig,
} from '../../src/goplugin/index.ts';
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

// Others may use the machine as well.
vi.setConfig({ testTimeout: 60_000 });

const greeter = { greeter: (connection: Connection) => connection.client(greeterGrpc.GreeterClient) };
const itself = { itself: (connection: Connection) => connection };
const versionedPlugins = { 2: itself, 10: { ...itself, ...greeter } };

type Config = ClientConfig<typeof versionedPlugins> & { readonly command: string };
type Given = Partial<Config> & { readonly args?: readonly string[] };

const clients = new Set<Client<typeof versionedPlugins>>();
let log = '';

afterEach(async () => {
  await Promise.all([...clients].map((client) => client.kill()));
  clients.clear();
  log = '';
});

const logger = createLogger({
  name: 'host',
  level: 'trace',
  write: (line) => {
    log += line;
  },
});

function create(name: string, given: Given = {}): Client<typeof versionedPlugins> {
  const { args = [], ...rest } = given;
  const config = {
    command: process.execPath,
    args: [fixture(name), ...args],
    env: { TMPDIR: createDirectory() },
    handshake,
    versionedPlugins,
    logger,
    ...rest,
  };
  const client = new Client(config as Config);
  clients.add(client);
  return client;
}

async function start(name: string, given?: Given): Promise<Client<typeof versionedPlugins>> {
  const client = create(name, given);
  await client.start();
  return client;
}

describe('a client', () => {
  test('starts a plugin, calls it, and stops it in order', async () => {
    const states: ClientState[] = [];
    const directory = createDirectory();
    const client = create('greeter', { env: { TMPDIR: directory }, onStateChange: (state) => states.push(state) });
    expect(client.state).toEqual({ kind: 'launching' });
    const ready = await client.start();
    expect(ready).toMatchObject({ kind: 'ready', protocolVersion: 10, network: 'unix' });
    expect(client.state).toEqual(ready);
    expect(await client.health()).toBe(true);
    expect(await sayHello(client.dispense('itself'), 'Ada')).toBe('Good day, Ada');

    const stopped = client.stop();
    expect(client.state).toEqual({ ...ready, kind: 'draining' });
    expect(await stopped).toEqual({ code: 0, signal: null });
    expect(await client.exited).toEqual({ code: 0, signal: null });
    expect(client.state).toEqual({ kind: 'exited', exit: { code: 0, signal: null } });
    expect(socketsIn(directory)).toEqual([]);
    const { processId } = ready;
    expect(states).toEqual([
      { kind: 'handshaking', processId },
      ready,
      { ...ready, kind: 'draining' },
      { kind: 'exited', exit: { code: 0, signal: null } },
    ]);
  });

  test('starts, stops and kills once, however often it is asked', async () => {
    const directory = createDirectory();
    const client = create('greeter', { env: { TMPDIR: directory } });
    const started = client.start();
    expect(client.start()).toBe(started);
    expect(await client.start()).toEqual(await started);
    expect(processIdsIn(directory)).toHaveLength(1);
    const exits = await Promise.all([client.stop(), client.stop()]);
    expect([...exits, await client.kill(), await client.stop()]).toEqual(Array(4).fill({ code: 0, signal: null }));
    expect(await client.start()).toEqual(await started);
  });

  test('dispenses what the chosen version has, and says what that is', async () => {
    const client = create('greeter');
    expect(() => client.dispense('itself')).toThrow(
      expect.objectContaining({ code: 'state', message: expect.stringContaining('is not ready but launching') }),
    );
    await client.start();
    expect(client.dispense('greeter')).toBeInstanceOf(greeterGrpc.GreeterClient);
    expectTypeOf(client.dispense('greeter')).toEqualTypeOf<InstanceType<typeof greeterGrpc.GreeterClient>>();
    expect(client.dispense('greeter')).not.toBe(client.dispense('greeter'));
    for (const name of ['reader', 'constructor']) {
      // @ts-expect-error: the compiler knows the names.
      expect(() => client.dispense(name)).toThrow(
        expect.objectContaining({
          code: 'config',
          message: `Cannot dispense "${name}": version 10 has itself, greeter`,
        }),
      );
    }
  });

  test('gives nothing of a plugin that is gone', async () => {
    const client = await start('greeter');
    const connection = client.dispense('itself');
    await client.stop();
    const gone = expect.objectContaining({
      code: 'state',
      message: expect.stringContaining('is not ready but exited'),
    });
    expect(() => client.dispense('itself')).toThrow(gone);
    expect(() => client.broker).toThrow(gone);
    expect(() => client.reattachConfig()).toThrow(gone);
    await expect(client.health()).rejects.toEqual(gone);
    await expect(sayHello(connection, 'Ada')).rejects.toThrow('Channel has been shut down');
  });

  test('connects over loopback where the plugin listens there, whatever proxy is set', async () => {
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    // A socket in it would have too long a path.
    const client = await start('greeter', { env: { TMPDIR: makeLong(createDirectory()) } });
    vi.unstubAllEnvs();
    expect(client.state).toMatchObject({ network: 'tcp' });
    expect(await sayHello(client.dispense('itself'), 'Ada')).toBe('Good day, Ada');
  });

  test('passes on what the plugin prints on both channels, and what it logs', async () => {
    const output = { stdout: '', stderr: '' };
    const client = await start('greeter', {
      args: ['syncs-stderr'],
      onOutput: (stream, bytes) => {
        output[stream] += Buffer.from(bytes).toString();
      },
    });
    const connection = client.dispense('itself');
    await sayHello(connection, 'print');
    await sayHello(connection, 'complain');
    await sayHello(connection, 'reject');
    expect(await until(() => output.stdout === 'early\nprinted by the plugin\n', 5000)).toBe(true);
    expect(await until(() => output.stderr === 'the plugin complains\n', 5000)).toBe(true);
    expect(await until(() => log.includes('Unhandled rejection'), 5000)).toBe(true);
    expect(recordsIn(log)).toEqual([
      expect.objectContaining({ '@level': 'error', '@message': 'Unhandled rejection', module: 'plugin' }),
    ]);
  });

  test('survives a flood on stdout after the handshake, and does not keep its writer waiting', async () => {
    const client = await start('host-floods-stdout');
    expect(await until(() => log.includes('flooded'), 20_000)).toBe(true);
    expect(await client.health()).toBe(true);
  });

  test('survives a flood on stderr, with a line that has no end', async () => {
    const lines = { short: 0, pieces: 0 };
    const counting = createLogger({
      name: 'host',
      write: (line) => {
        lines.short += line.includes('yyy') ? 1 : 0;
        lines.pieces += line.includes('zzz') ? 1 : 0;
      },
    });
    await start('host-floods-stderr', { logger: counting });
    expect(await until(() => lines.pieces === 128, 5000)).toBe(true);
    expect(lines.short).toBe(8192);
  });
});

describe('the end of a plugin', () => {
  test('by itself is told with its reason, and calls that run fail', async () => {
    const directory = createDirectory();
    const client = await start('greeter', { env: { TMPDIR: directory } });
    const call = sayHello(client.dispense('itself'), 'never');
    call.catch(() => undefined);
    await sayHello(client.dispense('itself'), 'throw').catch(() => undefined);
    expect(await client.exited).toEqual({ code: 1, signal: null });
    const error = expect.objectContaining({
      code: 'exited',
      message: expect.stringMatching(
        /node ended with code 1, which nobody had asked for\nIts last lines on stderr:\n.*nobody catches this/s,
      ),
    });
    expect(client.state).toEqual({ kind: 'exited', exit: { code: 1, signal: null }, error });
    await expect(call).rejects.toMatchObject({ code: expect.any(Number) });
    expect(await client.stop()).toEqual({ code: 1, signal: null });
    expect(socketsIn(directory)).toEqual([]);
  });

  test.each([
    ['SIGKILL', { code: null, signal: 'SIGKILL' }],
    ['3', { code: 3, signal: null }],
  ])('in the middle of a stream is an error of the stream: %s', async (how, exit) => {
    const directory = createDirectory();
    const client = await start('host-dies', { args: [how], env: { TMPDIR: directory } });
    const streamer = client.dispense('itself').client(streamerGrpc.StreamerServiceClient);
    const stream = streamer.read(new streamerPb.Read.Request());
    let pieces = '';
    const ended = new Promise<unknown>((resolve) => {
      stream.on('error', resolve);
      stream.on('end', () => resolve('a good end'));
    });
    stream.on('data', (chunk: streamerPb.Read.ResponseChunk) => {
      pieces += Buffer.from(chunk.getReadBytes_asU8()).toString();
      if (pieces.length === 15) {
        streamer.configure(new streamerPb.Configure.Request(), () => undefined);
      }
    });
    expect(await ended).toMatchObject({ code: status.UNAVAILABLE });
    expect(pieces).toBe('piecepiecepiece');
    expect(await client.exited).toEqual(exit);
    expect(client.state).toMatchObject({
      error: { message: expect.stringContaining(`the disk is full, so it is ${how}`) },
    });
    expect(socketsIn(directory)).toEqual([]);
  });

  test('comes two seconds after it was asked to, where it answers and stays', async () => {
    const directory = createDirectory();
    const client = await start('stubborn', { env: { TMPDIR: directory } });
    expect(await client.stop()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(log).toContain('The plugin did not end in time and is killed');
    expect(socketsIn(directory)).toEqual([]);
  });

  test('comes by a kill where it does not answer any more', async () => {
    const client = await start('greeter');
    const { processId } = await client.start();
    process.kill(processId, 'SIGSTOP');
    expect(await client.stop()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(log).toContain('The plugin gives no answer when asked to end');
  });

  test('comes at once by kill(), also while it is asked to end', async () => {
    const directory = createDirectory();
    const client = await start('stubborn', { env: { TMPDIR: directory } });
    const stopped = client.stop();
    expect(await client.kill()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await stopped).toEqual({ code: null, signal: 'SIGKILL' });
    expect(log).not.toContain('in time');
    expect(socketsIn(directory)).toEqual([]);
  });

  test('is not held up by a process that it leaves behind with its pipes', async () => {
    const directory = createDirectory();
    const client = await start('host-forks', { env: { TMPDIR: directory } });
    expect(await client.stop()).toEqual({ code: 0, signal: null });
    expect(processIdsIn(directory).filter(isRunning)).toHaveLength(1);
  });
});

describe('where sockets go', () => {
  test('is a directory of the plugin’s own, which goes with it', async () => {
    const directory = createDirectory();
    const client = await start('greeter', { unixSocket: { directory } });
    const { address } = await client.start();
    const own = path.dirname(address);
    expect(path.dirname(own)).toBe(directory);
    expect(statSync(own).mode & 0o777).toBe(0o700);
    await client.broker.acceptAndServe(client.broker.nextId(), []);
    expect(readdirSync(own)).toHaveLength(2);
    await client.kill();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('is open to a group that is named, and nobody else', async () => {
    const directory = createDirectory();
    const group = String(process.getgid?.());
    const client = await start('greeter', { unixSocket: { directory, group } });
    const { address } = await client.start();
    expect(statSync(path.dirname(address)).mode & 0o777).toBe(0o770);
    expect(statSync(address).mode & 0o777).toBe(0o660);
    expect(String(statSync(address).gid)).toBe(group);
    await client.stop();
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each<[string, (parent: string) => UnixSocketConfig, string]>([
    ['that is not there', (parent) => ({ directory: path.join(parent, 'missing') }), 'missing: ENOENT'],
    [
      'of a group that is not there',
      (directory) => ({ directory, group: 'no-such-group' }),
      'for the group no-such-group',
    ],
    ['whose path is too long', (parent) => ({ directory: makeLong(parent) }), 'a socket in it would have a path of 1'],
  ])('is no directory %s', async (_, unixSocket, why) => {
    const parent = createDirectory();
    const client = create('greeter', { unixSocket: unixSocket(parent) });
    await expect(client.start()).rejects.toMatchObject({ code: 'listen', message: expect.stringContaining(why) });
    expect(client.state).toMatchObject({ kind: 'exited', exit: { code: null, signal: null } });
    expect(readdirSync(parent, { recursive: true }).filter((name) => String(name).includes('plugin'))).toEqual([]);
  });
});

function makeLong(parent: string): string {
  const directory = path.join(parent, 'd'.repeat(100));
  mkdirSync(directory);
  return directory;
}

test('many clients at once share nothing, and no listener is one too many', async () => {
  const warnings: string[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning.message);
  process.on('warning', onWarning);
  const { signal } = new AbortController();
  const directory = createDirectory();
  const all = await Promise.all(
    Array.from({ length: 12 }, () =>
      start('greeter', { signal, env: { TMPDIR: directory }, unixSocket: { directory } }),
    ),
  );
  const answers = await Promise.all(all.map((client, index) => sayHello(client.dispense('itself'), String(index))));
  expect(answers).toEqual(all.map((_, index) => `Good day, ${index}`));
  const exits = await Promise.all(all.map((client) => client.stop()));
  expect(exits).toEqual(Array(12).fill({ code: 0, signal: null }));
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  expect(processIdsIn(directory)).toHaveLength(12);
  expect(processIdsIn(directory).filter(isRunning)).toEqual([]);
  expect(socketsIn(directory)).toEqual([]);
});
