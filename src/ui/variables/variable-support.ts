import {
  AppEvents,
  CustomVariableSupport,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type MetricFindValue,
  rangeUtil,
} from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { lazy } from 'react';
import { map, type Observable } from 'rxjs';
import type { QuiverQuery, WithResources } from '../types.ts';
import { tooMany, variableOptionsFrom } from './variable-options.ts';
import { type VariableQuery, variableQueryFrom } from './variable-query.ts';

/** How queries run; the data source's own. */
export type RunQuery = (request: DataQueryRequest<QuiverQuery>) => Observable<DataQueryResponse>;

/** Variables by SQL, with an editor of their own. */
export class QuiverVariableSupport extends CustomVariableSupport<WithResources, VariableQuery> {
  readonly editor = lazy(() => import(/* webpackChunkName: "variable-editor" */ './variable-editor.tsx'));
  readonly #run: RunQuery;
  /** Queries whose cut options a person has been told of. */
  readonly #told = new Set<string>();

  constructor(run: RunQuery) {
    super();
    this.#run = run;
  }

  query = (request: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> => {
    const asked = variableRequest(request);
    return this.#run(asked).pipe(
      map((response) => {
        const frames = (response.data as DataFrame[]).map(variableOptionsFrom);
        if (frames.some(({ meta }) => meta?.notices?.includes(tooMany))) {
          this.#tell(asked.targets.map(({ rawSql }) => rawSql).join());
        }
        return { ...response, data: frames };
      }),
    );
  };

  /** A dashboard shows no notices of variables; it loads them again and again, and once is enough. */
  #tell(query: string): void {
    if (!this.#told.has(query)) {
      this.#told.add(query);
      const payload = ['Not all values of a variable are offered', tooMany.text];
      getAppEvents().publish({ type: AppEvents.alertWarning.name, payload });
    }
  }
}

/** The options of a variable's frames, as older callers ask for them. */
export function metricFindValuesFrom(frames: readonly DataFrame[]): MetricFindValue[] {
  return frames.flatMap(({ fields: [text, value], length }) =>
    Array.from({ length }, (_, row) => ({ text: text?.values[row], value: value?.values[row] })),
  );
}

/** About the points of a panel, for queries that group by `$__interval`: a variable has no width. */
const points = 1_000;

/** Grafana hands on what has been typed as it is; SQL looks for what begins with it, or for everything. */
function variableRequest(request: DataQueryRequest<VariableQuery>): DataQueryRequest<QuiverQuery> {
  const typed: unknown = request.scopedVars.__searchFilter?.value ?? '';
  const search = { text: '', value: `${typed}%` };
  const interval = request.intervalMs > 0 ? {} : rangeUtil.calculateInterval(request.range, points);
  return {
    ...request,
    ...interval,
    scopedVars: { ...request.scopedVars, __searchFilter: search },
    targets: request.targets.map((target) => ({ ...variableQueryFrom(target), format: 'table' })),
  };
}
