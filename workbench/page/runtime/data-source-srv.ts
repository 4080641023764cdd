import {
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type DataSourcePlugin,
  type DataSourceRef,
  isObject,
  type ScopedVars,
} from '@grafana/data';
import { type DataSourceSrv, type GetDataSourceListFilters, getTemplateSrv } from '@grafana/runtime';
import { loadModule } from '../load-module.ts';

type Ref = DataSourceRef | string | null | undefined;

/** Grafana's list of data sources: settings from the server, instances made when first asked for. */
export class PageDataSources implements DataSourceSrv {
  #settings: readonly DataSourceInstanceSettings[] = [];
  #defaultName = '';
  readonly #instances = new Map<string, Promise<DataSourceApi>>();

  async reload(): Promise<void> {
    const answer = (await (await fetch('/api/frontend/settings')).json()) as {
      readonly datasources: Readonly<Record<string, DataSourceInstanceSettings>>;
      readonly defaultDatasource: string;
    };
    this.#settings = Object.values(answer.datasources);
    this.#defaultName = answer.defaultDatasource;
    this.#instances.clear();
  }

  get(ref?: Ref, scopedVars?: ScopedVars): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(ref, scopedVars);
    if (settings === undefined) {
      return Promise.reject(new Error(`Datasource ${JSON.stringify(ref)} was not found`));
    }
    const instance = this.#instances.get(settings.uid) ?? this.#make(settings);
    this.#instances.set(settings.uid, instance);
    return instance;
  }

  getList({ pluginId }: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    return this.#settings.filter(({ meta }) => pluginId === undefined || meta.id === pluginId);
  }

  /** A name may be a dashboard's variable, `${datasource}`; none is the default one. */
  getInstanceSettings(ref?: Ref, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
    const given = isObject(ref) ? (ref as DataSourceRef).uid : (ref ?? undefined);
    const name = given?.includes('$') ? getTemplateSrv().replace(given, scopedVars) : given;
    const wanted = name === undefined || name === '' || name === 'default' ? this.#defaultName : name;
    return this.#settings.find(({ uid, name: other }) => uid === wanted || other === wanted);
  }

  registerRuntimeDataSource(): void {
    throw new Error('Cannot register a data source: the workbench has those of its server alone');
  }

  async #make(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
    const plugin = await loadPlugin(settings);
    const instance = new plugin.DataSourceClass(settings);
    instance.components = plugin.components;
    return instance;
  }
}

/** The very module.js that Grafana loads. */
export async function loadPlugin(settings: DataSourceInstanceSettings): Promise<DataSourcePlugin<DataSourceApi>> {
  const module = (await loadModule(settings.meta.module)) as { readonly plugin: DataSourcePlugin<DataSourceApi> };
  module.plugin.meta = settings.meta;
  return module.plugin;
}
