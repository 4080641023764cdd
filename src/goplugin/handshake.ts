import { GoPluginError } from './errors.ts';

/** The version of go-plugin's own protocol (go-plugin server.go, CoreProtocolVersion). */
export const coreProtocolVersion = 1;

/** Both sides must hold the same pair; it tells a plugin that it was started by its host and not by hand. No secret. */
export interface HandshakeConfig {
  readonly magicCookieKey: string;
  readonly magicCookieValue: string;
}

/** Where a plugin listens: a path for `unix`, `host:port` for `tcp`. */
export interface PluginAddress {
  readonly network: 'unix' | 'tcp';
  readonly address: string;
}

/** What a plugin's first line on stdout says. */
export interface Handshake extends PluginAddress {
  /** The version of the application's protocol that the plugin chose. */
  readonly protocolVersion: number;
  /** DER of the plugin's certificate; only where the host sent its own. */
  readonly serverCert?: Uint8Array;
  /** Whether brokered connections can share the one socket; only where the host asked. */
  readonly multiplex?: boolean;
}

/**
 * The handshake line, without its end of line:
 * `CORE|APP|NETWORK|ADDRESS|grpc|SERVER_CERT` and, only if the host asked for it, `|true` or `|false`.
 * An old host splits into six fields and would read a seventh as part of the certificate (go-plugin server.go).
 */
export function formatHandshake(handshake: Handshake): string {
  const { protocolVersion, network, address, serverCert, multiplex } = handshake;
  const cert = serverCert === undefined ? '' : Buffer.from(serverCert).toString('base64').replace(/=+$/, '');
  const fields = [coreProtocolVersion, protocolVersion, network, address, 'grpc', cert];
  return (multiplex === undefined ? fields : [...fields, multiplex]).join('|');
}

/** Reads a handshake line; throws a {@link GoPluginError} that names the field and its value. */
export function parseHandshake(line: string): Handshake {
  const fields = line.trim().split('|');
  const [core, app, network, address, protocol = 'netrpc', cert = '', multiplex] = fields;
  if (core === undefined || app === undefined || network === undefined || address === undefined) {
    throw unreadable(`expected at least 4 fields between "|", got ${fields.length} in ${quote(line)}`);
  }
  checkCore(core);
  checkProtocol(protocol);
  const serverCert = parseCert(cert);
  return {
    protocolVersion: parseNumber('protocol version', app),
    ...parseAddress(network, address),
    ...(serverCert === undefined ? {} : { serverCert }),
    ...(multiplex === undefined ? {} : { multiplex: parseMultiplex(multiplex) }),
  };
}

/** Whether this protocol knows such a network. */
export function isNetwork(network: string): network is PluginAddress['network'] {
  return network === 'unix' || network === 'tcp';
}

function checkCore(field: string): void {
  const version = parseNumber('core protocol version', field);
  if (version !== coreProtocolVersion) {
    throw unreadable(`the plugin speaks core protocol version ${version}, this host ${coreProtocolVersion}`);
  }
}

// A line without the fifth field comes from the time before gRPC and means net/rpc (go-plugin client.go).
function checkProtocol(field: string): void {
  if (field !== 'grpc') {
    throw new GoPluginError(
      'unsupported',
      `Cannot speak to the plugin: it serves ${quote(field)}, this host only "grpc"`,
    );
  }
}

function parseNumber(name: string, field: string): number {
  const number = /^\d+$/.test(field) ? Number(field) : Number.NaN;
  if (!Number.isSafeInteger(number)) {
    throw unreadable(`the ${name} is ${quote(field)}, ${Number.isNaN(number) ? 'not a number' : 'which is too large'}`);
  }
  return number;
}

function parseAddress(network: string, address: string): PluginAddress {
  if (network === 'unix' && address !== '') {
    return { network, address };
  }
  if (network === 'tcp' && Number(/.:(\d+)$/.exec(address)?.[1] ?? Number.NaN) <= 65535) {
    return { network, address };
  }
  if (isNetwork(network)) {
    throw unreadable(`${quote(address)} is no address of a ${network} socket`);
  }
  throw unreadable(`the network is ${quote(network)}, expected "unix" or "tcp"`);
}

// Some old plugins put other things into the sixth field: up to 50 characters are no certificate (go-plugin client.go).
function parseCert(field: string): Uint8Array | undefined {
  if (field.length <= 50) {
    return undefined;
  }
  if (!/^[A-Za-z0-9+/]+$/.test(field)) {
    throw unreadable(`the certificate is not base64 without padding: ${quote(field)}`);
  }
  return new Uint8Array(Buffer.from(field, 'base64'));
}

function parseMultiplex(field: string): boolean {
  if (field !== 'true' && field !== 'false') {
    throw unreadable(`the seventh field is ${quote(field)}, expected "true" or "false"`);
  }
  return field === 'true';
}

function unreadable(why: string): GoPluginError {
  return new GoPluginError('handshake', `Cannot read the handshake line: ${why}`);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
