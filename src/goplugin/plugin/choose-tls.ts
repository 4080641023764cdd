import { envNames, type HostWishes } from '../env.ts';
import { generateCertificate, readCertificate } from '../mtls.ts';
import type { TlsConfig } from '../tls.ts';

export type TlsProvider = () => TlsConfig | Promise<TlsConfig>;

/** How a plugin's connections are secured; no TLS where neither side asks for it. */
export interface ServingSecurity {
  readonly tls?: TlsConfig;
  /** DER for the handshake line, by which the host knows this very process. */
  readonly serverCert?: Uint8Array;
}

/**
 * A provider of the plugin comes first and keeps the certificate out of the handshake; AutoMTLS follows where the host
 * sent its certificate, which then is the only one that this side trusts (go-plugin server.go, Serve). Where the host
 * sent none, the handshake carries none: a host would take it for TLS that it did not ask for.
 */
export async function chooseTls(
  { clientCert }: Pick<HostWishes, 'clientCert'>,
  provider: TlsProvider | undefined,
): Promise<ServingSecurity> {
  if (provider !== undefined) {
    return { tls: await provider() };
  }
  if (clientCert === undefined) {
    return {};
  }
  readCertificate(clientCert, `the host's certificate in ${envNames.clientCert}`);
  const { certificate, privateKey } = await generateCertificate();
  const { raw } = readCertificate(certificate, 'the certificate of this plugin');
  return { tls: { certificate, privateKey, trusted: clientCert }, serverCert: raw };
}
