import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Client, type ClientConfig, createLogger } from '../../src/goplugin/index.ts';
import { generateCertificate } from '../../src/goplugin/mtls.ts';
import { createDirectory, fixture, handshake, processIdsIn, recordsIn } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 60_000 });

const clients = new Set<Client>();
let log = '';

afterEach(async () => {
  await Promise.all([...clients].map((client) => client.kill()));
  clients.clear();
  log = '';
  vi.unstubAllEnvs();
});

const versionedPlugins = { 2: { itself: (connection: unknown) => connection } };

function create(given: Partial<ClientConfig>): Client {
  const logger = createLogger({
    name: 'host',
    write: (line) => {
      log += line;
    },
  });
  const command = given.reattach === undefined ? { command: process.execPath } : {};
  const config = { ...command, handshake, versionedPlugins, logger, ...given };
  const client = new Client(config as ClientConfig);
  clients.add(client);
  return client;
}

describe('the environment of a plugin', () => {
  async function seen(given: Partial<ClientConfig>): Promise<Record<string, string>> {
    const client = create({ args: [fixture('host-prints-env')], ...given } as Partial<ClientConfig>);
    await client.start().catch(() => undefined);
    return JSON.parse(String(recordsIn(log).at(-1)?.['@message']));
  }

  test('is the host’s own, with what is given and what the protocol sets', async () => {
    vi.stubEnv('FROM_HOST', 'host');
    vi.stubEnv('FROM_BOTH', 'host');
    vi.stubEnv('PLUGIN_MIN_PORT', '1');
    const env = { FROM_BOTH: 'given', PLUGIN_PROTOCOL_VERSIONS: '9', GREETER_COOKIE: 'goodbye' };
    expect(await seen({ env, versionedPlugins: { 2: {}, 10: {} } })).toMatchObject({
      FROM_HOST: 'host',
      FROM_BOTH: 'given',
      GREETER_COOKIE: 'hello',
      PLUGIN_PROTOCOL_VERSIONS: '2,10',
      PLUGIN_MIN_PORT: '10000',
      PLUGIN_MAX_PORT: '25000',
    });
  });

  test('is only what is given, and what the protocol sets, where the host’s is skipped', async () => {
    expect(await seen({ env: { GIVEN: 'yes' }, skipHostEnv: true, minPort: 20_000, maxPort: 20_010 })).toEqual({
      GIVEN: 'yes',
      GREETER_COOKIE: 'hello',
      PLUGIN_PROTOCOL_VERSIONS: '2',
      PLUGIN_MIN_PORT: '20000',
      PLUGIN_MAX_PORT: '20010',
    });
  });

  test('has nothing of what a host that is a plugin itself was asked for', async () => {
    for (const name of ['CLIENT_CERT', 'MULTIPLEX_GRPC', 'UNIX_SOCKET_DIR', 'UNIX_SOCKET_GROUP']) {
      vi.stubEnv(`PLUGIN_${name}`, 'not for others');
    }
    const env = await seen({ env: { PLUGIN_CLIENT_CERT: 'nor this' } });
    expect(Object.keys(env).filter((name) => name.startsWith('PLUGIN_'))).toEqual([
      'PLUGIN_PROTOCOL_VERSIONS',
      'PLUGIN_MIN_PORT',
      'PLUGIN_MAX_PORT',
    ]);
  });

  test('names the directory and the group of sockets, and the certificate', async () => {
    const directory = createDirectory();
    const group = String(process.getgid?.());
    expect(await seen({ unixSocket: { directory, group }, autoMtls: true })).toMatchObject({
      PLUGIN_UNIX_SOCKET_DIR: expect.stringContaining(path.join(directory, 'plugin-dir')),
      PLUGIN_UNIX_SOCKET_GROUP: group,
      PLUGIN_CLIENT_CERT: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/),
    });
  });
});

describe('the working directory and the command of a plugin', () => {
  test('a path is taken from the working directory on', async () => {
    const cwd = createDirectory();
    writeFileSync(path.join(cwd, 'plugin.sh'), '#!/bin/sh\npwd >&2\n');
    chmodSync(path.join(cwd, 'plugin.sh'), 0o755);
    const client = create({ command: './plugin.sh', cwd });
    await expect(client.start()).rejects.toThrow(`Its last lines on stderr:\n${cwd}`);
  });

  test('a name is looked up in the PATH that the plugin sees', async () => {
    const directory = createDirectory();
    symlinkSync(process.execPath, path.join(directory, 'my-node'));
    const env = { PATH: `/no/such/directory:${directory}`, TMPDIR: directory };
    const client = create({ command: 'my-node', args: [fixture('greeter')], env, skipHostEnv: true });
    expect(await client.start()).toMatchObject({ kind: 'ready' });
  });
});

