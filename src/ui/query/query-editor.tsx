import { LoadingState, type PanelData, type QueryEditorProps } from '@grafana/data';
import { ErrorBoundaryAlert, LoadingPlaceholder, Stack } from '@grafana/ui';
import { lazy, Suspense, useMemo } from 'react';
import type { QuiverDataSource } from '../datasource.ts';
import type { QuiverOptions, QuiverQuery } from '../types.ts';
import { QueryCodeEditor } from './code-editor.tsx';
import { FilterChips } from './filter-chips.tsx';
import { ModeToggle, modeOf } from './mode-toggle.tsx';
import { QueryHeader } from './query-header.tsx';
import { QueryOptions } from './query-options.tsx';
import { type RunError, runInfo } from './run-info.ts';
import { RunSummary } from './run-summary.tsx';
import type { SqlProblem } from './sql-editor.tsx';
import { offsetIn } from './use-validation.ts';
import { withKey } from './with-key.ts';

const QueryBuilder = lazy(() => import(/* webpackChunkName: "query-builder" */ '../builder/query-builder.tsx'));

/** The editor of a query in a panel, in Explore and in alerts. Whatever it changes, it keeps the keys that it does not know. */
export default function QueryEditor({
  datasource,
  query,
  data,
  range,
  app,
  onChange,
  onRunQuery,
}: QueryEditorProps<QuiverDataSource, QuiverQuery, QuiverOptions>) {
  const info = useMemo(() => runInfo(data, query.refId), [data, query.refId]);
  const context = { range, data };
  const requestId = data?.request?.requestId;
  const runProblem = useMemo(
    () => runProblemOf(datasource, query, data, info?.error),
    [datasource, query, data, info?.error],
  );
  return (
    <Stack direction="column" gap={1}>
      <QueryHeader
        query={query}
        app={app}
        isRunning={data?.state === LoadingState.Loading}
        onChange={onChange}
        onRun={onRunQuery}
        onCancel={requestId === undefined ? undefined : () => datasource.cancel(requestId)}
      >
        <ModeToggle query={query} onChange={onChange} />
      </QueryHeader>
      {modeOf(query) === 'builder' ? (
        <ErrorBoundaryAlert>
          <Suspense fallback={<LoadingPlaceholder text="Loading the builder" />}>
            <QueryBuilder datasource={datasource} query={query} onChange={onChange} onRunQuery={onRunQuery} />
          </Suspense>
        </ErrorBoundaryAlert>
      ) : (
        <QueryCodeEditor
          datasource={datasource}
          query={query}
          context={context}
          app={app}
          runProblem={runProblem}
          onChange={onChange}
          onRun={onRunQuery}
        />
      )}
      <FilterChips
        filters={query.adHocFilters ?? []}
        onChange={(filters) => onChange(withKey(query, 'adHocFilters', filters.length > 0 ? filters : undefined))}
      />
      {info && <RunSummary info={info} />}
      <QueryOptions query={query} app={app} onChange={onChange} />
    </Stack>
  );
}

/** Where the last run has failed, as long as the SQL is still the one that ran. */
function runProblemOf(
  datasource: QuiverDataSource,
  query: QuiverQuery,
  data: PanelData | undefined,
  error: RunError | undefined,
): SqlProblem | undefined {
  const ran = data?.request?.targets.find(({ refId }) => refId === query.refId);
  if (error?.position === undefined || !ran || !('rawSql' in ran) || ran.rawSql !== query.rawSql) {
    return undefined;
  }
  const offset = offsetIn(datasource, { query, context: { data } }, error.position);
  return offset === undefined ? undefined : { message: error.message, offset };
}
