import type { ScopedVars, TypedVariableModel } from '@grafana/data';
import { getTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { expandConditionalAll } from './conditional-all.ts';
import { interpolateSql } from './interpolate-sql.ts';

/**
 * A query's SQL as the backend gets it: dashboard variables replaced, `$__conditionalAll` decided. `$__interval` and its like are the
 * backend's, which alert rules reach without a frontend.
 */
export function replaceDashboardVariables(sql: string, scopedVars: ScopedVars, templates = getTemplateSrv()): string {
  const conditional = expandConditionalAll(sql, (name) => isAllChosen(name, scopedVars, templates));
  const { __interval, __interval_ms, ...variables } = scopedVars;
  return interpolateSql(conditional, (text, format) => templates.replace(text, variables, format));
}

const allValue = '$__all';

/**
 * A panel that repeats has a value of its own in the place of the dashboard's All: the text that stands for it is another than the
 * dashboard's.
 */
function isAllChosen(name: string, scopedVars: ScopedVars, templates: TemplateSrv): boolean {
  const variable = templates.getVariables().find((candidate) => candidate.name === name);
  const current = variable && currentOf(variable);
  if (!current || ![current.value].flat().includes(allValue)) {
    return false;
  }
  return templates.replace(`\${${name}:text}`, scopedVars) === [current.text].flat().join(' + ');
}

/** Undefined for variables without values, such as ad hoc filters. */
function currentOf(variable: TypedVariableModel): { readonly text?: unknown; readonly value?: unknown } | undefined {
  return 'current' in variable ? variable.current : undefined;
}