describe('the checksum of an executable', () => {
  function copyOfSh(): { file: string; digest: string } {
    const file = path.join(createDirectory(), 'sh');
    copyFileSync('/bin/sh', file);
    return { file, digest: createHash('sha256').update(readFileSync(file)).digest('hex') };
  }

  // The shell starts, and has something to say: no handshake.
  const ran = { code: 'exited', message: expect.stringContaining('the plugin ran') };
  const args = ['-c', 'echo the plugin ran >&2'];

  test.each(['hexadecimal digits', 'HEXADECIMAL DIGITS', 'bytes'])(
    'lets the right one start, told by %s',
    async (kind) => {
      const { file, digest } = copyOfSh();
      const forms: Record<string, string | Uint8Array> = {
        'hexadecimal digits': digest,
        'HEXADECIMAL DIGITS': digest.toUpperCase(),
        bytes: Buffer.from(digest, 'hex'),
      };
      const checksum = { algorithm: 'sha256', digest: forms[kind] ?? '' };
      await expect(create({ command: file, args, checksum }).start()).rejects.toMatchObject(ran);
    },
  );

  test('refuses another one before it is started, and names both', async () => {
    const { file, digest } = copyOfSh();
    const expected = `${digest.startsWith('0') ? '1' : '0'}${digest.slice(1)}`;
    const client = create({ command: file, args, checksum: { algorithm: 'sha256', digest: expected } });
    await expect(client.start()).rejects.toMatchObject({
      code: 'checksum',
      message: expect.stringContaining(`the sha256 of ${file} is ${digest}, expected ${expected}`),
    });
    expect(log).toBe('');
  });

  test('is of the file that is found in PATH, and this very file is started', async () => {
    const { file, digest } = copyOfSh();
    const env = { PATH: `${path.dirname(file)}:/usr/bin:/bin` };
    const right = create({ command: 'sh', args, env, checksum: { algorithm: 'sha256', digest } });
    await expect(right.start()).rejects.toMatchObject(ran);
    writeFileSync(file, '#!/bin/sh\n');
    const wrong = create({ command: 'sh', args, env, checksum: { algorithm: 'sha256', digest } });
    await expect(wrong.start()).rejects.toMatchObject({ code: 'checksum', message: expect.stringContaining(file) });
  });

  test('is of no file where there is none', async () => {
    const checksum = { algorithm: 'sha512', digest: '00'.repeat(64) };
    await expect(create({ command: '/no/such/plugin', checksum }).start()).rejects.toMatchObject({
      code: 'spawn',
      message: expect.stringContaining('cannot read /no/such/plugin for its checksum'),
    });
    await expect(create({ command: createDirectory(), checksum }).start()).rejects.toMatchObject({ code: 'spawn' });
  });

  test('is given up with the start', async () => {
    const { file, digest } = copyOfSh();
    const client = create({ command: file, args, checksum: { algorithm: 'sha256', digest } });
    const started = client.start();
    started.catch(() => undefined);
    expect(await client.stop()).toEqual({ code: null, signal: null });
    await expect(started).rejects.toMatchObject({ code: 'aborted' });
    expect(log).toBe('');
  });
});

describe('TLS', () => {
  test('by AutoMTLS is between this host and this plugin', async () => {
    const client = create({ args: [fixture('greeter')], env: { TMPDIR: createDirectory() }, autoMtls: true });
    const { network, address } = await client.start();
    expect(await client.health()).toBe(true);
    expect(() => client.reattachConfig()).toThrow(expect.objectContaining({ code: 'unsupported' }));
    const stranger = create({ reattach: { network, address, protocolVersion: 2, processId: process.pid, test: true } });
    await expect(stranger.start()).rejects.toMatchObject({ code: 'unreachable' });
    expect(await client.health()).toBe(true);
    expect(await client.stop()).toEqual({ code: 0, signal: null });
  });

  test('by certificates of both sides’ own', async () => {
    const [host, plugin] = await Promise.all([generateCertificate(), generateCertificate()]);
    const env = { TMPDIR: createDirectory(), TLS: JSON.stringify({ ...plugin, trusted: host.certificate }) };
    const tls = { ...host, trusted: plugin.certificate };
    const client = create({ args: [fixture('host-tls')], env, tls });
    const { network, address, processId } = await client.start();
    expect(await client.health()).toBe(true);
    const second = create({ reattach: { network, address, protocolVersion: 2, processId, test: true }, tls });
    await second.start();
    expect(await second.health()).toBe(true);
    await second.stop();
    expect(await client.stop()).toEqual({ code: 0, signal: null });
  });

  test('is refused where the plugin’s certificate is not the one that is trusted', async () => {
    const [host, plugin, other] = await Promise.all(Array.from({ length: 3 }, () => generateCertificate()));
    const directory = createDirectory();
    const env = { TMPDIR: directory, TLS: JSON.stringify({ ...plugin, trusted: host?.certificate }) };
    const tls = { certificate: '', privateKey: '', ...host, trusted: other?.certificate ?? '' };
    const client = create({ args: [fixture('host-tls')], env, tls });
    await expect(client.start()).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('TLS'),
    });
    expect(processIdsIn(directory)).toHaveLength(1);
  });
});
