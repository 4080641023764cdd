import { createSecureContext } from 'node:tls';
import { type ChannelCredentials, type ChannelOptions, credentials, ServerCredentials } from '@grpc/grpc-js';
import { GoPluginError, messageOf } from './errors.ts';

/**
 * One side's part of mutual TLS, for the connections that it accepts and for those that it makes: plugins and hosts do
 * both, by the broker. TLS 1.2 or newer; a client without a certificate that is trusted is refused.
 */
export interface TlsConfig {
  /** PEM of this side's certificate, with the certificates between it and a trusted one, if there are any. */
  readonly certificate: string;
  /** PEM of its key. */
  readonly privateKey: string;
  /** PEM of the certificates that are trusted at the other end. */
  readonly trusted: string;
  /** The name that the other side's certificate must carry when it is called; `localhost` unless told, as in AutoMTLS. */
  readonly serverName?: string;
}

/** What a gRPC server needs; no TLS without a configuration. Throws with code `tls` where it cannot be used. */
export function serverCredentials(tls: TlsConfig | undefined): ServerCredentials {
  if (tls === undefined) {
    return ServerCredentials.createInsecure();
  }
  check(tls);
  const keyPair = { cert_chain: Buffer.from(tls.certificate), private_key: Buffer.from(tls.privateKey) };
  return ServerCredentials.createSsl(Buffer.from(tls.trusted), [keyPair], true);
}

/** What a gRPC channel needs; no TLS without a configuration. Throws with code `tls` where it cannot be used. */
export function channelSecurity(tls: TlsConfig | undefined): {
  readonly credentials: ChannelCredentials;
  readonly options: ChannelOptions;
} {
  if (tls === undefined) {
    return { credentials: credentials.createInsecure(), options: {} };
  }
  check(tls);
  const [trusted, privateKey, certificate] = [tls.trusted, tls.privateKey, tls.certificate].map((pem) =>
    Buffer.from(pem),
  );
  return {
    credentials: credentials.createSsl(trusted, privateKey, certificate),
    options: { 'grpc.ssl_target_name_override': tls.serverName ?? 'localhost' },
  };
}

// gRPC would report it at the first connection, as something that may pass.
function check({ certificate, privateKey, trusted }: TlsConfig): void {
  try {
    createSecureContext({ cert: certificate, key: privateKey, ca: trusted });
  } catch (cause) {
    throw new GoPluginError('tls', `Cannot use the certificates for TLS: ${messageOf(cause)}`, { cause });
  }
}
