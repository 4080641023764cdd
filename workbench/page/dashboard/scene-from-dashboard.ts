import {
  dataLayers,
  EmbeddedScene,
  SceneControlsSpacer,
  SceneDataLayerSet,
  type SceneDataProvider,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  VizPanel,
} from '@grafana/scenes';
import { AnnotationControls } from './annotation-controls.tsx';
import type { DashboardJson, PanelJson } from './dashboard-json.ts';
import { variableFrom } from './variables.ts';

/** A saved dashboard as a scene, with its variables, annotations, time and refresh at work. Grafana's own way from one to the other is not on npm. */
export function sceneFromDashboard(dashboard: DashboardJson): EmbeddedScene {
  const { time, refresh, timezone, templating, annotations, panels } = dashboard;
  const layers = (annotations?.list ?? [])
    .filter(({ builtIn }) => !builtIn)
    .map((query) => new dataLayers.AnnotationsDataLayer({ name: query.name, isEnabled: query.enable, query }));
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ ...time, timeZone: timezone || 'utc' }),
    $variables: new SceneVariableSet({ variables: (templating?.list ?? []).map(variableFrom) }),
    $data: new SceneDataLayerSet({ name: 'Annotations', layers }),
    controls: [
      new VariableValueSelectors({}),
      new AnnotationControls({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
      new SceneRefreshPicker({ isOnCanvas: true, ...(refresh && { refresh }) }),
    ],
    body: new SceneGridLayout({ isDraggable: false, isResizable: false, children: panels.map(gridItem) }),
  });
}

function gridItem(panel: PanelJson): SceneGridItem {
  const { x, y, w, h } = panel.gridPos;
  return new SceneGridItem({ x, y, width: w, height: h, body: vizPanel(panel) });
}

function vizPanel(panel: PanelJson): VizPanel {
  const { id, type, title, options = {}, fieldConfig } = panel;
  const $data = dataOf(panel);
  return new VizPanel({
    key: `panel-${id}`,
    pluginId: type,
    title,
    options,
    ...(fieldConfig && { fieldConfig }),
    ...($data && { $data }),
  });
}

function dataOf({
  targets = [],
  datasource,
  maxDataPoints,
  interval,
  transformations = [],
}: PanelJson): SceneDataProvider | undefined {
  if (targets.length === 0) {
    return undefined;
  }
  const queries = new SceneQueryRunner({
    queries: targets,
    ...(datasource && { datasource }),
    ...(maxDataPoints !== undefined && { maxDataPoints }),
    ...(interval !== undefined && { minInterval: interval }),
  });
  return transformations.length === 0 ? queries : new SceneDataTransformer({ $data: queries, transformations });
}
