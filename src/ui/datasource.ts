import {
  type AdHocVariableFilter,
  CoreApp,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type ScopedVars,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import type { Observable } from 'rxjs';
import { mergeFilters } from './ad-hoc-filters.ts';
import { createResources, type Resources } from './resources.ts';
import { sessionTimeZone } from './time-zone.ts';
import type { QuiverOptions, QuiverQuery } from './types.ts';
import { replaceDashboardVariables } from './variables/dashboard-variables.ts';

/** The data source as Grafana's frontend knows it: what it sends, the backend answers. */
export class QuiverDataSource extends DataSourceWithBackend<QuiverQuery, QuiverOptions> {
  /** What the editors ask the backend. */
  readonly resources: Resources;

  constructor(settings: DataSourceInstanceSettings<QuiverOptions>) {
    super(settings);
    this.resources = createResources(this);
    const { timeInterval } = settings.jsonData;
    if (timeInterval) {
      this.interval = timeInterval;
    }
  }

  /** The protocol carries no time zone: it travels in the queries. One that a query has itself stays. */
  override query(request: DataQueryRequest<QuiverQuery>): Observable<DataQueryResponse> {
    const timezone = sessionTimeZone(request.timezone);
    return super.query({
      ...request,
      targets: request.targets.map((target) => ({ ...target, timezone: target.timezone || timezone })),
    });
  }

  override applyTemplateVariables(
    query: QuiverQuery,
    scopedVars: ScopedVars,
    filters?: AdHocVariableFilter[],
  ): QuiverQuery {
    const adHocFilters = mergeFilters(query.adHocFilters, filters);
    return {
      ...query,
      ...(query.rawSql !== undefined && { rawSql: replaceDashboardVariables(query.rawSql, scopedVars) }),
      ...(adHocFilters.length > 0 && { adHocFilters }),
    };
  }

  override filterQuery(query: QuiverQuery): boolean {
    return !query.hide && hasSql(query);
  }

  /** Grafana puts it below what is saved, so the format is the one that a query without any has. */
  override getDefaultQuery(app: CoreApp): Partial<QuiverQuery> {
    return { format: app === CoreApp.Explore ? 'table' : 'time_series', rawSql: '' };
  }

  override getQueryDisplayText({ rawSql }: QuiverQuery): string {
    return rawSql?.trim() ?? '';
  }

  override targetContainsTemplate({ rawSql }: QuiverQuery): boolean {
    return getTemplateSrv().containsTemplate(rawSql);
  }

  override async getTagKeys(): Promise<MetricFindValue[]> {
    return [...(await this.resources.tagKeys())];
  }

  override async getTagValues({ key }: DataSourceGetTagValuesOptions<QuiverQuery>): Promise<MetricFindValue[]> {
    return [...(await this.resources.tagValues(key))];
  }
}

function hasSql({ rawSql }: QuiverQuery): boolean {
  return rawSql !== undefined && rawSql.trim() !== '';
}
