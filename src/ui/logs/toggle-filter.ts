import type { QueryFilterOptions, QueryFixAction, ToggleFilterAction } from '@grafana/data';
import type { AdHocFilter } from '../../model/query.ts';
import { equalFilters } from '../ad-hoc-filters.ts';
import type { QuiverQuery } from '../types.ts';

const operators = { FILTER_FOR: '=', FILTER_OUT: '!=' } as const;
const opposites = { FILTER_FOR: 'FILTER_OUT', FILTER_OUT: 'FILTER_FOR' } as const;

/**
 * Puts a log line's label among the query's filters, takes it out when it is there, and takes its opposite's place. The SQL stays as it
 * is, whichever editor has written it.
 */
export function toggleFilter(query: QuiverQuery, { type, options }: ToggleFilterAction): QuiverQuery {
  const wanted = filterOf(type, options);
  if (wanted === undefined) {
    return query;
  }
  const others = without(query, wanted, filterOf(opposites[type], options));
  return withFilters(query, hasFilter(query, wanted) ? others : [...others, wanted]);
}

/** Whether the query keeps rows with this value alone. */
export function queryHasFilter(query: QuiverQuery, options: QueryFilterOptions): boolean {
  const wanted = filterOf('FILTER_FOR', options);
  return wanted !== undefined && hasFilter(query, wanted);
}

/** What a menu of a value asks: the filter is there afterwards, however often one asks. */
export function addFilter(query: QuiverQuery, { type, options = {} }: QueryFixAction): QuiverQuery {
  const kind = filterActions[type];
  const wanted = kind && filterOf(kind, options);
  if (!kind || !wanted) {
    return query;
  }
  return withFilters(query, [...without(query, wanted, filterOf(opposites[kind], options)), wanted]);
}

/** Grafana's names of what `addFilter` does. */
export const filterActions: Readonly<Record<string, keyof typeof operators>> = {
  ADD_FILTER: 'FILTER_FOR',
  ADD_FILTER_OUT: 'FILTER_OUT',
};

/** An empty value is a value; a filter without a column is none. */
function filterOf(type: keyof typeof operators, { key, value }: QueryFilterOptions): AdHocFilter | undefined {
  return key && value !== undefined ? { key, operator: operators[type], value } : undefined;
}

function hasFilter({ adHocFilters = [] }: QuiverQuery, wanted: AdHocFilter): boolean {
  return adHocFilters.some((filter) => equalFilters(filter, wanted));
}

function without({ adHocFilters = [] }: QuiverQuery, ...unwanted: readonly (AdHocFilter | undefined)[]): AdHocFilter[] {
  return adHocFilters.filter((filter) => !unwanted.some((other) => other && equalFilters(filter, other)));
}

function withFilters({ adHocFilters, ...query }: QuiverQuery, filters: readonly AdHocFilter[]): QuiverQuery {
  return filters.length === 0 ? query : { ...query, adHocFilters: filters };
}
