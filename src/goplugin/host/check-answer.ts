import { GoPluginError } from '../errors.ts';
import type { Handshake } from '../handshake.ts';
import { type OwnCertificate, readCertificate } from '../mtls.ts';
import type { TlsConfig } from '../tls.ts';

/** What this host has asked for. */
export interface Asked {
  readonly versions: readonly number[];
  /** Of AutoMTLS; undefined where it is not wanted. */
  readonly ownCertificate: OwnCertificate | undefined;
  /** The host's own configuration. */
  readonly tls: TlsConfig | undefined;
  readonly multiplex: boolean;
}

/**
 * Holds a plugin's answer against what it was asked for, and gives the TLS that both then speak: with AutoMTLS the
 * plugin's own certificate is the only one that is trusted (go-plugin client.go, Start and loadServerCert).
 * Throws with code `version`, `unsupported` or `tls`.
 */
export function checkAnswer(answer: Handshake, asked: Asked): TlsConfig | undefined {
  if (!asked.versions.includes(answer.protocolVersion)) {
    throw new GoPluginError(
      'version',
      `it serves protocol version ${answer.protocolVersion}, this host ${asked.versions.join(', ')}`,
    );
  }
  if (asked.multiplex && !answer.multiplex) {
    throw new GoPluginError(
      'unsupported',
      'it cannot take brokered connections over its one socket (multiplexing): ' +
        `its handshake says ${answer.multiplex === undefined ? 'nothing of it' : '"false"'}`,
    );
  }
  return chooseTls(answer, asked);
}

function chooseTls({ serverCert }: Handshake, { ownCertificate, tls }: Asked): TlsConfig | undefined {
  if (ownCertificate === undefined) {
    if (serverCert !== undefined) {
      throw new GoPluginError('tls', 'it wants TLS, for which this host did not ask');
    }
    return tls;
  }
  if (serverCert === undefined) {
    throw new GoPluginError('tls', 'it was asked for AutoMTLS, and its handshake has no certificate');
  }
  return { ...ownCertificate, trusted: readCertificate(serverCert, "the plugin's certificate").toString() };
}
