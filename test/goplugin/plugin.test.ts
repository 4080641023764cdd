import { createServer } from 'node:net';
import path from 'node:path';
import { status } from '@grpc/grpc-js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import { describe, expect, test } from 'vitest';
import stdioGrpc from '../../src/generated/goplugin/grpc_stdio_grpc_pb.js';
import type stdioPb from '../../src/generated/goplugin/grpc_stdio_pb.js';
import { parseRecord } from '../../src/goplugin/hclog.ts';
import { requestShutdown } from '../../src/goplugin/host/calls.ts';
import { createDirectory, recordsIn, socketsIn, start, startGreeter, until } from './processes.ts';

type Greeter = Awaited<ReturnType<typeof startGreeter>>;

describe('a plugin that is started by hand', () => {
  test.each<[string, Record<string, string>]>([
    ['without a cookie', {}],
    ['with another cookie', { GREETER_COOKIE: 'goodbye' }],
    ['with a second cookie value', { GREETER_COOKIE: 'hello,goodbye' }],
  ])('explains itself in two lines and ends with 1: %s', async (_, env) => {
    const { exited, stdout, stderr } = start('greeter', env);
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(stdout()).toBe('');
    expect(stderr()).toBe('This is a greeter for plugin hosts.\nPut it into the folder of plugins of your host.\n');
  });
});

describe('a plugin that its host starts', () => {
  test('prints one line on stdout, whatever else it prints', async () => {
    const { answer, sayHello, stdout, directory } = await startGreeter();
    expect(await sayHello('print')).toBe('printed');
    expect(await sayHello('Ada')).toBe('Hello, Ada');
    expect(stdout()).toBe(`1|2|unix|${answer.address}|grpc|\n`);
    expect(path.dirname(answer.address)).toBe(directory);
  });

  test('compares versions as numbers, and serves the set of the one it chose', async () => {
    const { answer, sayHello } = await startGreeter({ PLUGIN_PROTOCOL_VERSIONS: '2,9,10' });
    expect(answer.protocolVersion).toBe(10);
    expect(await sayHello('Ada')).toBe('Good day, Ada');
  });

  test('tells its lowest version to a host that knows none of them', async () => {
    const { answer } = await startGreeter({ PLUGIN_PROTOCOL_VERSIONS: '3' });
    expect(answer.protocolVersion).toBe(2);
  });

  test('says that it multiplexes to a host that asks', async () => {
    expect((await startGreeter({ PLUGIN_MULTIPLEX_GRPC: 'true' })).answer.multiplex).toBe(true);
  });

  test('refuses a host whose certificate cannot be read, without a handshake', async () => {
    const { exited, stdout, stderr } = start('greeter', { GREETER_COOKIE: 'hello', PLUGIN_CLIENT_CERT: 'PEM' });
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(stdout()).toBe('');
    expect(recordsIn(stderr())).toEqual([
      expect.objectContaining({
        '@level': 'error',
        '@message': expect.stringContaining('PLUGIN_CLIENT_CERT'),
        code: 'tls',
      }),
    ]);
  });

  test.each([
    ['is too long', (directory: string) => path.join(directory, 'd'.repeat(100))],
    ['is missing', (directory: string) => path.join(directory, 'missing')],
    // Nobody can make a file there, root included, who is not kept out by a directory's mode.
    ['cannot be written', () => '/proc'],
  ])('listens on loopback where the socket directory %s', async (_, where) => {
    const socketDir = where(createDirectory());
    const { answer, sayHello, stderr } = await startGreeter({ PLUGIN_UNIX_SOCKET_DIR: socketDir });
    expect(answer.network).toBe('tcp');
    expect(answer.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(await sayHello('Ada')).toBe('Hello, Ada');
    expect(recordsIn(stderr())).toEqual([
      expect.objectContaining({ '@level': 'warn', socketPath: expect.stringContaining(socketDir) }),
    ]);
  });

  test.each([
    ['is exhausted', undefined, 'no port from'],
    ['is nonsense', 'many', 'PLUGIN_MIN_PORT is "many"'],
  ])('ends with 1 and no handshake where the port range %s', async (_, minPort, why) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = String((server.address() as { port: number }).port);
    const { exited, stdout, stderr } = start('greeter', {
      GREETER_COOKIE: 'hello',
      PLUGIN_UNIX_SOCKET_DIR: '/proc',
      PLUGIN_MIN_PORT: minPort ?? port,
      PLUGIN_MAX_PORT: port,
    });
    expect(await exited).toEqual({ code: 1, signal: null });
    server.close();
    expect(stdout()).toBe('');
    expect(recordsIn(stderr())).toEqual([
      expect.objectContaining({ '@level': 'error', '@message': expect.stringContaining(why) }),
    ]);
  });

  test('writes log lines that a host takes for records', async () => {
    const { child, exited, stderr } = await startGreeter();
    child.kill('SIGTERM');
    await exited;
    const lines = stderr().trimEnd().split('\n');
    expect(lines.map((line) => parseRecord(line)?.message)).toEqual(['The plugin ends']);
  });
});

