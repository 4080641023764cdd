import {
  CoreApp,
  type DataQueryRequest,
  dateTime,
  type LogRowContextOptions,
  LogRowContextQueryDirection,
  type LogRowModel,
} from '@grafana/data';
import type { LogsContext } from '../../model/query.ts';
import type { QuiverQuery } from '../types.ts';

const hourMs = 3_600_000;

/** How far from the line its neighbours may be, where Grafana does not say. */
const defaultWindowMs = 2 * hourMs;
const defaultLimit = 50;

/** Asks for the lines before or after one line: by its query, in a range that ends or begins with it. */
export function logContextRequest(
  row: LogRowModel,
  query: QuiverQuery,
  options: LogRowContextOptions = {},
): DataQueryRequest<QuiverQuery> {
  const direction = options.direction === LogRowContextQueryDirection.Forward ? 'forward' : 'backward';
  const logsContext: LogsContext = { direction, timeNs: row.timeEpochNs, limit: options.limit ?? defaultLimit };
  const windowMs = options.timeWindowMs ?? defaultWindowMs;
  const range = rangeOf(direction, row.timeEpochMs, windowMs);
  return {
    requestId: `logs-context-${row.uid}-${direction}`,
    app: CoreApp.Explore,
    targets: [{ ...query, refId: `logs-context-${query.refId}`, queryType: 'logs-context', logsContext }],
    range,
    interval: '1s',
    intervalMs: 1_000,
    scopedVars: options.scopedVars ?? {},
    timezone: '',
    startTime: Date.now(),
    hideFromInspector: true,
  };
}

/** A range counts whole milliseconds, and a line stands somewhere within its own. */
function rangeOf(direction: LogsContext['direction'], timeMs: number, windowMs: number) {
  const [fromMs, toMs] = direction === 'forward' ? [timeMs, timeMs + windowMs] : [timeMs - windowMs, timeMs + 1];
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
}
