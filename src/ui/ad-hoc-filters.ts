import type { AdHocVariableFilter } from '@grafana/data';
import type { AdHocFilter, AdHocOperator } from '../model/query.ts';

/**
 * A query's own filters, and behind them the dashboard's that it does not have yet. Those that nobody has finished writing are left out.
 */
export function mergeFilters(
  own: readonly AdHocFilter[] = [],
  dashboard: readonly AdHocVariableFilter[] = [],
): readonly AdHocFilter[] {
  const merged = [...own];
  for (const filter of dashboard.filter(({ key, operator }) => key !== '' && operator !== '').map(fromGrafana)) {
    if (!merged.some((known) => equalFilters(known, filter))) {
      merged.push(filter);
    }
  }
  return merged;
}

export function equalFilters(a: AdHocFilter, b: AdHocFilter): boolean {
  return a.key === b.key && a.operator === b.operator && valuesOf(a).join('\0') === valuesOf(b).join('\0');
}

/** Grafana keeps more in a filter than the backend reads. An operator that we do not know goes on, for the backend to refuse by name. */
function fromGrafana({ key, operator, value, values }: AdHocVariableFilter): AdHocFilter {
  return { key, operator: operator as AdHocOperator, value, ...(values && values.length > 0 && { values }) };
}

function valuesOf({ value, values }: AdHocFilter): readonly string[] {
  return values ?? [value];
}
