import type { Map as ProtoMap } from 'google-protobuf';
import pb from '../generated/grafana/backend_pb.js';
import type { AppInstanceSettings, DataSourceInstanceSettings, PluginContext, User } from './context.ts';
import type {
  CallResourceRequest,
  CheckHealthRequest,
  CollectMetricsRequest,
  DataFrameFormat,
  DataQuery,
  QueryDataRequest,
  TimeRange,
} from './handlers.ts';

/**
 * Requests of the wire as plain values: absent messages and empty fields as proto3 means them, int64 as numbers, bytes in place.
 *
 * Each throws InvalidMessageError for an integer beyond 2^53.
 */

/** A message that decodes, but says what cannot be. */
export class InvalidMessageError extends Error {
  override readonly name = 'InvalidMessageError';
}

export function queryDataRequestFrom(request: pb.QueryDataRequest): QueryDataRequest {
  return {
    pluginContext: pluginContextFrom(request.getPlugincontext()),
    headers: mapFrom(request.getHeadersMap()),
    queries: request.getQueriesList().map(dataQueryFrom),
    format: formatFrom(request.getFormat()),
  };
}

export function checkHealthRequestFrom(request: pb.CheckHealthRequest): CheckHealthRequest {
  return { pluginContext: pluginContextFrom(request.getPlugincontext()), headers: mapFrom(request.getHeadersMap()) };
}

export function collectMetricsRequestFrom(request: pb.CollectMetricsRequest): CollectMetricsRequest {
  return { pluginContext: pluginContextFrom(request.getPlugincontext()) };
}

export function callResourceRequestFrom(request: pb.CallResourceRequest): CallResourceRequest {
  return {
    pluginContext: pluginContextFrom(request.getPlugincontext()),
    path: request.getPath(),
    method: request.getMethod(),
    url: request.getUrl(),
    headers: new Map(
      [...request.getHeadersMap().entries()].map(([name, values]) => [name, values.getValuesList()] as const),
    ),
    body: request.getBody_asU8(),
  };
}

function pluginContextFrom(context: pb.PluginContext | undefined): PluginContext {
  // Every field of proto3 may be missing; an absent context is one whose fields are all unset.
  const present = context ?? new pb.PluginContext();
  const user = present.getUser();
  const app = present.getAppinstancesettings();
  const dataSource = present.getDatasourceinstancesettings();
  return {
    orgId: integerFrom('orgId', present.getOrgid()),
    pluginId: present.getPluginid(),
    pluginVersion: present.getPluginversion(),
    apiVersion: present.getApiversion(),
    namespace: present.getNamespace(),
    userAgent: present.getUseragent(),
    grafanaConfig: mapFrom(present.getGrafanaconfigMap()),
    ...(user && { user: userFrom(user) }),
    ...(app && { appInstanceSettings: appInstanceSettingsFrom(app) }),
    ...(dataSource && { dataSourceInstanceSettings: dataSourceInstanceSettingsFrom(dataSource) }),
  };
}

function userFrom(user: pb.User): User {
  return { login: user.getLogin(), name: user.getName(), email: user.getEmail(), role: user.getRole() };
}

function appInstanceSettingsFrom(settings: pb.AppInstanceSettings): AppInstanceSettings {
  return {
    jsonData: settings.getJsondata_asU8(),
    decryptedSecureJsonData: mapFrom(settings.getDecryptedsecurejsondataMap()),
    updatedMs: integerFrom('lastUpdatedMS', settings.getLastupdatedms()),
    apiVersion: settings.getApiversion(),
  };
}

function dataSourceInstanceSettingsFrom(settings: pb.DataSourceInstanceSettings): DataSourceInstanceSettings {
  return {
    id: integerFrom('id', settings.getId()),
    uid: settings.getUid(),
    name: settings.getName(),
    url: settings.getUrl(),
    user: settings.getUser(),
    database: settings.getDatabase(),
    basicAuthEnabled: settings.getBasicauthenabled(),
    basicAuthUser: settings.getBasicauthuser(),
    jsonData: settings.getJsondata_asU8(),
    decryptedSecureJsonData: mapFrom(settings.getDecryptedsecurejsondataMap()),
    updatedMs: integerFrom('lastUpdatedMS', settings.getLastupdatedms()),
    apiVersion: settings.getApiversion(),
  };
}

function dataQueryFrom(query: pb.DataQuery): DataQuery {
  return {
    refId: query.getRefid(),
    queryType: query.getQuerytype(),
    maxDataPoints: integerFrom('maxDataPoints', query.getMaxdatapoints()),
    intervalMs: integerFrom('intervalMS', query.getIntervalms()),
    timeRange: timeRangeFrom(query.getTimerange()),
    json: query.getJson_asU8(),
  };
}

function timeRangeFrom(range: pb.TimeRange | undefined): TimeRange {
  return {
    fromMs: integerFrom('fromEpochMS', range?.getFromepochms() ?? 0),
    toMs: integerFrom('toEpochMS', range?.getToepochms() ?? 0),
  };
}

function formatFrom(format: pb.DataFrameFormatMap[keyof pb.DataFrameFormatMap]): DataFrameFormat {
  return format === pb.DataFrameFormat.JSON ? 'json' : 'arrow';
}

function mapFrom(map: ProtoMap<string, string>): ReadonlyMap<string, string> {
  return new Map(map.entries());
}

/** The stubs hold an int64 in a number, which rounds beyond 2^53. */
function integerFrom(field: string, value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new InvalidMessageError(`Cannot read ${field}: ${value} is beyond 2^53`);
  }
  return value;
}
