import type { ErrorCode } from '../errors.ts';

/** What to do, by the code of an error; nothing where the reason itself says it. */
export type Hints = Readonly<Partial<Record<ErrorCode, string>>>;

/** What to do about a plugin that this host could not start. */
export const startHints = {
  checksum: 'Install the plugin again, or change the digest if this file is the right one',
  spawn: 'It must be a file that this user may execute, built for this system',
  handshake:
    'A plugin prints CORE|VERSION|NETWORK|ADDRESS|grpc|CERTIFICATE as its first line on stdout, with CORE 1 and NETWORK unix or tcp; all else belongs on stderr. If it is one, rebuild it with a go-plugin of that core version',
  version: 'Update the older of the two, or add the version to versionedPlugins',
  unsupported:
    'This host speaks gRPC only (in Go, set GRPCServer in plugin.ServeConfig), and multiplex has to be off for a plugin that cannot do it',
  tls: 'Set autoMtls for a plugin that answers it, tls for one with certificates of its own, and neither for any other',
  exited:
    'Its stderr may say why; one that ends at once with code 1 often expects another magic cookie: compare both sides’ handshake',
  timeout: 'A handshake line ends with a newline and is flushed; a slow plugin needs a longer startTimeoutMs',
  unreachable:
    'A plugin listens before it prints its handshake, at an address that this process can reach, and both sides agree on TLS',
  unhealthy: 'Its service grpc.health.v1.Health has to answer SERVING for "plugin"',
} satisfies Hints;

const again = 'Start it again, and take the reattach configuration that it gives then';

/** The same about a plugin that this host has not started. */
export const reattachHints: Hints = {
  version: startHints.version,
  tls: startHints.tls,
  unhealthy: startHints.unhealthy,
  exited: again,
  unreachable: again,
};
