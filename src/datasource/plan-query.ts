import type { DataQuery, QueryDataRequest } from '../grafana/handlers.ts';
import { dataSourceKey } from '../grafana/instances.ts';
import type { AdHocFilter, Fill } from '../model/query.ts';
import type { DownsampleOptions } from '../query/downsample-sql.ts';
import type { ShapeFormat, ShapeOptions } from '../query/format.ts';
import { type ExpandedSql, expandMacros, type MacroContext } from '../query/interpolate.ts';
import { timeNames } from '../query/time-column.ts';
import { resolveTimezone } from '../query/timezone.ts';
import { withoutOrder } from '../sql/outer-clauses.ts';
import type { AdminSettings } from './environment.ts';
import { DatasourceError } from './errors.ts';
import { type Limits, limitsFor } from './limits.ts';
import { parseQuery } from './parse-query.ts';
import { type QueryKind, queryKindOf } from './query-kinds.ts';
import { parseSettings } from './settings.ts';
import { readsNoNotices } from './truncation.ts';

/** All that can be known of a query before an engine sees it. */
export interface Plan {
  /** Which data source it is for, as the queue tells them apart. */
  readonly source: string;
  /** Without ad hoc filters: which of them apply, only an engine's columns tell. */
  readonly expanded: ExpandedSql;
  /** Expands again, now that the columns are known. */
  readonly expand: (adHoc: MacroContext['adHoc']) => ExpandedSql;
  readonly adHocFilters: readonly AdHocFilter[];
  /** Whether the rows are log lines, or what is asked beside them: then filters' keys may be fields and labels of the lines. */
  readonly isLogs: boolean;
  readonly limits: Limits;
  /** The session's zone: the query's, else the data source's. Default: the engine's. */
  readonly timezone?: string;
  /** How the engine is to write numbers of many digits. Default: as numbers. */
  readonly bigintAsText?: { readonly exceptNames: readonly string[] };
  /** Whether a panel shows the answer: rules, expressions and annotations take values alone. */
  readonly forPanel: boolean;
  /** The SQL that runs around the person's, and gives something else than its rows. Default: nothing. */
  readonly around?: QueryKind['around'];
  /** How a time series is made smaller in the engine. Default: not at all. */
  readonly downsample?: DownsampleOptions;
  readonly shape: ShapeOptions;
}

/**
 * Reads the query and the settings that it runs under, and expands its macros.
 *
 * @throws DatasourceError, QueryError, EngineError `settings_invalid`
 */
export function planQuery(request: QueryDataRequest, query: DataQuery, admin: AdminSettings): Plan {
  if (request.queries.filter(({ refId }) => refId === query.refId).length > 1) {
    throw new DatasourceError('query_invalid', `Cannot run the query: several have the refId ${query.refId}`);
  }
  const model = parseQuery(query.refId, query.json);
  const dataSource = request.pluginContext.dataSourceInstanceSettings;
  if (!dataSource) {
    throw new DatasourceError('query_invalid', 'Cannot run the query: the request names no data source');
  }
  const settings = parseSettings(dataSource.jsonData);
  const limits = limitsFor(settings.limits, admin, request.queries.length);
  const timezone = resolveTimezone(model.timezone) ?? settings.duckdb.timezone;
  const context = { ...query.timeRange, ...resolutionOf(query), ...(timezone && { timezone }) };
  const kind = queryKindOf(query.queryType || (model.queryType ?? ''), model, context);
  const format = kind?.format ?? model.format;
  const expand = (adHoc?: MacroContext['adHoc']): ExpandedSql => {
    const expanded = expandMacros(model.rawSql, { ...context, ...(adHoc && { adHoc }) });
    return kind?.around ? { ...expanded, sql: withoutOrder(expanded.sql) } : expanded;
  };
  const expanded = expand();
  const fill = kind ? undefined : (expanded.fill ?? model.fill);
  const calculates = readsNoNotices(request.headers);
  return {
    source: dataSourceKey(request.pluginContext, dataSource),
    expanded,
    expand,
    adHocFilters: model.adHocFilters ?? [],
    isLogs: format === 'logs' || kind?.around !== undefined,
    limits,
    ...(timezone && { timezone }),
    // Text in a time series would be a label, and a rule or expression wants numbers.
    ...(settings.bigintAsText && format === 'table' && !calculates && { bigintAsText: { exceptNames: timeNames } }),
    forPanel: !calculates && format !== 'annotation',
    ...(kind?.around && { around: kind.around }),
    ...(model.downsample &&
      !kind &&
      isDownsampled(format, fill, calculates) && { downsample: { ...context, mode: model.downsample } }),
    shape: {
      ...context,
      refId: query.refId,
      format,
      maxRows: limits.rows,
      maxCells: Math.floor(limits.bytes / bytesPerCell),
      ...(fill && { fill }),
      ...(expanded.step && { step: expanded.step }),
    },
  };
}

/**
 * A rule or an expression calculates with every row, whatever a panel on the same query shows. A fill would take the rows that are left out
 * for gaps, and asks for a grid that has few points anyway.
 */
function isDownsampled(format: ShapeFormat, fill: Fill | undefined, calculates: boolean): boolean {
  return (format === 'time_series' || format === 'multi') && !fill && !calculates;
}

/** The widest of the types that a time series is spread over. */
const bytesPerCell = 8;

/** Grafana computes both; a caller that leaves them out gets a point for each of 1,000 pixels. */
function resolutionOf({ intervalMs, maxDataPoints, timeRange }: DataQuery): {
  intervalMs: number;
  maxDataPoints: number;
} {
  const points = maxDataPoints > 0 ? maxDataPoints : 1000;
  const range = Math.max(timeRange.toMs - timeRange.fromMs, 1);
  return { maxDataPoints: points, intervalMs: intervalMs > 0 ? intervalMs : Math.max(Math.ceil(range / points), 1) };
}
