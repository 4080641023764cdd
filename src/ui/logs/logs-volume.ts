import {
  type DataQueryRequest,
  rangeUtil,
  type SupplementaryQueryOptions,
  SupplementaryQueryType,
} from '@grafana/data';
import { formatOf } from '../../model/query.ts';
import type { QuiverQuery } from '../types.ts';

/** The histogram above a list of logs, which the backend counts over the whole range. Undefined for what lists no logs. */
export function logsVolumeQuery(options: SupplementaryQueryOptions, query: QuiverQuery): QuiverQuery | undefined {
  const isLogs = formatOf(query) === 'logs' && !query.queryType;
  if (options.type !== SupplementaryQueryType.LogsVolume || !isLogs || query.hide) {
    return undefined;
  }
  return { ...query, refId: `logs-volume-${query.refId}`, queryType: 'logs-volume' };
}

/** About as many bars as can be told apart. */
const bars = 150;

/** The same for all queries of an Explore pane; undefined where none lists logs. */
export function logsVolumeRequest(
  type: SupplementaryQueryType,
  request: DataQueryRequest<QuiverQuery>,
): DataQueryRequest<QuiverQuery> | undefined {
  const options: SupplementaryQueryOptions = { type };
  const targets = request.targets.flatMap((query) => logsVolumeQuery(options, query) ?? []);
  if (targets.length === 0) {
    return undefined;
  }
  const interval = rangeUtil.calculateInterval(request.range, bars);
  return { ...request, ...interval, targets, maxDataPoints: bars, hideFromInspector: true };
}
