import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSources } from './data-sources.ts';

export interface PluginMeta {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** What only the workbench's page reads. */
export interface WorkbenchSettings {
  /** Queries that a newcomer can try in Explore. */
  readonly examples: readonly { readonly title: string; readonly query: object }[];
  /** What Explore looks at first: ISO times. */
  readonly range: { readonly from: string; readonly to: string };
}

/** Where Grafana serves a plugin's files. */
export function publicPath(pluginId: string): string {
  return `/public/plugins/${pluginId}`;
}

export function readPluginMeta(dist: string): PluginMeta {
  return JSON.parse(readFileSync(join(dist, 'plugin.json'), 'utf8')) as PluginMeta;
}

/** What `GET /api/frontend/settings` tells every page of Grafana: the data sources and where their modules are. */
export function frontendSettings(meta: PluginMeta, sources: DataSources, workbench: WorkbenchSettings): object {
  const path = publicPath(meta.id);
  const info = meta.info as { logos: { small: string; large: string } };
  const logos = { small: `${path}/${info.logos.small}`, large: `${path}/${info.logos.large}` };
  const fullMeta = { ...meta, module: `${path}/module.js`, baseUrl: path, info: { ...info, logos } };
  const datasources = sources.all.map(({ id, uid, name, jsonData, readOnly }) => [
    name,
    {
      id,
      uid,
      name,
      type: meta.id,
      access: 'proxy',
      url: `/api/datasources/proxy/uid/${uid}`,
      isDefault: id === 1,
      readOnly,
      jsonData,
      meta: fullMeta,
    },
  ]);
  return {
    datasources: Object.fromEntries(datasources),
    defaultDatasource: sources.all[0]?.name ?? '',
    buildInfo: { version: '13.2.2', env: 'production', edition: 'Open Source', commit: '', hideVersion: false },
    featureToggles: {},
    appSubUrl: '',
    appUrl: '/',
    namespace: 'default',
    minRefreshInterval: '5s',
    exploreEnabled: true,
    unifiedAlertingEnabled: true,
    plugins: { [meta.id]: fullMeta },
    workbench,
  };
}
