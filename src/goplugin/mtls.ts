import { randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { GoPluginError, messageOf } from './errors.ts';

/** A certificate that one side makes for itself at its start. */
export interface OwnCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' } as const;
const startedEarlierMs = 30_000;
const validForMs = 262_980 * 3_600_000;

/**
 * Makes one side's certificate for AutoMTLS, signed by itself: ECDSA on P-521, for `localhost`, as client, as server and
 * as authority, valid for thirty years (go-plugin mtls.go, generateCert). The library comes at the first call: few
 * processes need it, and all start faster without.
 */
export async function generateCertificate(now = new Date()): Promise<OwnCertificate> {
  // The library's container of parts wants this one first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { digitalSignature, keyEncipherment, keyAgreement, keyCertSign } = x509.KeyUsageFlags;
  const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: 'CN=localhost, O=go-plugin',
    notBefore: new Date(now.getTime() - startedEarlierMs),
    notAfter: new Date(now.getTime() + validForMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment | keyAgreement | keyCertSign, true),
      new x509.ExtendedKeyUsageExtension([clientAuth, serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }]),
    ],
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificate: certificate.toString('pem'), privateKey: x509.PemConverter.encode(privateKey, 'PRIVATE KEY') };
}

/**
 * Reads a certificate, PEM or DER; of several in a PEM the first, which is the leaf. `name` is what an error calls it.
 * `raw` of the result is the DER that a handshake line carries, `toString()` the PEM.
 */
export function readCertificate(bytes: string | Uint8Array, name: string): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch (cause) {
    throw new GoPluginError('tls', `Cannot read ${name}: ${messageOf(cause)}`, { cause });
  }
}
