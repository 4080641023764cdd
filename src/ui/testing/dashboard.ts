import type { ScopedVars } from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import {
  type CustomVariable,
  SceneFlexLayout,
  SceneVariableSet,
  sceneGraph,
  type TextBoxVariable,
} from '@grafana/scenes';
import { lastValueFrom } from 'rxjs';

type Variable = CustomVariable | TextBoxVariable;

/** Its types leave optional keys undefined, which ours do not allow. */
type SceneObject = Parameters<typeof sceneGraph.interpolate>[0];

/**
 * Gives @grafana/runtime a dashboard's variables, as Grafana's own template service does since dashboards are scenes: values come from the
 * scene, the panel's where it has one (`__sceneObject`), and `getVariables()` lists what is chosen on the dashboard.
 *
 * @returns the dashboard, for panels with variables of their own
 */
export async function openDashboard(...variables: Variable[]): Promise<SceneFlexLayout> {
  const $variables = new SceneVariableSet({
    variables: variables as unknown as SceneVariableSet['state']['variables'],
  });
  const dashboard = new SceneFlexLayout({ $variables, children: [] } as unknown as SceneFlexLayout['state']);
  for (const variable of variables) {
    if ('validateAndUpdate' in variable) {
      await lastValueFrom(variable.validateAndUpdate());
    }
  }
  setTemplateSrv({
    getVariables: () =>
      variables.map(({ state }) => ({
        ...state,
        current: { text: 'text' in state ? state.text : state.value, value: state.value },
      })) as unknown as ReturnType<TemplateSrv['getVariables']>,
    replace: (text, scopedVars, format) =>
      sceneGraph.interpolate(
        sceneOf(scopedVars) ?? (dashboard as unknown as SceneObject),
        text,
        scopedVars,
        format as Parameters<typeof sceneGraph.interpolate>[3],
      ),
    containsTemplate: (text = '') => variables.some(({ state }) => text.includes(`$${state.name}`)),
    updateTimeRange() {},
  });
  return dashboard;
}

function sceneOf(scopedVars: ScopedVars | undefined): SceneObject | undefined {
  return scopedVars?.__sceneObject?.value;
}
