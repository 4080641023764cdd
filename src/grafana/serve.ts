import { type Logger, type PluginService, type ServeConfig, serve } from '../goplugin/index.ts';
import { dataService } from './data.ts';
import { diagnosticsService } from './diagnostics.ts';
import type { CallResourceHandler, DiagnosticsHandler, QueryDataHandler } from './handlers.ts';
import { resourceService } from './resource.ts';
import type { ReportFailure } from './status.ts';

/** Grafana's cookie and protocol version for every kind of backend plugin (grafana-plugin-sdk-go backend/grpcplugin/common.go). */
export const grafanaHandshake = { magicCookieKey: 'grafana_plugin_type', magicCookieValue: 'datasource' } as const;
export const grafanaProtocolVersion = 2;

/** Requests beyond it are refused with ResourceExhausted, as the Go SDK's plugins do; answers are bounded by the host alone, at 2 GiB. */
export const maxRequestBytes = 16 * 1024 * 1024;

export interface DataSourceHandlers {
  readonly data: QueryDataHandler;
  readonly diagnostics: DiagnosticsHandler;
  readonly resource?: CallResourceHandler;
}

/** Serves a data source to the Grafana that started this process, until that stops it. A service without handler answers Unimplemented. */
export function serveDataSource(
  handlers: DataSourceHandlers,
  options: Pick<ServeConfig, 'explanation' | 'onShutdown' | 'isBusy'> & {
    readonly report: ReportFailure;
    readonly logger: Logger;
  },
): Promise<void> {
  const { report, ...config } = options;
  return serve({
    ...config,
    handshake: grafanaHandshake,
    versionedPlugins: { [grafanaProtocolVersion]: () => dataSourceServices(handlers, report) },
    grpcOptions: { 'grpc.max_receive_message_length': maxRequestBytes, 'grpc.max_send_message_length': -1 },
  });
}

/** The services of `pluginv2` that these handlers serve. */
export function dataSourceServices(
  { data, diagnostics, resource }: DataSourceHandlers,
  report: ReportFailure,
): readonly PluginService[] {
  return [
    dataService(data, report),
    diagnosticsService(diagnostics, report),
    ...(resource ? [resourceService(resource, report)] : []),
  ];
}
