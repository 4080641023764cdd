import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { Client, type ClientConfig, type ClientState, GoPluginError } from '../../src/goplugin/index.ts';
import { createDirectory, fixture, handshake, isRunning, processIdsIn, socketsIn, until } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 60_000 });

type Given = Partial<ClientConfig>;

/** Whatever the configuration, the plugin's temporary directory is one of the test's own. */
function create(name: string, args: readonly string[] = [], given: Given = {}) {
  const directory = createDirectory();
  const config = {
    command: process.execPath,
    args: [fixture(name), ...args],
    env: { TMPDIR: directory },
    handshake,
    versionedPlugins: { 2: {}, 3: {} },
    unixSocket: { directory },
    ...given,
  } as ClientConfig;
  return { client: new Client(config), directory };
}

async function errorOf(promise: Promise<unknown>): Promise<GoPluginError> {
  const thrown = await promise.then(
    () => new Error('There was no error'),
    (error) => error,
  );
  expect(thrown).toBeInstanceOf(GoPluginError);
  return thrown;
}

describe('a client refuses, and leaves nothing of,', () => {
  const says = (line: string) => ['says', [line]] as const;

  test.each<[string, readonly [string, (readonly string[])?, Given?], string, readonly string[]]>([
    [
      'a plugin that prints something else first',
      ['garbage'],
      'handshake',
      ['cannot read the handshake line', 'stdout: "Welcome to the greeter, version 1.0"', 'belongs on stderr'],
    ],
    ['a line without an end', ['says', ['y'.repeat(100_000)]], 'handshake', [`stdout: "${'y'.repeat(200)}…"`]],
    ['a line that acts on a terminal', says('\u001b[2J|1'), 'handshake', ['stdout: "\\u001b[2J|1"']],
    ['a plugin that closes its stdout', ['host-closes-stdout'], 'handshake', ['closed its stdout without a handshake']],
    [
      'a plugin of another core version',
      says('2|2|unix|/tmp/x|grpc|'),
      'handshake',
      ['speaks core protocol version 2, this host 1', 'stdout: "2|2|unix|/tmp/x|grpc|"', 'rebuild it'],
    ],
    ['an unknown network', says('1|2|vsock|3:1|grpc|'), 'handshake', ['"vsock", expected "unix" or "tcp"']],
    [
      'net/rpc',
      says('1|2|unix|/tmp/x|netrpc|'),
      'unsupported',
      ['it serves "netrpc", this host only "grpc"', 'in Go, set'],
    ],
    ['net/rpc that does not say so', says('1|2|unix|/tmp/x'), 'unsupported', ['it serves "netrpc"']],
    [
      'another version of its protocol',
      says('1|4|unix|/tmp/x|grpc|'),
      'version',
      ['it serves protocol version 4, this host 2, 3', 'versionedPlugins'],
    ],
    [
      'a certificate that it did not ask for',
      says(`1|2|unix|/tmp/x|grpc|${'A'.repeat(60)}`),
      'tls',
      ['it wants TLS, for which this host did not ask', 'Set autoMtls'],
    ],
    [
      'AutoMTLS that gets no certificate',
      ['says', ['1|2|unix|/tmp/x|grpc|'], { autoMtls: true }],
      'tls',
      ['it was asked for AutoMTLS, and its handshake has no certificate', 'Set autoMtls'],
    ],
    [
      'AutoMTLS with a certificate that is none',
      ['says', [`1|2|unix|/tmp/x|grpc|${'A'.repeat(60)}`], { autoMtls: true }],
      'tls',
      ["cannot read the plugin's certificate"],
    ],
    [
      'a plugin that ends early',
      ['exits-early'],
      'exited',
      ['it ended with code 3 before it was ready', 'Its last lines on stderr:\nThe licence has run out'],
    ],
    [
      'a plugin with another cookie',
      ['greeter', [], { handshake: { ...handshake, magicCookieValue: 'x' } }],
      'exited',
      ['it ended with code 1', 'another magic cookie', 'This is a greeter for plugin hosts.'],
    ],
    [
      'a plugin that says nothing',
      ['silent', [], { startTimeoutMs: 1500 }],
      'timeout',
      ['its handshake line on stdout has not come within 1500 ms', 'is flushed', 'waiting for better times'],
    ],
    [
      'a handshake that comes too late',
      ['host-late', ['60000'], { startTimeoutMs: 1500 }],
      'timeout',
      ['its handshake line on stdout has not come within 1500 ms', 'longer startTimeoutMs'],
    ],
    [
      'a plugin that never answers',
      ['mute', [], { startTimeoutMs: 1500 }],
      'timeout',
      ['the answer to its first health check has not come within 1500 ms', 'stdout: "1|2|tcp|127.0.0.1:'],
    ],
    [
      'a socket that is not there',
      says('1|2|unix|/no/such/socket|grpc|'),
      'unreachable',
      ['cannot connect to unix:/no/such/socket', 'ENOENT', 'listens before it prints'],
    ],
    [
      'a port at which nobody listens',
      says('1|2|tcp|127.0.0.1:1|grpc|'),
      'unreachable',
      ['127.0.0.1:1', 'ECONNREFUSED'],
    ],
    [
      'a plugin that ends right after its handshake',
      ['host-dies-early'],
      'exited',
      ['it ended with code 4 right after its handshake', 'a bad start'],
    ],
    [
      'a plugin that is not well',
      ['host-unwell'],
      'unhealthy',
      ['says that it does not serve', 'has to answer SERVING'],
    ],
  ])('%s', async (_, [name, args, given], code, parts) => {
    const { client, directory } = create(name, args, given);
    const error = await errorOf(client.start());
    expect(error.code).toBe(code);
    expect(error.message).toContain(`Cannot start the plugin ${process.execPath}: `);
    for (const part of parts) {
      expect(error.message).toContain(part);
    }
    expect(client.state).toMatchObject({ kind: 'exited', error });
    expect(await client.exited).toEqual(client.state.kind === 'exited' && client.state.exit);
    expect(processIdsIn(directory).filter(isRunning)).toEqual([]);
    expect(socketsIn(directory)).toEqual([]);
    expect(await errorOf(client.start())).toBe(error);
    expect(await errorOf(client.health())).toMatchObject({ code: 'state' });
  });

  test('a start that its caller gives up', async () => {
    const caller = new AbortController();
    const { client, directory } = create('silent', [], { signal: caller.signal });
    const started = client.start();
    expect(await until(() => processIdsIn(directory).length === 1, 20_000)).toBe(true);
    expect(client.state.kind).toBe('handshaking');
    caller.abort(new Error('no time'));
    expect(await errorOf(started)).toMatchObject({ code: 'aborted', cause: { message: 'no time' } });
    expect(processIdsIn(directory).filter(isRunning)).toEqual([]);
    expect(socketsIn(directory)).toEqual([]);
  });

  test.each(['stop', 'kill'] as const)('a start that is ended by %s()', async (method) => {
    const { client, directory } = create('silent');
    const started = client.start();
    started.catch(() => undefined);
    expect(await until(() => processIdsIn(directory).length === 1, 20_000)).toBe(true);
    expect(await client[method]()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await errorOf(started)).toMatchObject({ code: 'aborted' });
    expect(client.state).toMatchObject({ kind: 'exited', error: { code: 'aborted' } });
    expect(processIdsIn(directory).filter(isRunning)).toEqual([]);
    expect(socketsIn(directory)).toEqual([]);
  });

  test('a start that was given up before, and starts no process', async () => {
    const kinds: string[] = [];
    const onStateChange = ({ kind }: ClientState) => kinds.push(kind);
    const { client, directory } = create('silent', [], { signal: AbortSignal.abort(), onStateChange });
    expect(await errorOf(client.start())).toMatchObject({ code: 'aborted' });
    expect(kinds).toEqual(['exited']);
    expect(processIdsIn(directory)).toEqual([]);
    expect(socketsIn(directory)).toEqual([]);
  });

  test('a start after its end', async () => {
    const { client, directory } = create('silent');
    expect(await client.stop()).toEqual({ code: null, signal: null });
    expect(client.state).toEqual({ kind: 'exited', exit: { code: null, signal: null } });
    expect(await errorOf(client.start())).toMatchObject({ code: 'aborted' });
    expect(processIdsIn(directory)).toEqual([]);
  });

  test.each([
    ['says that it does not', '1|2|unix|/nowhere|grpc||false', '"false"'],
    ['does not know of it', '1|2|unix|/nowhere|grpc|', 'nothing of it'],
  ])('multiplexing with a plugin that %s', async (_, line, answer) => {
    const { client, directory } = create('says', [line], { multiplex: true });
    expect(await errorOf(client.start())).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(`(multiplexing): its handshake says ${answer}`),
    });
    expect(processIdsIn(directory).filter(isRunning)).toEqual([]);
  });
});

