import type { AdHocVariableFilter, ScopedVars, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { EmbeddedScene, isSceneObject, type SceneObject, SceneTimeRange, sceneGraph } from '@grafana/scenes';

/** Whose variables count: those of the dashboard that is shown, else none, for time range and scoped variables are read in any case. */
let current: SceneObject = new EmbeddedScene({ $timeRange: new SceneTimeRange(), body: undefined as never });
const none = current;

/** Grafana's interpolation, with its formats and quoting, is the scenes library's. */
export const templateSrv: TemplateSrv & { getAdhocFilters: () => AdHocVariableFilter[] } = {
  getVariables: () => variableModels(),
  replace: (target, scopedVars, format) =>
    sceneGraph.interpolate(sceneOf(scopedVars) ?? current, target, scopedVars, format as never),
  containsTemplate: (target) => /\$\w+|\$\{.+?\}|\[\[.+?\]\]/.test(target ?? ''),
  updateTimeRange: () => {},
  // The scenes library puts its own in its place.
  getAdhocFilters: () => [],
};

/** Makes a scene's variables those that queries see, until the returned function is called. */
export function showVariablesOf(scene: SceneObject): () => void {
  current = scene;
  return () => {
    current = current === scene ? none : current;
  };
}

/** What the scenes library runs a request for: its variables may be nearer than the dashboard's. */
function sceneOf(scopedVars: ScopedVars | undefined): SceneObject | undefined {
  const value: unknown = scopedVars?.__sceneObject?.value;
  const scene: unknown = (value as { valueOf(): unknown } | undefined)?.valueOf();
  return typeof scene === 'object' && scene !== null && isSceneObject(scene) ? scene : undefined;
}

function variableModels(): TypedVariableModel[] {
  return sceneGraph.getVariables(current).state.variables.map(({ state }) => {
    const { name, type, label, hide } = state;
    return { name, type, label, hide, id: name, ...choiceOf(state) } as unknown as TypedVariableModel;
  });
}

/** What is chosen, of variables that have values: who asks whether it is All reads it here. */
function choiceOf(state: object): object {
  const { value, text, isMulti, includeAll } = state as {
    readonly [key in 'value' | 'text' | 'isMulti' | 'includeAll']?: unknown;
  };
  return value === undefined ? {} : { current: { value, text: text ?? value }, multi: isMulti, includeAll };
}
