import type { Frame } from '../frame/frame.ts';
import type { FrameMeta, Notice } from '../frame/metadata.ts';
import type { Fill, QueryFormat } from '../model/query.ts';
import type { Steps } from '../steps/steps.ts';
import { annotationTable } from './annotations.ts';
import { are, counted } from './counted.ts';
import type { Filling } from './filling.ts';
import type { Step } from './interval.ts';
import { logLines } from './log-lines.ts';
import { longToMulti, type MultiFrames } from './long-to-multi.ts';
import { longToWide } from './long-to-wide.ts';
import { lossNotices } from './losses.ts';
import { type Result, rowCountOf, uniqueNames } from './result.ts';
import { isNumeric, timeNames, withTimestamps } from './time-column.ts';
import { type TimeSeriesResult, timeSeriesOf } from './time-series.ts';
import { traceSpans } from './traces.ts';
import { markWideIntegers } from './wide-integers.ts';

/** What rows may become: a format that a query names, or what else is asked of one. */
export type ShapeFormat = QueryFormat | 'annotation';

export interface ShapeOptions {
  readonly refId: string;
  readonly format: ShapeFormat;
  /** The macro's, else the query's own. Only time series are filled. */
  readonly fill?: Fill;
  /** The grid that a fill follows. Default: `intervalMs`, counted from the epoch. */
  readonly step?: Step;
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervalMs: number;
  /** Values that the frames of a time series may have together. Default 2^25: 256 MiB where values have 64 bits. */
  readonly maxCells?: number;
  /** Times that a fill may make. Default 1,000,000. */
  readonly maxRows?: number;
}

export interface ShapedFrames {
  /** At least one, each with the refId; meta has the type and the preferred visualisation, and leaves the rest to the caller. */
  readonly frames: readonly Frame[];
  /** What a person should know of the result, not yet in any frame's meta. */
  readonly notices: readonly Notice[];
}

const metas = {
  table: { type: 'table', preferredVisualisationType: 'table' },
  time_series: { type: 'timeseries-wide', typeVersion: [0, 1], preferredVisualisationType: 'graph' },
  multi: { type: 'timeseries-multi', typeVersion: [0, 1], preferredVisualisationType: 'graph' },
} as const satisfies Partial<Record<QueryFormat, FrameMeta>>;

/**
 * Turns a result into the frames of the format that the query asks for. A result without rows keeps its columns, and is never an error.
 *
 * @throws QueryError
 */
export function* shapeFrames(result: Result, options: ShapeOptions): Steps<ShapedFrames> {
  const { format, refId } = options;
  const named: Result = { fields: uniqueNames(result.fields), batches: result.batches };
  const { frames, notices } = yield* shapers[format](named, options);
  return { frames: frames.map((frame) => ({ ...frame, refId })), notices };
}

type Shaper = (result: Result, options: ShapeOptions) => Steps<ShapedFrames>;

const shapers: Readonly<Record<ShapeFormat, Shaper>> = {
  table: asTable,
  time_series: (result, options) => asTimeSeries(result, 'time_series', options),
  multi: (result, options) => asTimeSeries(result, 'multi', options),
  logs: logLines,
  traces: traceSpans,
  annotation: annotationTable,
};

function* asTable(result: Result): Steps<ShapedFrames> {
  const { fields, batches } = yield* withTimes(result);
  return {
    frames: [{ meta: metas.table, fields, batches }],
    notices: lossNotices(markWideIntegers({ fields, batches }), ['time', 'notFinite', 'notJson', 'digits']),
  };
}

/** Columns as they are; numbers named `time` or, for annotations, `timeend` are times, as in Grafana's own SQL sources. */
function* withTimes(result: Result): Steps<Result> {
  let timed = result;
  for (const [index, { name }] of result.fields.entries()) {
    timed = timeNames.includes(name.toLowerCase()) ? yield* withTimestamps(timed, index) : timed;
  }
  return timed;
}

function* asTimeSeries(result: Result, format: 'time_series' | 'multi', options: ShapeOptions): Steps<ShapedFrames> {
  if (rowCountOf(result) === 0) {
    return { frames: [yield* emptyFrame(result, format)], notices: [] };
  }
  const series = yield* timeSeriesOf(result);
  const { frames, droppedRows } = yield* shapeSeries(series, format, fillingOf(options));
  return {
    frames:
      frames.length === 0
        ? [yield* emptyFrame(series, format)]
        : frames.map((frame) => ({ ...frame, meta: metas[format] })),
    notices: [
      // A graph shows no digits.
      ...lossNotices(series, ['time', 'notFinite', 'notJson']),
      ...(droppedRows === 0 ? [] : [droppedNotice(droppedRows, series)]),
      ...series.unused.map(unusedNotice),
    ],
  };
}

function* shapeSeries(series: TimeSeriesResult, format: 'time_series' | 'multi', filling: Filling): Steps<MultiFrames> {
  if (format === 'multi') {
    return yield* longToMulti(series, filling);
  }
  const { frame, droppedRows } = yield* longToWide(series, filling);
  return { frames: frame.batches.length === 0 ? [] : [frame], droppedRows };
}

function fillingOf({
  fill,
  step,
  fromMs,
  toMs,
  intervalMs,
  maxCells = 2 ** 25,
  maxRows = 1_000_000,
}: ShapeOptions): Filling {
  const regular: Step = {
    interval: { unit: 'millisecond', count: Math.max(1, Math.floor(intervalMs)) },
    timezone: 'UTC',
  };
  return { ...(fill && { fill }), step: step ?? regular, fromMs, toMs, maxCells, maxRows };
}

/** Times and numbers of a result without rows. Labels have no column in a time series, and there is none whose field could carry them. */
function* emptyFrame(result: Result, format: 'time_series' | 'multi'): Steps<Frame> {
  const { fields } = yield* withTimes(result);
  return {
    meta: metas[format],
    fields: fields.filter(({ type }) => type === 'timestamp' || isNumeric(type)),
    batches: [],
  };
}

function droppedNotice(count: number, { fields, time }: TimeSeriesResult): Notice {
  return {
    severity: 'warning',
    text: `${counted(count, 'row')} whose ${fields[time]?.name} is empty ${are(count)} left out`,
  };
}

function unusedNotice(name: string): Notice {
  return {
    severity: 'info',
    text: `Column ${name} is left out: a time series has one column of times, and numbers and text`,
  };
}
