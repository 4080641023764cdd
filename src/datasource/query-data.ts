import type { Frame } from '../frame/frame.ts';
import type { Notice } from '../frame/metadata.ts';
import type { PluginContext } from '../grafana/context.ts';
import type { DataQuery, DataResponse, QueryDataHandler, QueryDataRequest } from '../grafana/handlers.ts';
import { withTexts } from '../query/enums.ts';
import { shapeFrames } from '../query/format.ts';
import { type ExpandedSql, originalPosition } from '../query/interpolate.ts';
import { type Collected, collect } from './collect.ts';
import { withDeadline } from './deadline.ts';
import type { Dependencies } from './dependencies.ts';
import { failureFrom, type QueryFailure } from './errors.ts';
import { type Plan, planQuery } from './plan-query.ts';
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
  let plan: Plan | undefined;
  let response: DataResponse;
  try {
    plan = planQuery(request, query, dependencies.admin);
    const collected = await readRows(dependencies, request.pluginContext, plan, signal);
    response = { status: 200, frames: makeFrames(plan, collected, request.headers) };
  } catch (error) {
    response = errorResponse(query.refId, failureFrom(error, dependencies.report), plan?.expanded);
  }
  const { status, error } = response;
  const seconds = (performance.now() - started) / 1000;
  dependencies.metrics.observe('queryData', { status, ...(error && { source: error.source }) }, seconds);
  return response;
}

/** Holds the instance and a slot until the engine's own call has returned, even where the deadline has answered before. */
function readRows(
  { instances, queue }: Dependencies,
  pluginContext: PluginContext,
  { source, expanded, limits, timezone, bigintAsText, forPanel, shape }: Plan,
  caller: AbortSignal,
): Promise<Collected> {
  return withDeadline('the query', limits.timeoutMs, caller, (signal) =>
    instances.use(pluginContext, ({ engine }) =>
      queue.run(source, signal, async () => {
        const options = { signal, ...(timezone && { timezone }), ...(bigintAsText && { bigintAsText }) };
        const result = await engine.query(expanded.sql, options);
        return collect(withTexts(result, shape.format, forPanel), limits);
      }),
    ),
  );
}

function makeFrames(
  { shape, expanded, limits }: Plan,
  collected: Collected,
  headers: ReadonlyMap<string, string>,
): readonly Frame[] {
  if (collected.truncatedBy && readsNoNotices(headers)) {
    throw limitError(collected, limits);
  }
  const shaped = shapeFrames(collected, shape);
  const notices = [...(collected.truncatedBy ? [truncationNotice(collected, limits)] : []), ...shaped.notices];
  return shaped.frames.map((frame, i) => withMeta(frame, expanded.sql, i === 0 ? notices : []));
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
