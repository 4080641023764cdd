import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateCertificate } from '../mtls.ts';
import { type Asked, checkAnswer } from './check-answer.ts';

const answer = { protocolVersion: 2, network: 'unix', address: '/tmp/x' } as const;
const asked: Asked = { versions: [2, 10], ownCertificate: undefined, tls: undefined, multiplex: false };
const tls = { certificate: 'a', privateKey: 'b', trusted: 'c' };

describe('checkAnswer()', () => {
  test.each([
    ['speaks plainly', {}, {}, undefined],
    ['speaks the host’s own TLS', {}, { tls }, tls],
    ['ignores that a plugin says more than it was asked', { multiplex: true }, {}, undefined],
    ['multiplexes', { multiplex: true }, { multiplex: true }, undefined],
  ])('%s', (_, given, wanted, expected) => {
    expect(checkAnswer({ ...answer, ...given }, { ...asked, ...wanted })).toEqual(expected);
  });

  test('trusts the plugin’s certificate, and no other, with AutoMTLS', async () => {
    const [own, plugin] = await Promise.all([generateCertificate(), generateCertificate()]);
    const serverCert = new X509Certificate(plugin.certificate).raw;
    const chosen = checkAnswer({ ...answer, serverCert }, { ...asked, ownCertificate: own });
    expect(chosen).toEqual({ ...own, trusted: expect.any(String) });
    expect(new X509Certificate(chosen?.trusted ?? '').raw).toEqual(serverCert);
  });

  test.each([
    ['version', { protocolVersion: 3 }, {}, 'it serves protocol version 3, this host 2, 10'],
    ['unsupported', {}, { multiplex: true }, '(multiplexing): its handshake says nothing of it'],
    ['unsupported', { multiplex: false }, { multiplex: true }, '(multiplexing): its handshake says "false"'],
    ['tls', { serverCert: new Uint8Array(60) }, {}, 'it wants TLS, for which this host did not ask'],
    ['tls', { serverCert: new Uint8Array(60) }, { tls }, 'it wants TLS, for which this host did not ask'],
    ['tls', {}, { ownCertificate: { certificate: '', privateKey: '' } }, 'its handshake has no certificate'],
    [
      'tls',
      { serverCert: new Uint8Array(60) },
      { ownCertificate: { certificate: '', privateKey: '' } },
      "Cannot read the plugin's certificate",
    ],
  ])('refuses with code %s: %o to %o', (code, given, wanted, why) => {
    expect(() => checkAnswer({ ...answer, ...given }, { ...asked, ...wanted })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(why) }),
    );
  });
});
