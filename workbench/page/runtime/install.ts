import {
  EventBusSrv,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
} from '@grafana/data';
import {
  FakeEchoSrv,
  setAppEvents,
  setBackendSrv,
  setDataSourceSrv,
  setEchoSrv,
  setPluginImportUtils,
  setPluginLinksHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { initializeLoggersRegistry, reloadDataSourceInstanceSettings } from '@grafana/runtime/unstable';
import { findPanelPlugin } from '../panels/panel-plugins.tsx';
import { standardFieldConfig } from '../panels/standard-field-config.ts';
import { createBackendSrv } from './backend-srv.ts';
import { PageDataSources } from './data-source-srv.ts';
import { runRequest } from './run-request.ts';
import { templateSrv } from './template-srv.ts';

/** Gives Grafana's packages what Grafana's own page gives them. Called once, before anything is drawn. */
export async function installRuntime(): Promise<PageDataSources> {
  initializeLoggersRegistry();
  setEchoSrv(new FakeEchoSrv());
  setAppEvents(new EventBusSrv());
  setBackendSrv(createBackendSrv());
  setTemplateSrv(templateSrv);
  setRunRequest(runRequest);
  setPluginLinksHook(() => ({ isLoading: false, links: [] }));
  setPluginImportUtils({
    importPanelPlugin: async (id) => findPanelPlugin(id),
    getPanelPluginFromCache: findPanelPlugin,
  });
  standardFieldConfigEditorRegistry.setInit(() => standardFieldConfig);
  standardTransformersRegistry.setInit(() =>
    Object.values(standardTransformers).map((transformation) => ({
      id: transformation.id,
      name: transformation.name,
      transformation: async () => transformation,
      editor: () => null,
      imageDark: '',
      imageLight: '',
    })),
  );
  // As long as there is no data source service, the package reads the settings from the server itself.
  await reloadDataSourceInstanceSettings();
  const sources = new PageDataSources();
  await sources.reload();
  setDataSourceSrv(sources);
  return sources;
}
