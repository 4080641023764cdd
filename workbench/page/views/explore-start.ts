import { CoreApp, type DataQuery, type DataSourceApi, dateTime, type TimeRange } from '@grafana/data';
import { config } from '@grafana/runtime';

/** A query that a newcomer can try. */
export interface Example {
  readonly title: string;
  readonly query: object;
}

/** What the server says of the workbench's own, beside Grafana's settings. */
export interface WorkbenchSettings {
  readonly examples: readonly Example[];
  /** ISO times. */
  readonly range: { readonly from: string; readonly to: string };
}

export interface ExploreStart {
  readonly query: DataQuery;
  /** The query that nobody has written yet. */
  readonly empty: DataQuery;
  readonly range: TimeRange;
  readonly examples: readonly Example[];
  /** Whose variables the editor knows, as it does in a panel. */
  readonly dashboardUid: string | undefined;
}

/** What Explore begins with; the address may name a query and a dashboard: `#/explore/<data source>?query=<JSON>&dashboard=<uid>`. */
export function readExploreStart(dataSource: DataSourceApi): ExploreStart {
  const { examples, range } = workbenchSettings();
  const unwritten: DataQuery = { refId: 'A', datasource: dataSource.getRef() };
  const empty: DataQuery = { ...dataSource.getDefaultQuery?.(CoreApp.Explore), ...unwritten };
  const parameters = new URLSearchParams(location.hash.split('?')[1] ?? '');
  const given = parameters.get('query');
  return {
    empty,
    // As Grafana opens a panel's query: defaults are for new ones.
    query: given === null ? empty : { ...unwritten, ...(JSON.parse(given) as object) },
    range: timeRange(range.from, range.to),
    examples,
    dashboardUid: parameters.get('dashboard') ?? undefined,
  };
}

export function workbenchSettings(): WorkbenchSettings {
  return (config as unknown as { readonly workbench: WorkbenchSettings }).workbench;
}

function timeRange(fromIso: string, toIso: string): TimeRange {
  const [from, to] = [dateTime(fromIso), dateTime(toIso)];
  return { from, to, raw: { from, to } };
}
