import type { Frame } from '../frame/frame.ts';
import type { Notice } from '../frame/metadata.ts';
import type { DataQuery, DataResponse, QueryDataHandler, QueryDataRequest } from '../grafana/handlers.ts';
import { dataSourceKey } from '../grafana/instances.ts';
import { shapeFrames } from '../query/format.ts';
import { type ExpandedSql, expandMacros, originalPosition } from '../query/interpolate.ts';
import { resolveTimezone } from '../query/timezone.ts';
import { collect } from './collect.ts';
import { withDeadline } from './deadline.ts';
import type { Dependencies } from './dependencies.ts';
import { DatasourceError, failureFrom, type QueryFailure } from './errors.ts';
import { parseQuery } from './parse-query.ts';
import { limitsFor, parseSettings } from './settings.ts';
import { limitError, readsNoNotices, truncationNotice } from './truncation.ts';

/** Answers the queries of a request beside one another; what fails in one stays in its own answer. */
export function queryDataHandler(dependencies: Dependencies): QueryDataHandler {
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
  dependencies: Dependencies,
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
    const failure = failureFrom(error, dependencies.report);
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
  { admin, instances, queue }: Dependencies,
  request: QueryDataRequest,
  query: DataQuery,
  caller: AbortSignal,
  run: Run,
): Promise<readonly Frame[]> {
  const { pluginContext, headers } = request;
  if (request.queries.filter(({ refId }) => refId === query.refId).length > 1) {
    throw new DatasourceError('query_invalid', `Cannot run the query: several have the refId ${query.refId}`);
  }
  const model = parseQuery(query.refId, query.json);
  const dataSource = pluginContext.dataSourceInstanceSettings;
  if (!dataSource) {
    throw new DatasourceError('query_invalid', 'Cannot run the query: the request names no data source');
  }
  const settings = parseSettings(dataSource.jsonData);
  const limits = limitsFor(settings.limits, admin, request.queries.length);
  const timezone = resolveTimezone(model.timezone) ?? settings.duckdb.timezone;
  const context = { ...query.timeRange, ...resolutionOf(query), ...(timezone && { timezone }) };
  const expanded = expandMacros(model.rawSql, context);
  run.expanded = expanded;
  const collected = await withDeadline('the query', limits.timeoutMs, caller, (signal) =>
    instances.use(pluginContext, ({ engine }) =>
      queue.run(dataSourceKey(pluginContext, dataSource), signal, async () =>
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
    maxRows: limits.rows,
    maxCells: Math.floor(limits.bytes / 8),
    ...(fill && { fill }),
    ...(expanded.step && { step: expanded.step }),
  });
  const notices = [...(collected.truncatedBy ? [truncationNotice(collected, limits)] : []), ...shaped.notices];
  return shaped.frames.map((frame, i) => withMeta(frame, expanded.sql, i === 0 ? notices : []));
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