describe('what a plugin prints', () => {
  test('goes to the reader of its stream, from the beginning', async () => {
    const { channel, sayHello } = await startGreeter();
    await sayHello('print');
    const stream = channel.client(stdioGrpc.GRPCStdioClient).streamStdio(new emptyPb.Empty());
    stream.on('error', () => undefined);
    let text = '';
    stream.on('data', (data: stdioPb.StdioData) => {
      text += Buffer.from(data.getData_asU8()).toString();
    });
    expect(await until(() => text === 'early\nprinted by the plugin\n', 5000)).toBe(true);
  });

  test('goes to stderr itself, or to the reader as well where the plugin wants it; log records never do', async () => {
    const plain = await startGreeter();
    await plain.sayHello('complain');
    expect(await until(() => plain.stderr().startsWith('the plugin complains\n'), 5000)).toBe(true);

    const { channel, sayHello, stderr } = await startGreeter({}, ['syncs-stderr']);
    const stream = channel.client(stdioGrpc.GRPCStdioClient).streamStdio(new emptyPb.Empty());
    stream.on('error', () => undefined);
    let text = '';
    stream.on('data', (data: stdioPb.StdioData) => {
      text += `${data.getChannel()}: ${Buffer.from(data.getData_asU8())}`;
    });
    await sayHello('complain');
    expect(await until(() => text === '1: early\n2: the plugin complains\n', 5000)).toBe(true);
    await sayHello('reject');
    await sayHello('log');
    expect(await until(() => stderr().includes('logged'), 5000)).toBe(true);
    expect(recordsIn(stderr())).toEqual([
      expect.objectContaining({ '@message': 'Unhandled rejection', '@module': 'plugin' }),
      expect.objectContaining({ '@message': 'logged by the plugin', '@module': 'greeter' }),
    ]);
  });

  test('takes no memory where nobody reads it, and is said to be lost', async () => {
    const { sayHello, stderr } = await startGreeter();
    const grownMiB = Number(await sayHello('flood'));
    // 256 MiB were printed; what remains is garbage that was not collected yet.
    expect(grownMiB).toBeLessThan(100);
    expect(await sayHello('Ada')).toBe('Hello, Ada');
    expect(recordsIn(stderr())).toEqual([expect.objectContaining({ '@level': 'warn', keptBytes: 262_144 })]);
  });

  test('takes no memory where the reader does not read on', async () => {
    const { channel, sayHello } = await startGreeter();
    const stream = channel.client(stdioGrpc.GRPCStdioClient).streamStdio(new emptyPb.Empty());
    stream.on('error', () => undefined);
    stream.pause();
    expect(Number(await sayHello('flood'))).toBeLessThan(100);
    expect(await sayHello('Ada')).toBe('Hello, Ada');
    stream.cancel();
  });
});

