import type { Frame } from '../frame/frame.ts';
import type { Notice, Stat } from '../frame/metadata.ts';
import type { DataQuery, DataResponse, QueryDataHandler, QueryDataRequest } from '../grafana/handlers.ts';
import { counted } from '../query/counted.ts';
import { type ShapedFrames, type ShapeOptions, shapeFrames } from '../query/format.ts';
import type { ExpandedSql } from '../query/interpolate.ts';
import { lttbFrame } from '../query/lttb-frame.ts';
import { rowCountOf } from '../query/result.ts';
import { labelTypes } from '../query/time-series.ts';
import { inTurns } from '../steps/in-turns.ts';
import type { Steps } from '../steps/steps.ts';
import type { Dependencies } from './dependencies.ts';
import { failureFrom, type QueryFailure } from './errors.ts';
import { type Plan, planQuery } from './plan-query.ts';
import type { QueryMetrics } from './query-metrics.ts';
import { type Read, readRows } from './read-rows.ts';
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
    const { pluginContext, headers } = request;
    const planned = planQuery(request, query, dependencies.admin);
    plan = planned;
    const frames = await readRows(dependencies, pluginContext, planned, signal, (read, deadline) =>
      makeFrames(planned, read, headers, deadline),
    );
    response = { status: 200, frames, ownsColumns: true };
  } catch (error) {
    const failure = failureFrom(error, dependencies.report);
    countStop(dependencies.queryMetrics, failure);
    response = errorResponse(query.refId, failure, plan?.expanded);
  }
  const { status, error } = response;
  const seconds = (performance.now() - started) / 1000;
  dependencies.metrics.observe('queryData', { status, ...(error && { source: error.source }) }, seconds);
  return response;
}

async function makeFrames(
  plan: Plan,
  read: Read,
  headers: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<readonly Frame[]> {
  const { limits } = plan;
  if (read.truncatedBy && readsNoNotices(headers)) {
    throw limitError(read, limits);
  }
  const shaped = await inTurns(shapePlanned(plan, read), () => signal.throwIfAborted());
  const { frames } = shaped;
  const notices = [
    ...(read.truncatedBy ? [truncationNotice(read, limits)] : []),
    ...(read.downsampledFrom === undefined
      ? []
      : [downsampledNotice(pointsOf(frames, plan, read), read.downsampledFrom)]),
    ...read.notices,
    ...shaped.notices,
  ];
  return frames.map((frame, i) =>
    i === 0 ? withMeta(frame, read.executedSql, notices, statsOf(read)) : withMeta(frame, read.executedSql),
  );
}

function* shapePlanned(plan: Plan, read: Read): Steps<ShapedFrames> {
  const shaped = yield* shapeFrames(read, shapeOf(plan, read));
  const { downsample } = plan;
  if (downsample?.mode !== 'lttb' || read.bucketNs === undefined) {
    return shaped;
  }
  // The engine has left more rows than a series gets points.
  const frames: Frame[] = [];
  for (const frame of shaped.frames) {
    frames.push(yield* lttbFrame(frame, downsample.maxDataPoints, read.bucketNs));
    yield;
  }
  return { ...shaped, frames };
}

/**
 * What was picked from one series is at other times than in the next: in one frame, nearly all would be empty. For lttb each value column is
 * a series too.
 */
function shapeOf({ shape, downsample }: Plan, { fields, downsampledFrom }: Read): ShapeOptions {
  const isScattered =
    downsample?.mode === 'lttb' || (downsample?.mode === 'minmax' && fields.some(({ type }) => labelTypes.has(type)));
  return downsampledFrom !== undefined && isScattered ? { ...shape, format: 'multi' } : shape;
}

function pointsOf(frames: readonly Frame[], { downsample }: Plan, { rowCount }: Read): number {
  return downsample?.mode === 'lttb' ? frames.reduce((sum, frame) => sum + rowCountOf(frame), 0) : rowCount;
}

function downsampledNotice(rowCount: number, from: number): Notice {
  return { severity: 'info', text: `Downsampled to ${counted(rowCount, 'point')} from ${counted(from, 'row')}` };
}

function withMeta(
  frame: Frame,
  executedQueryString: string,
  notices: readonly Notice[] = [],
  stats: readonly Stat[] = [],
): Frame {
  const all = [...(frame.meta?.notices ?? []), ...notices];
  const meta = {
    ...frame.meta,
    executedQueryString,
    ...(all.length > 0 && { notices: all }),
    ...(stats.length > 0 && { stats }),
  };
  return { ...frame, meta };
}

function statsOf({ rowCount, byteLength, waitedMs, engineMs }: Read): readonly Stat[] {
  return [
    { displayName: 'Rows from the engine', value: rowCount },
    { displayName: 'Bytes from the engine', value: byteLength, unit: 'decbytes' },
    { displayName: 'Time in the engine', value: inTenths(engineMs), unit: 'ms' },
    { displayName: 'Time waiting for a slot', value: inTenths(waitedMs), unit: 'ms' },
  ];
}

function inTenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function errorResponse(refId: string, failure: QueryFailure, expanded: ExpandedSql | undefined): DataResponse {
  const { code, position } = failure;
  const custom = { code, ...(position !== undefined && { position }) };
  const meta = { custom, ...(expanded && { executedQueryString: expanded.sql }) };
  return {
    status: failure.status,
    error: { message: failure.text, source: failure.source },
    frames: [{ refId, meta, fields: [], batches: [] }],
  };
}

function countStop(queryMetrics: QueryMetrics, { code }: QueryFailure): void {
  if (code === 'cancelled' || code === 'timeout' || code === 'memory_exceeded') {
    queryMetrics.stopped(code);
  }
}
