export { type ErrorCode, GoPluginError } from './errors.ts';
export type { HandshakeConfig, PluginAddress } from './handshake.ts';
export { createLogger, type Fields, type Level, type Logger, type LoggerOptions } from './hclog.ts';
export type { OutputListener } from './host/calls.ts';
export type { PluginClient, PluginState } from './host/client.ts';
export type { Exit } from './host/process-runner.ts';
export { type StartOptions, startPlugin } from './host/start-plugin.ts';
export { type ServeConfig, serve } from './plugin/serve.ts';
export type { PluginService, PluginSet } from './service.ts';
