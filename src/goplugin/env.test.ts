import { describe, expect, test } from 'vitest';
import { formatHostWishes, hasCookie, parsePortRange, readHostWishes } from './env.ts';

const handshake = { magicCookieKey: 'KEY', magicCookieValue: 'value' };

describe('hasCookie()', () => {
  test('knows its host', () => {
    expect(hasCookie({ KEY: 'value' }, handshake)).toBe(true);
  });

  test.each([
    ['is missing', {}],
    ['is empty', { KEY: '' }],
    ['has another value', { KEY: 'other' }],
    ['has a second value', { KEY: 'value,other' }],
    ['has the value twice', { KEY: 'value value' }],
    ['only begins alike', { KEY: 'value ' }],
    ['is written in other letters', { KEY: 'VALUE' }],
  ])('refuses a cookie that %s', (_, env) => {
    expect(hasCookie(env, handshake)).toBe(false);
  });
});

describe('readHostWishes()', () => {
  test('reads what a Go host sets', () => {
    const wishes = readHostWishes({
      KEY: 'value',
      PLUGIN_MIN_PORT: '10000',
      PLUGIN_MAX_PORT: '25000',
      PLUGIN_PROTOCOL_VERSIONS: '2,3',
      PLUGIN_MULTIPLEX_GRPC: 'true',
      PLUGIN_UNIX_SOCKET_DIR: '/run/plugins',
      PLUGIN_UNIX_SOCKET_GROUP: 'staff',
      PLUGIN_CLIENT_CERT: '-----BEGIN CERTIFICATE-----',
    });
    expect(wishes).toEqual({
      versions: [2, 3],
      invalidVersions: [],
      minPort: '10000',
      maxPort: '25000',
      clientCert: '-----BEGIN CERTIFICATE-----',
      multiplex: true,
      socketDir: '/run/plugins',
      socketGroup: 'staff',
    });
  });

  test.each([
    ['true', true],
    ['1', true],
    ['T', true],
    ['false', false],
    ['0', false],
    ['yes', false],
  ])('reads the wish to multiplex as Go does: %s', (text, wanted) => {
    expect(readHostWishes({ PLUGIN_MULTIPLEX_GRPC: text }).multiplex).toBe(wanted);
  });

  test('takes an empty variable for one that is not set', () => {
    const names = ['MIN_PORT', 'MAX_PORT', 'PROTOCOL_VERSIONS', 'MULTIPLEX_GRPC', 'UNIX_SOCKET_DIR', 'CLIENT_CERT'];
    const empty = Object.fromEntries(names.map((name) => [`PLUGIN_${name}`, '']));
    expect(readHostWishes(empty)).toEqual(readHostWishes({}));
  });
});

describe('formatHostWishes()', () => {
  const nothing = readHostWishes({});
  const everything = {
    versions: [2, 10],
    minPort: '10000',
    maxPort: '25000',
    clientCert: 'pem',
    multiplex: true,
    socketDir: '/run/plugins',
    socketGroup: 'staff',
  };

  test.each([
    ['all wishes', everything],
    ['none', nothing],
  ])('writes what readHostWishes() and hasCookie() read: %s', (_, wishes) => {
    const env = formatHostWishes(handshake, wishes);
    expect(hasCookie(env, handshake)).toBe(true);
    expect(readHostWishes(env)).toEqual({ ...wishes, invalidVersions: [] });
  });

  test('takes back what the host was itself asked for', () => {
    const env = { ...formatHostWishes(handshake, everything), ...formatHostWishes(handshake, nothing) };
    expect(readHostWishes(env)).toEqual(nothing);
  });
});

describe('parsePortRange()', () => {
  test.each([
    [undefined, undefined, 0, 0],
    ['0', '0', 0, 0],
    ['10000', '25000', 10000, 25000],
    ['65535', '65535', 65535, 65535],
    [undefined, '5', 0, 5],
  ])('reads %s to %s', (minPort, maxPort, min, max) => {
    expect(parsePortRange(minPort, maxPort)).toEqual({ min, max });
  });

  test.each([
    ['a range that is turned around', '2', '1', 'PLUGIN_MIN_PORT 2 is more than PLUGIN_MAX_PORT 1'],
    ['a lower end without an upper one', '10000', undefined, 'PLUGIN_MIN_PORT 10000 is more than PLUGIN_MAX_PORT 0'],
    ['a word', 'http', '1', 'PLUGIN_MIN_PORT is "http"'],
    ['a negative number', '-1', '1', 'PLUGIN_MIN_PORT is "-1"'],
    ['more than there are ports', '1', '65536', 'PLUGIN_MAX_PORT is "65536", expected a number from 0 to 65535'],
    ['a fraction', '1', '1e3', 'PLUGIN_MAX_PORT is "1e3"'],
  ])('refuses %s', (_, minPort, maxPort, why) => {
    expect(() => parsePortRange(minPort, maxPort)).toThrow(expect.objectContaining({ code: 'environment' }));
    expect(() => parsePortRange(minPort, maxPort)).toThrow(why);
  });
});
