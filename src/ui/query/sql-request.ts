import type { PanelData, TimeRange } from '@grafana/data';
import type { SqlRequest } from '../../model/resources.ts';
import { sessionTimeZone } from '../time-zone.ts';
import type { QuiverQuery } from '../types.ts';

/** What a query would be sent with, as far as an editor can know it before a run. */
export interface RunContext {
  readonly range?: TimeRange | undefined;
  readonly data?: PanelData | undefined;
}

/** The request that asks about a query. `query` has its dashboard variables replaced. */
export function sqlRequest(query: QuiverQuery, { range, data }: RunContext): SqlRequest {
  const request = data?.request;
  return {
    rawSql: query.rawSql ?? '',
    timezone: sessionTimeZone(query.timezone || request?.timezone),
    ...(query.format !== undefined && { format: query.format }),
    ...(query.adHocFilters && { adHocFilters: query.adHocFilters }),
    ...(range && { fromMs: range.from.valueOf(), toMs: range.to.valueOf() }),
    ...(request && { intervalMs: request.intervalMs }),
  };
}
