import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateCertificate, readCertificate } from './mtls.ts';

describe('generateCertificate()', () => {
  test('makes what Go hosts and plugins make: P-521, localhost, client and server, authority, self-signed', async () => {
    const { certificate, privateKey } = await generateCertificate();
    const read = new X509Certificate(certificate);
    expect(read.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'secp521r1' });
    expect(read.subject).toBe('CN=localhost\nO=go-plugin');
    expect(read.subjectAltName).toBe('DNS:localhost');
    expect(read.ca).toBe(true);
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1']);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
  });

  test('is valid from half a minute ago on, for 262,980 hours', async () => {
    const { certificate } = await generateCertificate(new Date('2026-01-02T03:04:05Z'));
    const { validFromDate, validToDate } = new X509Certificate(certificate);
    expect(validFromDate).toEqual(new Date('2026-01-02T03:03:35Z'));
    expect(validToDate).toEqual(new Date('2056-01-02T15:04:05Z'));
  });

  test('makes another one, with another key and serial number, each time', async () => {
    const [one, two] = await Promise.all([generateCertificate(), generateCertificate()]);
    expect(one.privateKey).not.toBe(two.privateKey);
    const [first, second] = [one, two].map(({ certificate }) => new X509Certificate(certificate).serialNumber);
    expect(first).not.toBe(second);
  });
});

describe('readCertificate()', () => {
  test('turns PEM into DER and back', async () => {
    const { certificate } = await generateCertificate();
    const { raw } = readCertificate(certificate, 'it');
    expect(readCertificate(new Uint8Array(raw), 'it').toString().trim()).toBe(certificate.trim());
  });

  test.each([
    ['text', 'no certificate'],
    ['a PEM that is cut off', '-----BEGIN CERTIFICATE-----\nMIICMTCC'],
    ['bytes', new Uint8Array(60)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readCertificate(bytes, 'the certificate of the plugin')).toThrow(
      expect.objectContaining({
        code: 'tls',
        message: expect.stringMatching(/^Cannot read the certificate of the plugin: ./),
      }),
    );
  });
});
