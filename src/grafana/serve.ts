import {
  createLogger,
  type Logger,
  type PluginService,
  type ServeConfig,
  serve,
  serveElsewhere,
} from '../goplugin/index.ts';
import { dataService } from './data.ts';
import { diagnosticsService } from './diagnostics.ts';
import type { CallResourceHandler, DiagnosticsHandler, QueryDataHandler } from './handlers.ts';
import { resourceService } from './resource.ts';
import { readStandalone } from './standalone.ts';
import type { ReportFailure } from './status.ts';

/** Grafana's cookie and protocol version for every kind of backend plugin (grafana-plugin-sdk-go backend/grpcplugin/common.go). */
export const grafanaHandshake = { magicCookieKey: 'grafana_plugin_type', magicCookieValue: 'datasource' } as const;
export const grafanaProtocolVersion = 2;

/** Requests beyond it are refused with ResourceExhausted, as the Go SDK's plugins do; answers are bounded by the host alone, at 2 GiB. */
export const maxRequestBytes = 16 * 1024 * 1024;

/** What a data source answers. */
export interface DataSourceHandlers {
  readonly data: QueryDataHandler;
  readonly diagnostics: DiagnosticsHandler;
  readonly resource?: CallResourceHandler;
}

/** How a data source is served; everything has a default. */
export interface DataSourceOptions extends Partial<Pick<ServeConfig, 'explanation' | 'onShutdown' | 'isBusy'>> {
  /** The `id` of plugin.json; part of the name of the variable that {@link readStandalone} reads. Default: empty, so that it is not read. */
  readonly pluginId?: string;
  /** Writes to stderr under the name `plugin` unless given; Grafana takes its records into its own log. */
  readonly logger?: Logger;
  /** Gets each failure that is the plugin's own, of which a person sees no more than a sentence. Default: into the log, with its stack. */
  readonly report?: ReportFailure;
}

/**
 * Serves a data source to the Grafana that started this process, until that stops it. A service without handler answers Unimplemented.
 * Owns the process, as goplugin's {@link serve} does. With `--standalone` it serves a debugger, and whoever reattaches, instead.
 */
export function serveDataSource(handlers: DataSourceHandlers, options: DataSourceOptions = {}): Promise<void> {
  const {
    pluginId = '',
    logger = createLogger({ name: 'plugin' }),
    report = reportTo(logger),
    explanation = defaultExplanation,
    ...config
  } = options;
  const standalone = readStandalone(pluginId, process.argv, process.env);
  if (standalone?.kind === 'elsewhere') {
    const { address } = standalone;
    return serveElsewhere({
      handshake: grafanaHandshake,
      explanation,
      protocolVersion: grafanaProtocolVersion,
      network: 'tcp',
      address,
    });
  }
  return serve({
    ...config,
    ...(standalone && { standalone }),
    logger,
    explanation,
    handshake: grafanaHandshake,
    versionedPlugins: { [grafanaProtocolVersion]: () => dataSourceServices(handlers, report) },
    grpcOptions: { 'grpc.max_receive_message_length': maxRequestBytes, 'grpc.max_send_message_length': -1 },
  });
}

const defaultExplanation = [
  'This is the backend of a data source for Grafana: Grafana starts it, people do not.',
  "Put its folder into Grafana's plugins directory, and restart Grafana.",
] as const;

function reportTo(logger: Logger): ReportFailure {
  return (error) => {
    logger.error('Unexpected failure', { error, stack: error instanceof Error ? error.stack : undefined });
  };
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
