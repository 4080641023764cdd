/** Grafana's plugin SDK, as far as a data source needs it: what other packages may use. */
export { createLogger, type Fields, type Level, type Logger, type LoggerOptions } from '../goplugin/index.ts';
export type { AppInstanceSettings, DataSourceInstanceSettings, PluginContext, User } from './context.ts';
export { type ErrorSource, SourcedError } from './error-source.ts';
export type * from './handlers.ts';
export { dataSourceKey, type Instance, InstanceManager, type InstanceOptions } from './instances.ts';
export { createMetrics, type Endpoint, type Metrics, type Outcome } from './metrics.ts';
export { type DataSourceHandlers, type DataSourceOptions, serveDataSource } from './serve.ts';
export type { ReportFailure } from './status.ts';
