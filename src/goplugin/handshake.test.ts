import { describe, expect, test } from 'vitest';
import { formatHandshake, type Handshake, parseHandshake } from './handshake.ts';

const unix: Handshake = { protocolVersion: 2, network: 'unix', address: '/tmp/plugin123' };
// A length that would need padding in base64.
const cert = Uint8Array.from({ length: 61 }, (_, index) => 255 - index);

describe('formatHandshake()', () => {
  test('writes six fields, the last one empty where there is no certificate', () => {
    expect(formatHandshake(unix)).toBe('1|2|unix|/tmp/plugin123|grpc|');
  });

  test('writes a seventh field only where the host asked for it', () => {
    expect(formatHandshake({ ...unix, multiplex: false })).toBe('1|2|unix|/tmp/plugin123|grpc||false');
    expect(formatHandshake({ ...unix, multiplex: true })).toBe('1|2|unix|/tmp/plugin123|grpc||true');
  });

  test('writes a certificate in base64 without padding', () => {
    const fields = formatHandshake({ ...unix, serverCert: new Uint8Array([0xfb, 0xff, 0xfe, 1]) }).split('|');
    expect(fields[5]).toBe('+//+AQ');
  });
});

describe('parseHandshake()', () => {
  test.each<[string, Handshake]>([
    ['a Unix socket', unix],
    ['a port', { protocolVersion: 10, network: 'tcp', address: '127.0.0.1:10000' }],
    ['a certificate', { ...unix, serverCert: cert }],
    ['multiplexing refused', { ...unix, multiplex: false }],
    ['everything', { ...unix, serverCert: cert, multiplex: true }],
  ])('reads back what formatHandshake() wrote: %s', (_, handshake) => {
    expect(parseHandshake(formatHandshake(handshake))).toEqual(handshake);
  });

  test('reads a line of a Go plugin, with its end', () => {
    expect(parseHandshake('1|2|unix|/tmp/plugin3152891512|grpc|\r\n')).toEqual({
      protocolVersion: 2,
      network: 'unix',
      address: '/tmp/plugin3152891512',
    });
  });

  test('takes a sixth field of up to 50 characters for no certificate', () => {
    expect(parseHandshake(`1|2|unix|/tmp/a|grpc|${'x'.repeat(50)}`)).not.toHaveProperty('serverCert');
  });

  test.each([
    ['three fields', '1|2|unix', 'expected at least 4 fields between "|", got 3 in "1|2|unix"'],
    ['an empty line', '', 'expected at least 4 fields between "|", got 1 in ""'],
    ['a line of text', 'Hello, world', 'got 1 in "Hello, world"'],
    ['another core version', '2|2|unix|/tmp/a|grpc', 'speaks core protocol version 2, this host 1'],
    ['a core version that is no number', 'x|2|unix|/tmp/a|grpc', 'core protocol version is "x", not a number'],
    ['a version that is no number', '1|two|unix|/tmp/a|grpc', 'protocol version is "two", not a number'],
    [
      'a version that is too large',
      `1|${2 ** 53}|unix|/tmp/a|grpc`,
      'version is "9007199254740992", which is too large',
    ],
    ['a core version without an end', `${'9'.repeat(70_000)}|2|unix|/tmp/a|grpc`, '9…", which is too large'],
    ['an unknown network', '1|2|udp|127.0.0.1:1|grpc', 'network is "udp", expected "unix" or "tcp"'],
    ['an empty path', '1|2|unix||grpc', '"" is no address of a unix socket'],
    ['an address without a port', '1|2|tcp|127.0.0.1|grpc', '"127.0.0.1" is no address of a tcp socket'],
    ['a port that there is not', '1|2|tcp|127.0.0.1:65536|grpc', '"127.0.0.1:65536" is no address of a tcp socket'],
    ['a certificate that is no base64', `1|2|unix|/tmp/a|grpc|${'-'.repeat(51)}`, 'certificate is not base64'],
    ['a seventh field that is no boolean', '1|2|unix|/tmp/a|grpc||maybe', 'seventh field is "maybe"'],
  ])('refuses %s', (_, line, why) => {
    expect(() => parseHandshake(line)).toThrow(expect.objectContaining({ code: 'handshake' }));
    expect(() => parseHandshake(line)).toThrow(why);
  });

  test.each([
    ['names net/rpc', '1|2|unix|/tmp/a|netrpc|'],
    ['has no fifth field, which means net/rpc', '1|2|unix|/tmp/a'],
  ])('refuses a plugin whose line %s', (_, line) => {
    expect(() => parseHandshake(line)).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: 'Cannot speak to the plugin: it serves "netrpc", this host only "grpc"',
      }),
    );
  });

  test('cuts a long line in its error', () => {
    expect(() => parseHandshake('x'.repeat(100_000))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{50,400}$/) }),
    );
  });
});
