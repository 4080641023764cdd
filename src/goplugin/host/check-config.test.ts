import { describe, expect, test } from 'vitest';
import { generateCertificate } from '../mtls.ts';
import { checkConfig } from './check-config.ts';
import { type ClientConfig, launchOptions } from './config.ts';

const launch = {
  command: 'plugin',
  handshake: { magicCookieKey: 'KEY', magicCookieValue: 'value' },
  versionedPlugins: { 2: {} },
} satisfies ClientConfig;
const reattach = { network: 'unix', address: '/tmp/x', protocolVersion: 2, processId: 1, test: false } as const;
const tls = { certificate: 'x', privateKey: 'x', trusted: 'x' };
const sha256 = { algorithm: 'sha256', digest: '00'.repeat(32) };

const check = (given: object, platform: NodeJS.Platform = 'linux') =>
  checkConfig({ ...launch, ...given } as ClientConfig, platform);

describe('checkConfig()', () => {
  test.each<[string, object]>([
    ['a command', {}],
    [
      'all that a start can heed',
      { ...launch, autoMtls: true, minPort: 0, maxPort: 65_535, checksum: sha256, multiplex: true },
    ],
    ['reattach', { command: undefined, reattach }],
    ['the longest time', { startTimeoutMs: 2 ** 31 - 1 }],
  ])('takes %s', (_, given) => {
    expect(() => check(given)).not.toThrow();
  });

  test.each<[string, object, string]>([
    [
      'a cookie without a key',
      { handshake: { magicCookieKey: '', magicCookieValue: 'x' } },
      'the magic cookie has no key or no value',
    ],
    [
      'a cookie without a value',
      { handshake: { magicCookieKey: 'x', magicCookieValue: '' } },
      'the magic cookie has no key or no value',
    ],
    ['no versions', { versionedPlugins: {} }, 'versionedPlugins names no version'],
    ['a version that is none', { versionedPlugins: { '1.5': {} } }, '"1.5" in versionedPlugins is no protocol version'],
    ['no time', { startTimeoutMs: 0 }, 'startTimeoutMs is 0, expected a number from 1 to 2147483647'],
    ['endless time', { startTimeoutMs: Number.POSITIVE_INFINITY }, 'startTimeoutMs is Infinity'],
    ['neither command nor reattach', { command: undefined }, 'it needs a command, or reattach'],
    ['an empty command', { command: '' }, 'it needs a command'],
    ['a port that is none', { maxPort: 65_536 }, 'a port is 65536, expected a number from 0 to 65535'],
    ['a port that is no number', { minPort: Number.NaN }, 'a port is NaN'],
    ['a range that is turned around', { minPort: 30_000 }, 'minPort 30000 is more than maxPort 25000'],
    ['an algorithm that is none', { checksum: { ...sha256, algorithm: 'sha257' } }, 'knows no algorithm "sha257"'],
    ['a digest that is too short', { checksum: { ...sha256, digest: '00' } }, 'has 1 bytes, one of sha256 has 32'],
    [
      'every process at once',
      { command: undefined, reattach: { ...reattach, processId: -1 } },
      'Pid is -1, expected the id',
    ],
    ['this host and its children', { command: undefined, reattach: { ...reattach, processId: 0 } }, 'Pid is 0'],
    ['a place that is none', { command: undefined, reattach: { ...reattach, address: '' } }, 'Addr.String is ""'],
    ['no digest', { checksum: { ...sha256, digest: new Uint8Array() } }, 'has 0 bytes'],
    [
      'a digest with half a byte',
      { checksum: { ...sha256, digest: '0'.repeat(63) } },
      'no hexadecimal number of whole bytes',
    ],
    [
      'a digest with other digits',
      { checksum: { ...sha256, digest: 'xy'.repeat(32) } },
      'no hexadecimal number of whole bytes: "xy',
    ],
  ])('refuses %s', (_, given, why) => {
    expect(() => check(given)).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(why) }),
    );
  });

  test('refuses certificates that cannot be read', () => {
    expect(() => check({ tls })).toThrow(expect.objectContaining({ code: 'tls' }));
  });

  test('refuses AutoMTLS together with certificates of the host’s own', async () => {
    const own = await generateCertificate();
    const given = { tls: { ...own, trusted: own.certificate } };
    expect(() => check(given)).not.toThrow();
    expect(() => check({ ...given, autoMtls: true })).toThrow('only one of the two can be set');
  });

  test('refuses socket directories on Windows', () => {
    expect(() => check({ unixSocket: {} }, 'win32')).toThrow('unixSocket is not for Windows');
  });

  test.each(Object.keys(launchOptions))('refuses reattach together with %s', (name) => {
    const given = { command: undefined, reattach, [name]: true };
    expect(() => check(given)).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(`cannot heed ${name}`) }),
    );
  });
});
