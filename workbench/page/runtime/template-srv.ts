import type { ScopedVars, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { EmbeddedScene, type SceneObject, SceneTimeRange, sceneGraph } from '@grafana/scenes';

/** Whose variables count: those of the dashboard that is shown, else none, for time range and scoped variables are read in any case. */
let current: SceneObject = new EmbeddedScene({ $timeRange: new SceneTimeRange(), body: undefined as never });
const none = current;

/** Grafana's interpolation, with its formats and quoting, is the scenes library's. */
export const templateSrv: TemplateSrv = {
  getVariables: () => variableModels(),
  replace: (target, scopedVars, format) =>
    sceneGraph.interpolate(current, target, scopedVars as ScopedVars | undefined, format as never),
  containsTemplate: (target) => /\$\w+|\$\{.+?\}|\[\[.+?\]\]/.test(target ?? ''),
  updateTimeRange: () => {},
};

/** Makes a scene's variables those that queries see, until the returned function is called. */
export function showVariablesOf(scene: SceneObject): () => void {
  current = scene;
  return () => {
    current = current === scene ? none : current;
  };
}

function variableModels(): TypedVariableModel[] {
  return sceneGraph.getVariables(current).state.variables.map(({ state }) => {
    const { name, type, label, hide } = state;
    return { name, type, label, hide, id: name } as unknown as TypedVariableModel;
  });
}
