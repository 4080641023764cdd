import {
  type AdHocVariableFilter,
  CoreApp,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type DataSourceWithLogsContextSupport,
  type DataSourceWithQueryModificationSupport,
  type DataSourceWithSupplementaryQueriesSupport,
  type DataSourceWithToggleableQueryFiltersSupport,
  type GetTagResponse,
  getDefaultTimeRange,
  type LegacyMetricFindQueryOptions,
  type LogRowContextOptions,
  type LogRowModel,
  type MetricFindValue,
  type QueryFilterOptions,
  type QueryFixAction,
  type ScopedVars,
  type SupplementaryQueryOptions,
  SupplementaryQueryType,
  type ToggleFilterAction,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { lastValueFrom, type Observable, Subject } from 'rxjs';
import { defaultFormat } from '../model/query.ts';
import { mergeFilters } from './ad-hoc-filters.ts';
import { annotationSupport } from './annotations/annotation-support.ts';
import { sentence } from './failure.ts';
import { importQuery } from './import/import-query.ts';
import { logContextRequest } from './logs/log-context.ts';
import { logsVolumeQuery, logsVolumeRequest } from './logs/logs-volume.ts';
import { addFilter, filterActions, queryHasFilter, toggleFilter } from './logs/toggle-filter.ts';
import { createResources, type Resources } from './resources.ts';
import { sessionTimeZone } from './time-zone.ts';
import type { QuiverOptions, QuiverQuery } from './types.ts';
import { untilCancelled } from './until-cancelled.ts';
import { replaceDashboardVariables } from './variables/dashboard-variables.ts';
import { variableQueryFrom } from './variables/variable-query.ts';
import { metricFindValuesFrom, QuiverVariableSupport } from './variables/variable-support.ts';
import { wholeResponse } from './whole-response.ts';

/** The data source as Grafana's frontend knows it: what it sends, the backend answers. */
export class QuiverDataSource
  extends DataSourceWithBackend<QuiverQuery, QuiverOptions>
  implements
    DataSourceWithLogsContextSupport<QuiverQuery>,
    DataSourceWithQueryModificationSupport<QuiverQuery>,
    DataSourceWithSupplementaryQueriesSupport<QuiverQuery>,
    DataSourceWithToggleableQueryFiltersSupport<QuiverQuery>
{
  /** What the editors ask the backend. */
  readonly resources: Resources;
  override variables: QuiverVariableSupport;
  /** How far around a log line may be chosen. */
  readonly supportsAdjustableWindow = true;
  readonly #cancels = new Subject<string>();

  constructor(settings: DataSourceInstanceSettings<QuiverOptions>) {
    super(settings);
    this.resources = createResources(this);
    this.annotations = annotationSupport;
    this.variables = new QuiverVariableSupport((request) => this.query(request));
    const { timeInterval } = settings.jsonData;
    if (timeInterval) {
      this.interval = timeInterval;
    }
  }

  /** The protocol carries no time zone: it travels in the queries. One that a query has itself stays. */
  override query(request: DataQueryRequest<QuiverQuery>): Observable<DataQueryResponse> {
    const response = super.query({
      ...request,
      targets: request.targets.map((target) => ({
        ...target,
        timezone: sessionTimeZone(target.timezone || request.timezone),
      })),
    });
    return untilCancelled(response, request.requestId, this.#cancels);
  }

  /** Ends a running request, as an editor knows it. */
  cancel(requestId: string): void {
    this.#cancels.next(requestId);
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

  /** What a new query begins with. Grafana puts a panel's below queries that are saved, too, and Explore's below none. */
  override getDefaultQuery(app: CoreApp): Partial<QuiverQuery> {
    return { format: app === CoreApp.Explore ? 'table' : defaultFormat, rawSql: '' };
  }

  override getQueryDisplayText({ rawSql }: QuiverQuery): string {
    return rawSql?.trim() ?? '';
  }

  override targetContainsTemplate({ rawSql }: QuiverQuery): boolean {
    return getTemplateSrv().containsTemplate(rawSql);
  }

  override async getTagKeys(): Promise<GetTagResponse> {
    const { data, error } = await this.resources.tagKeys();
    return { data: [...data], ...(error && { error: { message: sentence(error) } }) };
  }

  override async getTagValues({ key }: DataSourceGetTagValuesOptions<QuiverQuery>): Promise<MetricFindValue[]> {
    return [...(await this.resources.tagValues(key))];
  }

  /** For those who ask without the variable's editor. */
  override async metricFindQuery(
    query: unknown,
    options: LegacyMetricFindQueryOptions = {},
  ): Promise<MetricFindValue[]> {
    const { range = getDefaultTimeRange(), scopedVars = {}, searchFilter } = options;
    const response = await lastValueFrom(
      this.variables.query({
        requestId: `variable-${options.variable?.name ?? ''}`,
        app: CoreApp.Dashboard,
        targets: [variableQueryFrom(query)],
        range,
        interval: '',
        intervalMs: 0,
        timezone: '',
        startTime: Date.now(),
        scopedVars: {
          ...scopedVars,
          ...(searchFilter && { __searchFilter: { text: searchFilter, value: searchFilter } }),
        },
      }),
    );
    return metricFindValuesFrom(wholeResponse(response).data);
  }

  override async importQueries(queries: DataQuery[]): Promise<QuiverQuery[]> {
    return queries.flatMap((query) => importQuery(query) ?? []);
  }

  getSupportedSupplementaryQueryTypes(): SupplementaryQueryType[] {
    return [SupplementaryQueryType.LogsVolume];
  }

  getSupplementaryQuery(options: SupplementaryQueryOptions, query: QuiverQuery): QuiverQuery | undefined {
    return logsVolumeQuery(options, query);
  }

  getSupplementaryRequest(
    type: SupplementaryQueryType,
    request: DataQueryRequest<QuiverQuery>,
  ): DataQueryRequest<QuiverQuery> | undefined {
    return logsVolumeRequest(type, request);
  }

  async getLogRowContext(
    row: LogRowModel,
    options?: LogRowContextOptions,
    query?: QuiverQuery,
  ): Promise<DataQueryResponse> {
    if (query === undefined) {
      throw new Error('Cannot read the lines around this one: Grafana does not say which query it is from');
    }
    return wholeResponse(await lastValueFrom(this.query(logContextRequest(row, query, options))));
  }

  showContextToggle(): boolean {
    return true;
  }

  toggleQueryFilter(query: QuiverQuery, filter: ToggleFilterAction): QuiverQuery {
    return toggleFilter(query, filter);
  }

  queryHasFilter(query: QuiverQuery, filter: QueryFilterOptions): boolean {
    return queryHasFilter(query, filter);
  }

  override modifyQuery(query: QuiverQuery, action: QueryFixAction): QuiverQuery {
    return addFilter(query, action);
  }

  getSupportedQueryModifications(): string[] {
    return Object.keys(filterActions);
  }
}

function hasSql({ rawSql }: QuiverQuery): boolean {
  return rawSql !== undefined && rawSql.trim() !== '';
}