describe('a client that cannot start a file says', () => {
  const write = (content: string | Buffer, mode = 0o755) => {
    const file = path.join(createDirectory(), 'plugin-file');
    writeFileSync(file, content);
    chmodSync(file, mode);
    return file;
  };
  // As far as a system reads to know for which machine it is.
  const elf = Buffer.alloc(64);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  elf.writeUInt16LE(2, 16);

  const foreign = (machine: number) => {
    const bytes = Buffer.from(elf);
    bytes.writeUInt16LE(machine, 18);
    return bytes;
  };
  const otherMachine = process.arch === 'arm64' ? 62 : 183;

  test.each<[string, () => string, readonly string[]]>([
    ['that it is not there', () => '/no/such/plugin', ['ENOENT', 'There is no file /no/such/plugin']],
    ['that it is a directory', () => createDirectory(), ['is no file']],
    [
      'that it must not be executed',
      () => write('#!/bin/sh\n', 0o644),
      ['EACCES', 'must not be executed: its mode is 644'],
    ],
    ['that PATH does not have it', () => 'no-such-plugin', ['no directory in its PATH has a file "no-such-plugin"']],
    [
      'that its interpreter is missing',
      () => write('#!/no/such/interpreter -x\n'),
      ['ENOENT', 'is executed by /no/such/interpreter, which is not there'],
    ],
    [
      'that it is built for another machine',
      () => write(foreign(otherMachine)),
      [`is built for ${otherMachine === 62 ? 'x64' : 'arm64'} (ELF), this is linux ${process.arch}`],
    ],
    ['that it is in no format', () => write('exit 9\n'), ['is neither a binary nor a script that begins with #!']],
  ])('%s', async (_, file, parts) => {
    const command = file();
    const { client } = create('silent', [], { command, args: [] });
    const error = await errorOf(client.start());
    expect(['spawn', 'exited', 'handshake']).toContain(error.code);
    expect(error.message).toContain(`Cannot start the plugin ${command}: `);
    for (const part of parts) {
      expect(error.message).toContain(part);
    }
    expect(client.state).toMatchObject({ kind: 'exited', error });
  });

  test('that its working directory is not there', async () => {
    const { client, directory } = create('greeter', [], { cwd: '/no/such/directory' });
    const error = await errorOf(client.start());
    expect(error).toMatchObject({
      code: 'spawn',
      message: expect.stringContaining('directory /no/such/directory does not exist'),
    });
    expect(socketsIn(directory)).toEqual([]);
    expect(existsSync(directory)).toBe(true);
  });

  test('that an argument cannot be passed', async () => {
    const { client } = create('greeter', ['a\0b']);
    expect(await errorOf(client.start())).toMatchObject({
      code: 'spawn',
      message: expect.stringContaining('null bytes'),
    });
  });
});

test('a plugin without any service of go-plugin is used all the same', async () => {
  const { client } = create('host-without-services');
  expect(await client.start()).toMatchObject({ kind: 'ready', network: 'tcp' });
  expect(await errorOf(client.health())).toMatchObject({
    code: 'unhealthy',
    message: expect.stringContaining('UNIMPLEMENTED'),
  });
  expect(await client.stop()).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a plugin whose health service does not know the name is used all the same', async () => {
  const { client } = create('host-unwell', ['unknown']);
  expect(await client.start()).toMatchObject({ kind: 'ready' });
  expect(await errorOf(client.health())).toMatchObject({
    code: 'unhealthy',
    message: expect.stringContaining('NOT_FOUND'),
  });
});

test('a plugin may be late, within its time', async () => {
  const { client } = create('host-late', ['1000']);
  expect(await client.start()).toMatchObject({ kind: 'ready' });
  await client.stop();
});
