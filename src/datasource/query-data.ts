import type { Frame } from '../frame/frame.ts';
import type { Notice } from '../frame/metadata.ts';
import type { DataQuery, DataResponse, QueryDataHandler, QueryDataRequest } from '../grafana/handlers.ts';
import type { InstanceManager } from '../grafana/instances.ts';
import type { Metrics } from '../grafana/metrics.ts';
import { shapeFrames } from '../query/format.ts';
import { type ExpandedSql, expandMacros, originalPosition } from '../query/interpolate.ts';
import { resolveTimezone } from '../query/timezone.ts';
import { type Collected, collect } from './collect.ts';
import { withDeadline } from './deadline.ts';
import type { AdminSettings } from './environment.ts';
import { DatasourceError, failureFrom, type QueryFailure } from './errors.ts';
import type { QuiverInstance } from './instance.ts';
import { parseQuery } from './parse-query.ts';
import type { QueryQueue } from './queue.ts';
import { type Limits, limitsFor, parseSettings } from './settings.ts';

export interface QueryDataDependencies {
  readonly admin: AdminSettings;
  readonly instances: InstanceManager<QuiverInstance>;
  readonly queue: QueryQueue;
  readonly metrics: Metrics;
  /** Told of failures that nobody foresaw; the person sees only that there was one. */
  readonly onInternalError: (error: unknown) => void;
}

/** Answers the queries of a request beside one another; what fails in one stays in its own answer. */
export function queryDataHandler(dependencies: QueryDataDependencies): QueryDataHandler {
  return {
    async queryData(request, signal) {
      const answers = request.queries.map(async (query) => {
        return [query.refId, await answerQuery(dependencies, request, query, signal)] as const;
      });
      return new Map(await Promise.all(answers));
    },
  };
}

async function answerQuery(
  dependencies: QueryDataDependencies,
  request: QueryDataRequest,
  query: DataQuery,
  signal: AbortSignal,
): Promise<DataResponse> {
  const started = performance.now();
  const run: Run = {};
  let response: DataResponse;
  try {
    response = { status: 200, frames: await runQuery(dependencies, request, query, signal, run) };
  } catch (error) {
    const failure = failureFrom(error);
    if (failure.code === 'internal') {
      dependencies.onInternalError(error);
    }
    response = errorResponse(query.refId, failure, run.expanded);
  }
  const { status, error } = response;
  const seconds = (performance.now() - started) / 1000;
  dependencies.metrics.observe('queryData', { status, ...(error && { source: error.source }) }, seconds);
  return response;
}

/** What is known of a query when it fails. */
interface Run {
  expanded?: ExpandedSql;
}

async function runQuery(
  { admin, instances, queue }: QueryDataDependencies,
  request: QueryDataRequest,
  query: DataQuery,
  caller: AbortSignal,
  run: Run,
): Promise<readonly Frame[]> {
  const { pluginContext, headers } = request;
  const model = parseQuery(query.refId, query.json);
  const dataSource = pluginContext.dataSourceInstanceSettings;
  if (!dataSource) {
    throw new DatasourceError('query_invalid', 'Cannot run the query: the request names no data source');
  }
  const settings = parseSettings(dataSource.jsonData);
  const limits = limitsFor(settings.limits, admin);
  const timezone = resolveTimezone(model.timezone) ?? settings.duckdb.timezone;
  const context = { ...query.timeRange, ...resolutionOf(query), ...(timezone && { timezone }) };
  const expanded = expandMacros(model.rawSql, context);
  run.expanded = expanded;
  const collected = await withDeadline(limits.timeoutMs, caller, (signal) =>
    instances.use(pluginContext, ({ engine }) =>
      queue.run(dataSource.uid, signal, async () =>
        collect(await engine.query(expanded.sql, { signal, ...(timezone && { timezone }) }), limits),
      ),
    ),
  );
  if (collected.truncatedBy && readsNoNotices(headers)) {
    throw limitError(collected, limits);
  }
  const fill = expanded.fill ?? model.fill;
  const shaped = shapeFrames(collected, {
    ...context,
    refId: query.refId,
    format: model.format,
    maxCells: Math.floor(limits.bytes / 8),
    ...(fill && { fill }),
    ...(expanded.step && { step: expanded.step }),
  });
  const notices = [...(collected.truncatedBy ? [truncationNotice(collected, limits)] : []), ...shaped.notices];
  return shaped.frames.map((frame, i) => withMeta(frame, expanded.sql, i === 0 ? notices : []));
}

/** Alert rules and server-side expressions act on values alone, so that a cut result must not look whole to them. */
function readsNoNotices(headers: ReadonlyMap<string, string>): boolean {
  // Grafana's names: FromAlert as it is (ngalert/models), the other with or without the prefix of forwarded headers (pkg/expr).
  const telling = new Set(['fromalert', 'x-grafana-from-expr', 'http_x-grafana-from-expr', 'http_fromalert']);
  return [...headers].some(([name, value]) => telling.has(name.toLowerCase()) && value === 'true');
}

function limitError({ truncatedBy }: Collected, limits: Limits): DatasourceError {
  return truncatedBy === 'rows'
    ? new DatasourceError('rows_exceeded', `The result has more than ${limits.rows} rows`, { hint: limitHint })
    : new DatasourceError('bytes_exceeded', `The result has more than ${limits.bytes} bytes`, { hint: limitHint });
}

const limitHint = 'Aggregate or filter more, or raise the limit in the settings of the data source';

function truncationNotice({ truncatedBy, rowCount }: Collected, limits: Limits): Notice {
  const limit = truncatedBy === 'rows' ? `${limits.rows} rows` : `${limits.bytes} bytes`;
  return {
    severity: 'warning',
    text: `Only the first ${rowCount} rows are shown: the result is larger than the limit of ${limit}. ${limitHint}`,
  };
}

/** Grafana computes both; a caller that leaves them out gets a point for each of 1,000 pixels. */
function resolutionOf({ intervalMs, maxDataPoints, timeRange }: DataQuery): {
  intervalMs: number;
  maxDataPoints: number;
} {
  const points = maxDataPoints > 0 ? maxDataPoints : 1000;
  const range = Math.max(timeRange.toMs - timeRange.fromMs, 1);
  return { maxDataPoints: points, intervalMs: intervalMs > 0 ? intervalMs : Math.max(Math.ceil(range / points), 1) };
}

function withMeta(frame: Frame, executedQueryString: string, notices: readonly Notice[]): Frame {
  const all = [...(frame.meta?.notices ?? []), ...notices];
  return { ...frame, meta: { ...frame.meta, executedQueryString, ...(all.length > 0 && { notices: all }) } };
}

function errorResponse(refId: string, failure: QueryFailure, expanded: ExpandedSql | undefined): DataResponse {
  const { code, position } = failure;
  // An engine's position is in the SQL that the macros became; where macros failed there is none, and the position is the person's.
  const place = expanded && position !== undefined ? originalPosition(expanded, position) : position;
  const custom = { code, ...(place !== undefined && { position: place }) };
  const meta = { custom, ...(expanded && { executedQueryString: expanded.sql }) };
  return {
    status: failure.status,
    error: { message: failure.text, source: failure.source },
    frames: [{ refId, meta, fields: [], batches: [] }],
  };
}
