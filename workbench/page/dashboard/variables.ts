import {
  AdHocFiltersVariable,
  ConstantVariable,
  CustomVariable,
  DataSourceVariable,
  IntervalVariable,
  QueryVariable,
  type SceneVariable,
  TextBoxVariable,
} from '@grafana/scenes';
import type { VariableJson } from './dashboard-json.ts';

/** A variable of a saved dashboard as the scenes library has it, by its type. */
const makers: Readonly<Record<string, (variable: VariableJson) => SceneVariable>> = {
  datasource: (variable) => new DataSourceVariable({ ...named(variable), pluginId: text(variable.query) }),
  query: (variable) =>
    new QueryVariable({
      ...several(variable),
      query: variable.query ?? '',
      datasource: variable.datasource ?? null,
      regex: variable.regex ?? '',
      sort: variable.sort ?? 0,
      refresh: variable.refresh ?? 1,
    }),
  custom: (variable) => new CustomVariable({ ...several(variable), query: text(variable.query) }),
  constant: (variable) => new ConstantVariable({ ...named(variable), value: text(variable.query) }),
  textbox: (variable) => new TextBoxVariable({ ...named(variable), value: text(variable.query) }),
  interval: (variable) => new IntervalVariable({ ...named(variable), intervals: text(variable.query).split(',') }),
  adhoc: (variable) =>
    new AdHocFiltersVariable({
      ...named(variable),
      datasource: variable.datasource ?? null,
      filters: [],
      applyMode: 'auto',
      supportsMultiValueOperators: true,
    }),
};

/** @throws Error for a type that the workbench does not have */
export function variableFrom(variable: VariableJson): SceneVariable {
  const make = makers[variable.type];
  if (make === undefined) {
    throw new Error(`Cannot draw the dashboard: the workbench has no variables of the type ${variable.type}`);
  }
  return make(variable);
}

function named({ name, label }: VariableJson) {
  return { name, ...(label !== undefined && { label }) };
}

function several(variable: VariableJson) {
  const { multi = false, includeAll = false, allValue, current = {} } = variable;
  return {
    ...named(variable),
    isMulti: multi,
    includeAll,
    ...(includeAll && { defaultToAll: true }),
    ...(allValue && { allValue }),
    ...(current.value !== undefined && { value: current.value, text: current.text ?? current.value }),
  };
}

function text(query: VariableJson['query']): string {
  return typeof query === 'string' ? query : '';
}
