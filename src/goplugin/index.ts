export type { Broker, BrokeredServer } from './broker.ts';
export type { ClientConstructor, Connection } from './connection.ts';
export type { Env } from './env.ts';
export { type ErrorCode, errorCodes, GoPluginError } from './errors.ts';
export type { HandshakeConfig, PluginAddress } from './handshake.ts';
export { createLogger, type Fields, type Level, type Logger, type LoggerOptions } from './hclog.ts';
export type { OutputListener } from './host/calls.ts';
export type { Checksum } from './host/checksum.ts';
export { Client, type DispensedFrom, type NameIn } from './host/client.ts';
export type { AttachConfig, ClientConfig, ClientSet, ClientSets, CommonConfig, LaunchConfig } from './host/config.ts';
export { discover } from './host/discover.ts';
export type { Exit } from './host/process-runner.ts';
export type { UnixSocketConfig } from './host/socket-directory.ts';
export type {
  ClientState,
  DrainingState,
  ExitedState,
  HandshakingState,
  LaunchingState,
  PluginFacts,
  ReadyState,
} from './host/state.ts';
export type { TlsProvider } from './plugin/choose-tls.ts';
export { type ServeConfig, serve } from './plugin/serve.ts';
export { type ServeElsewhereConfig, serveElsewhere } from './plugin/serve-elsewhere.ts';
export type { PluginSet } from './plugin-set.ts';
export { formatReattachConfig, parseReattachConfig, type ReattachConfig } from './reattach-config.ts';
export type { PluginService } from './service.ts';
export type { TlsConfig } from './tls.ts';
export { unary } from './unary.ts';
