import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GrafanaHost, startGrafanaHost } from '../../scripts/grafana-host.ts';
import { executableName, hostTarget } from '../../scripts/targets.ts';
import { bundlePage } from './bundle-page.ts';
import { DataSources, type NewDataSource } from './data-sources.ts';
import { readPluginMeta, type WorkbenchSettings } from './frontend-settings.ts';
import { listen } from './listen.ts';

const root = join(import.meta.dirname, '../..');

export interface WorkbenchOptions {
  /** The built plugin. Default: dist/ of this project. */
  readonly dist?: string;
  readonly sources: readonly NewDataSource[];
  /** All that the plugin sees of an environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly workbench: WorkbenchSettings;
  /** By their uid, behind those of the plugin. Default: none. */
  readonly dashboards?: Readonly<Record<string, object>>;
  /** Default: any that is free. */
  readonly port?: number;
  /** Keeps the plugin's warnings to itself. */
  readonly isQuiet?: boolean;
}

export interface Workbench {
  /** `http://127.0.0.1:4711/` */
  readonly url: string;
  readonly host: GrafanaHost;
  readonly sources: DataSources;
  /** Bodies of the query requests that have arrived, in order; at most the last 1,000. */
  readonly received: readonly Record<string, unknown>[];
  /** Ends the server and the plugin. */
  stop(): Promise<void>;
}

/** Serves the page, with the real plugin behind it. The plugin must have been built. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { dist = join(root, 'dist'), env, port = 0, isQuiet = false } = options;
  const sources = new DataSources(options.sources);
  const received: Record<string, unknown>[] = [];
  const page = await bundlePage();
  const host = await startGrafanaHost(join(dist, executableName(hostTarget())), { ...env }, isQuiet);
  const site = {
    host,
    sources,
    meta: readPluginMeta(dist),
    workbench: options.workbench,
    folders: { plugin: dist, page, icons: join(root, 'node_modules/@grafana/ui/dist/public/img/icons') },
    dashboards: { ...readDashboards(), ...options.dashboards },
    onQuery(body: Record<string, unknown>) {
      received.push(body);
      received.splice(0, received.length - 1000);
    },
  };
  try {
    const { url, close } = await listen(site, port);
    return {
      url,
      host,
      sources,
      received,
      async stop() {
        await close();
        await host.stop();
      },
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** Those of the plugin that ask the plugin, by their uid: there is no Prometheus here. */
function readDashboards(): Record<string, object> {
  const texts = globSync('dashboards/*.json', { cwd: root }).map((name) => readFileSync(join(root, name), 'utf8'));
  const dashboards = texts.map((text) => JSON.parse(text) as { uid: string; panels: readonly PanelSource[] });
  return Object.fromEntries(dashboards.filter(({ panels }) => !panels.some(isForeign)).map((one) => [one.uid, one]));
}

interface PanelSource {
  readonly datasource?: { readonly type: string };
}

function isForeign({ datasource }: PanelSource): boolean {
  return datasource !== undefined && datasource.type !== 'quiver-sql-datasource';
}