describe('a plugin ends', () => {
  test('by itself after it has answered a shutdown, with 0, and leaves no socket', async () => {
    const { channel, directory, exited } = await startGreeter({}, ['says-goodbye']);
    expect(socketsIn(directory)).toHaveLength(1);
    await requestShutdown(channel, 2000);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(socketsIn(directory)).toEqual([]);
  });

  test('after it has closed what it holds', async () => {
    const { channel, exited, stderr } = await startGreeter({}, ['says-goodbye']);
    await requestShutdown(channel, 2000);
    await exited;
    expect(stderr()).toContain('goodbye');
  });

  test.each([
    ['hangs', 'hangs-at-the-end', 'took more than 500 ms'],
    ['fails', 'fails-at-the-end', 'database is busy'],
  ])('by itself, with 1, where closing %s while a call runs', async (_, argument, why) => {
    const { channel, directory, sayHello, exited, stderr } = await startGreeter({}, [argument]);
    const call = sayHello('never');
    call.catch(() => undefined);
    await sayHello('Ada');
    await requestShutdown(channel, 2000);
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(socketsIn(directory)).toEqual([]);
    expect(stderr()).toContain(why);
    await expect(call).rejects.toMatchObject({ code: status.CANCELLED });
  });

  test.each<[string, (plugin: Greeter) => Promise<unknown>]>([
    ['a shutdown', ({ channel }) => requestShutdown(channel, 2000)],
    ['a signal', async ({ child }) => child.kill('SIGTERM')],
    ['an exception', ({ sayHello }) => sayHello('throw').catch(() => 'gone already')],
  ])('at %s by killing itself, where native work would hold it', async (_, ask) => {
    const plugin = await startGreeter({}, ['is-busy']);
    expect(await plugin.sayHello('digest')).toBe('started');
    await ask(plugin);
    expect(await plugin.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(socketsIn(plugin.directory)).toEqual([]);
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('in order at %s', async (signal) => {
    const { child, directory, exited } = await startGreeter();
    child.kill(signal);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(socketsIn(directory)).toEqual([]);
  });

  test('with 1 and no socket where nobody reads its handshake', async () => {
    const { child, directory, exited, stderr } = start('greeter', { GREETER_COOKIE: 'hello' });
    child.stdout?.destroy();
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(socketsIn(directory)).toEqual([]);
    expect(recordsIn(stderr())).toEqual([expect.objectContaining({ '@message': expect.stringContaining('EPIPE') })]);
  });

  test('not where nobody reads its log', async () => {
    const { child, sayHello } = await startGreeter();
    child.stderr?.destroy();
    expect(await sayHello('reject')).toBe('still here');
    expect(await sayHello('reject')).toBe('still here');
    expect(await sayHello('Ada')).toBe('Hello, Ada');
  });

  test('not at SIGINT, which is left to the host', async () => {
    const { child, sayHello } = await startGreeter();
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await sayHello('Ada')).toBe('Hello, Ada');
    expect(child.exitCode).toBeNull();
  });

  test('with 1, one log record and no socket after an exception that nobody caught', async () => {
    const { directory, sayHello, exited, stderr } = await startGreeter();
    await sayHello('throw').catch(() => undefined);
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(socketsIn(directory)).toEqual([]);
    expect(stderr().trimEnd().split('\n')).toHaveLength(1);
    expect(recordsIn(stderr())).toEqual([
      expect.objectContaining({
        '@level': 'error',
        '@message': 'Uncaught exception',
        error: 'nobody catches this',
        stack: expect.stringContaining('greeter.ts'),
      }),
    ]);
  });

  test('not after a rejection that nobody awaited, which is logged', async () => {
    const { sayHello, stderr } = await startGreeter();
    expect(await sayHello('reject')).toBe('still here');
    expect(await sayHello('Ada')).toBe('Hello, Ada');
    expect(recordsIn(stderr())).toEqual([
      expect.objectContaining({ '@message': 'Unhandled rejection', error: 'nobody awaits this' }),
    ]);
  });
});
