/** Every way in which the protocol ends early: the closed list of codes, and what each of them means. */
export const errorCodes = {
  config: 'what the program itself passed to this library cannot be served or started',
  environment: 'a variable that the host set has a value that cannot be used',
  listen: 'neither a Unix socket nor a loopback port could be opened',
  unsupported: 'the other side asks for a part of the protocol that is not spoken here',
  broker: 'a brokered connection could not be announced or dialled',
  tls: 'certificates could not be made or read, or only one side wants them',
  handshake: 'the first line on stdout is not a handshake',
  version: 'the plugin answers with a protocol version that the host did not offer',
  checksum: 'the executable is another one than was promised',
  spawn: 'the process could not be started',
  exited: 'the process ended before it was ready, or later without being asked to',
  timeout: 'the process was not ready in time',
  aborted: 'the caller gave up',
  unreachable: 'the process shook hands, but at the address that it gave nothing can be reached',
  unhealthy: 'the process shook hands but does not answer its health check',
  state: 'what was asked of a plugin needs one that is ready, and it is not yet, or not any more',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error of the protocol or of a process that should speak it. `code` is one of {@link errorCodes}. */
export class GoPluginError extends Error {
  override readonly name = 'GoPluginError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
