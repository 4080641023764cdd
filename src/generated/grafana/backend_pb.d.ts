// package: pluginv2
// file: grafana/backend.proto

import * as jspb from "google-protobuf";

export class PluginContext extends jspb.Message {
  getOrgid(): number;
  setOrgid(value: number): void;

  getPluginid(): string;
  setPluginid(value: string): void;

  hasUser(): boolean;
  clearUser(): void;
  getUser(): User | undefined;
  setUser(value?: User): void;

  hasAppinstancesettings(): boolean;
  clearAppinstancesettings(): void;
  getAppinstancesettings(): AppInstanceSettings | undefined;
  setAppinstancesettings(value?: AppInstanceSettings): void;

  hasDatasourceinstancesettings(): boolean;
  clearDatasourceinstancesettings(): void;
  getDatasourceinstancesettings(): DataSourceInstanceSettings | undefined;
  setDatasourceinstancesettings(value?: DataSourceInstanceSettings): void;

  getGrafanaconfigMap(): jspb.Map<string, string>;
  clearGrafanaconfigMap(): void;
  getPluginversion(): string;
  setPluginversion(value: string): void;

  getUseragent(): string;
  setUseragent(value: string): void;

  getApiversion(): string;
  setApiversion(value: string): void;

  getNamespace(): string;
  setNamespace(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PluginContext.AsObject;
  static toObject(includeInstance: boolean, msg: PluginContext): PluginContext.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PluginContext, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PluginContext;
  static deserializeBinaryFromReader(message: PluginContext, reader: jspb.BinaryReader): PluginContext;
}

export namespace PluginContext {
  export type AsObject = {
    orgid: number,
    pluginid: string,
    user?: User.AsObject,
    appinstancesettings?: AppInstanceSettings.AsObject,
    datasourceinstancesettings?: DataSourceInstanceSettings.AsObject,
    grafanaconfigMap: Array<[string, string]>,
    pluginversion: string,
    useragent: string,
    apiversion: string,
    namespace: string,
  }
}

export class User extends jspb.Message {
  getLogin(): string;
  setLogin(value: string): void;

  getName(): string;
  setName(value: string): void;

  getEmail(): string;
  setEmail(value: string): void;

  getRole(): string;
  setRole(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): User.AsObject;
  static toObject(includeInstance: boolean, msg: User): User.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: User, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): User;
  static deserializeBinaryFromReader(message: User, reader: jspb.BinaryReader): User;
}

export namespace User {
  export type AsObject = {
    login: string,
    name: string,
    email: string,
    role: string,
  }
}

export class AppInstanceSettings extends jspb.Message {
  getJsondata(): Uint8Array | string;
  getJsondata_asU8(): Uint8Array;
  getJsondata_asB64(): string;
  setJsondata(value: Uint8Array | string): void;

  getDecryptedsecurejsondataMap(): jspb.Map<string, string>;
  clearDecryptedsecurejsondataMap(): void;
  getLastupdatedms(): number;
  setLastupdatedms(value: number): void;

  getApiversion(): string;
  setApiversion(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): AppInstanceSettings.AsObject;
  static toObject(includeInstance: boolean, msg: AppInstanceSettings): AppInstanceSettings.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: AppInstanceSettings, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): AppInstanceSettings;
  static deserializeBinaryFromReader(message: AppInstanceSettings, reader: jspb.BinaryReader): AppInstanceSettings;
}

export namespace AppInstanceSettings {
  export type AsObject = {
    jsondata: Uint8Array | string,
    decryptedsecurejsondataMap: Array<[string, string]>,
    lastupdatedms: number,
    apiversion: string,
  }
}

export class DataSourceInstanceSettings extends jspb.Message {
  getId(): number;
  setId(value: number): void;

  getName(): string;
  setName(value: string): void;

  getUrl(): string;
  setUrl(value: string): void;

  getUser(): string;
  setUser(value: string): void;

  getDatabase(): string;
  setDatabase(value: string): void;

  getBasicauthenabled(): boolean;
  setBasicauthenabled(value: boolean): void;

  getBasicauthuser(): string;
  setBasicauthuser(value: string): void;

  getJsondata(): Uint8Array | string;
  getJsondata_asU8(): Uint8Array;
  getJsondata_asB64(): string;
  setJsondata(value: Uint8Array | string): void;

  getDecryptedsecurejsondataMap(): jspb.Map<string, string>;
  clearDecryptedsecurejsondataMap(): void;
  getLastupdatedms(): number;
  setLastupdatedms(value: number): void;

  getUid(): string;
  setUid(value: string): void;

  getApiversion(): string;
  setApiversion(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DataSourceInstanceSettings.AsObject;
  static toObject(includeInstance: boolean, msg: DataSourceInstanceSettings): DataSourceInstanceSettings.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DataSourceInstanceSettings, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DataSourceInstanceSettings;
  static deserializeBinaryFromReader(message: DataSourceInstanceSettings, reader: jspb.BinaryReader): DataSourceInstanceSettings;
}

export namespace DataSourceInstanceSettings {
  export type AsObject = {
    id: number,
    name: string,
    url: string,
    user: string,
    database: string,
    basicauthenabled: boolean,
    basicauthuser: string,
    jsondata: Uint8Array | string,
    decryptedsecurejsondataMap: Array<[string, string]>,
    lastupdatedms: number,
    uid: string,
    apiversion: string,
  }
}

export class CallResourceRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getPath(): string;
  setPath(value: string): void;

  getMethod(): string;
  setMethod(value: string): void;

  getUrl(): string;
  setUrl(value: string): void;

  getHeadersMap(): jspb.Map<string, StringList>;
  clearHeadersMap(): void;
  getBody(): Uint8Array | string;
  getBody_asU8(): Uint8Array;
  getBody_asB64(): string;
  setBody(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CallResourceRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CallResourceRequest): CallResourceRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CallResourceRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CallResourceRequest;
  static deserializeBinaryFromReader(message: CallResourceRequest, reader: jspb.BinaryReader): CallResourceRequest;
}

export namespace CallResourceRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    path: string,
    method: string,
    url: string,
    headersMap: Array<[string, StringList.AsObject]>,
    body: Uint8Array | string,
  }
}

export class CallResourceResponse extends jspb.Message {
  getCode(): number;
  setCode(value: number): void;

  getHeadersMap(): jspb.Map<string, StringList>;
  clearHeadersMap(): void;
  getBody(): Uint8Array | string;
  getBody_asU8(): Uint8Array;
  getBody_asB64(): string;
  setBody(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CallResourceResponse.AsObject;
  static toObject(includeInstance: boolean, msg: CallResourceResponse): CallResourceResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CallResourceResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CallResourceResponse;
  static deserializeBinaryFromReader(message: CallResourceResponse, reader: jspb.BinaryReader): CallResourceResponse;
}

export namespace CallResourceResponse {
  export type AsObject = {
    code: number,
    headersMap: Array<[string, StringList.AsObject]>,
    body: Uint8Array | string,
  }
}

export class StringList extends jspb.Message {
  clearValuesList(): void;
  getValuesList(): Array<string>;
  setValuesList(value: Array<string>): void;
  addValues(value: string, index?: number): string;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StringList.AsObject;
  static toObject(includeInstance: boolean, msg: StringList): StringList.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StringList, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StringList;
  static deserializeBinaryFromReader(message: StringList, reader: jspb.BinaryReader): StringList;
}

export namespace StringList {
  export type AsObject = {
    valuesList: Array<string>,
  }
}

export class TimeRange extends jspb.Message {
  getFromepochms(): number;
  setFromepochms(value: number): void;

  getToepochms(): number;
  setToepochms(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): TimeRange.AsObject;
  static toObject(includeInstance: boolean, msg: TimeRange): TimeRange.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: TimeRange, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): TimeRange;
  static deserializeBinaryFromReader(message: TimeRange, reader: jspb.BinaryReader): TimeRange;
}

export namespace TimeRange {
  export type AsObject = {
    fromepochms: number,
    toepochms: number,
  }
}

export class DataQuery extends jspb.Message {
  getRefid(): string;
  setRefid(value: string): void;

  getMaxdatapoints(): number;
  setMaxdatapoints(value: number): void;

  getIntervalms(): number;
  setIntervalms(value: number): void;

  hasTimerange(): boolean;
  clearTimerange(): void;
  getTimerange(): TimeRange | undefined;
  setTimerange(value?: TimeRange): void;

  getJson(): Uint8Array | string;
  getJson_asU8(): Uint8Array;
  getJson_asB64(): string;
  setJson(value: Uint8Array | string): void;

  getQuerytype(): string;
  setQuerytype(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DataQuery.AsObject;
  static toObject(includeInstance: boolean, msg: DataQuery): DataQuery.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DataQuery, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DataQuery;
  static deserializeBinaryFromReader(message: DataQuery, reader: jspb.BinaryReader): DataQuery;
}

export namespace DataQuery {
  export type AsObject = {
    refid: string,
    maxdatapoints: number,
    intervalms: number,
    timerange?: TimeRange.AsObject,
    json: Uint8Array | string,
    querytype: string,
  }
}

export class QueryDataRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getHeadersMap(): jspb.Map<string, string>;
  clearHeadersMap(): void;
  clearQueriesList(): void;
  getQueriesList(): Array<DataQuery>;
  setQueriesList(value: Array<DataQuery>): void;
  addQueries(value?: DataQuery, index?: number): DataQuery;

  getFormat(): DataFrameFormatMap[keyof DataFrameFormatMap];
  setFormat(value: DataFrameFormatMap[keyof DataFrameFormatMap]): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): QueryDataRequest.AsObject;
  static toObject(includeInstance: boolean, msg: QueryDataRequest): QueryDataRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: QueryDataRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): QueryDataRequest;
  static deserializeBinaryFromReader(message: QueryDataRequest, reader: jspb.BinaryReader): QueryDataRequest;
}

export namespace QueryDataRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    headersMap: Array<[string, string]>,
    queriesList: Array<DataQuery.AsObject>,
    format: DataFrameFormatMap[keyof DataFrameFormatMap],
  }
}

export class QueryDataResponse extends jspb.Message {
  getResponsesMap(): jspb.Map<string, DataResponse>;
  clearResponsesMap(): void;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): QueryDataResponse.AsObject;
  static toObject(includeInstance: boolean, msg: QueryDataResponse): QueryDataResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: QueryDataResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): QueryDataResponse;
  static deserializeBinaryFromReader(message: QueryDataResponse, reader: jspb.BinaryReader): QueryDataResponse;
}

export namespace QueryDataResponse {
  export type AsObject = {
    responsesMap: Array<[string, DataResponse.AsObject]>,
  }
}

export class DataResponse extends jspb.Message {
  clearFramesList(): void;
  getFramesList(): Array<Uint8Array | string>;
  getFramesList_asU8(): Array<Uint8Array>;
  getFramesList_asB64(): Array<string>;
  setFramesList(value: Array<Uint8Array | string>): void;
  addFrames(value: Uint8Array | string, index?: number): Uint8Array | string;

  getError(): string;
  setError(value: string): void;

  getJsonmeta(): Uint8Array | string;
  getJsonmeta_asU8(): Uint8Array;
  getJsonmeta_asB64(): string;
  setJsonmeta(value: Uint8Array | string): void;

  getStatus(): number;
  setStatus(value: number): void;

  getErrorsource(): string;
  setErrorsource(value: string): void;

  getFormat(): DataFrameFormatMap[keyof DataFrameFormatMap];
  setFormat(value: DataFrameFormatMap[keyof DataFrameFormatMap]): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DataResponse.AsObject;
  static toObject(includeInstance: boolean, msg: DataResponse): DataResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DataResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DataResponse;
  static deserializeBinaryFromReader(message: DataResponse, reader: jspb.BinaryReader): DataResponse;
}

export namespace DataResponse {
  export type AsObject = {
    framesList: Array<Uint8Array | string>,
    error: string,
    jsonmeta: Uint8Array | string,
    status: number,
    errorsource: string,
    format: DataFrameFormatMap[keyof DataFrameFormatMap],
  }
}

export class QueryChunkedDataRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getHeadersMap(): jspb.Map<string, string>;
  clearHeadersMap(): void;
  clearQueriesList(): void;
  getQueriesList(): Array<DataQuery>;
  setQueriesList(value: Array<DataQuery>): void;
  addQueries(value?: DataQuery, index?: number): DataQuery;

  getFormat(): DataFrameFormatMap[keyof DataFrameFormatMap];
  setFormat(value: DataFrameFormatMap[keyof DataFrameFormatMap]): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): QueryChunkedDataRequest.AsObject;
  static toObject(includeInstance: boolean, msg: QueryChunkedDataRequest): QueryChunkedDataRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: QueryChunkedDataRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): QueryChunkedDataRequest;
  static deserializeBinaryFromReader(message: QueryChunkedDataRequest, reader: jspb.BinaryReader): QueryChunkedDataRequest;
}

export namespace QueryChunkedDataRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    headersMap: Array<[string, string]>,
    queriesList: Array<DataQuery.AsObject>,
    format: DataFrameFormatMap[keyof DataFrameFormatMap],
  }
}

export class QueryChunkedDataResponse extends jspb.Message {
  getRefid(): string;
  setRefid(value: string): void;

  getFrameid(): string;
  setFrameid(value: string): void;

  getFrame(): Uint8Array | string;
  getFrame_asU8(): Uint8Array;
  getFrame_asB64(): string;
  setFrame(value: Uint8Array | string): void;

  getError(): string;
  setError(value: string): void;

  getStatus(): number;
  setStatus(value: number): void;

  getErrorsource(): string;
  setErrorsource(value: string): void;

  getFormat(): DataFrameFormatMap[keyof DataFrameFormatMap];
  setFormat(value: DataFrameFormatMap[keyof DataFrameFormatMap]): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): QueryChunkedDataResponse.AsObject;
  static toObject(includeInstance: boolean, msg: QueryChunkedDataResponse): QueryChunkedDataResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: QueryChunkedDataResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): QueryChunkedDataResponse;
  static deserializeBinaryFromReader(message: QueryChunkedDataResponse, reader: jspb.BinaryReader): QueryChunkedDataResponse;
}

export namespace QueryChunkedDataResponse {
  export type AsObject = {
    refid: string,
    frameid: string,
    frame: Uint8Array | string,
    error: string,
    status: number,
    errorsource: string,
    format: DataFrameFormatMap[keyof DataFrameFormatMap],
  }
}

export class CheckHealthRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getHeadersMap(): jspb.Map<string, string>;
  clearHeadersMap(): void;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CheckHealthRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CheckHealthRequest): CheckHealthRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CheckHealthRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CheckHealthRequest;
  static deserializeBinaryFromReader(message: CheckHealthRequest, reader: jspb.BinaryReader): CheckHealthRequest;
}

export namespace CheckHealthRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    headersMap: Array<[string, string]>,
  }
}

export class CheckHealthResponse extends jspb.Message {
  getStatus(): CheckHealthResponse.HealthStatusMap[keyof CheckHealthResponse.HealthStatusMap];
  setStatus(value: CheckHealthResponse.HealthStatusMap[keyof CheckHealthResponse.HealthStatusMap]): void;

  getMessage(): string;
  setMessage(value: string): void;

  getJsondetails(): Uint8Array | string;
  getJsondetails_asU8(): Uint8Array;
  getJsondetails_asB64(): string;
  setJsondetails(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CheckHealthResponse.AsObject;
  static toObject(includeInstance: boolean, msg: CheckHealthResponse): CheckHealthResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CheckHealthResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CheckHealthResponse;
  static deserializeBinaryFromReader(message: CheckHealthResponse, reader: jspb.BinaryReader): CheckHealthResponse;
}

export namespace CheckHealthResponse {
  export type AsObject = {
    status: CheckHealthResponse.HealthStatusMap[keyof CheckHealthResponse.HealthStatusMap],
    message: string,
    jsondetails: Uint8Array | string,
  }

  export interface HealthStatusMap {
    UNKNOWN: 0;
    OK: 1;
    ERROR: 2;
  }

  export const HealthStatus: HealthStatusMap;
}

export class CollectMetricsRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CollectMetricsRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CollectMetricsRequest): CollectMetricsRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CollectMetricsRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CollectMetricsRequest;
  static deserializeBinaryFromReader(message: CollectMetricsRequest, reader: jspb.BinaryReader): CollectMetricsRequest;
}

export namespace CollectMetricsRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
  }
}

export class CollectMetricsResponse extends jspb.Message {
  hasMetrics(): boolean;
  clearMetrics(): void;
  getMetrics(): CollectMetricsResponse.Payload | undefined;
  setMetrics(value?: CollectMetricsResponse.Payload): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CollectMetricsResponse.AsObject;
  static toObject(includeInstance: boolean, msg: CollectMetricsResponse): CollectMetricsResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CollectMetricsResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CollectMetricsResponse;
  static deserializeBinaryFromReader(message: CollectMetricsResponse, reader: jspb.BinaryReader): CollectMetricsResponse;
}

export namespace CollectMetricsResponse {
  export type AsObject = {
    metrics?: CollectMetricsResponse.Payload.AsObject,
  }

  export class Payload extends jspb.Message {
    getPrometheus(): Uint8Array | string;
    getPrometheus_asU8(): Uint8Array;
    getPrometheus_asB64(): string;
    setPrometheus(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Payload.AsObject;
    static toObject(includeInstance: boolean, msg: Payload): Payload.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Payload, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Payload;
    static deserializeBinaryFromReader(message: Payload, reader: jspb.BinaryReader): Payload;
  }

  export namespace Payload {
    export type AsObject = {
      prometheus: Uint8Array | string,
    }
  }
}

export class SubscribeStreamRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getPath(): string;
  setPath(value: string): void;

  getData(): Uint8Array | string;
  getData_asU8(): Uint8Array;
  getData_asB64(): string;
  setData(value: Uint8Array | string): void;

  getHeadersMap(): jspb.Map<string, string>;
  clearHeadersMap(): void;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SubscribeStreamRequest.AsObject;
  static toObject(includeInstance: boolean, msg: SubscribeStreamRequest): SubscribeStreamRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SubscribeStreamRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SubscribeStreamRequest;
  static deserializeBinaryFromReader(message: SubscribeStreamRequest, reader: jspb.BinaryReader): SubscribeStreamRequest;
}

export namespace SubscribeStreamRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    path: string,
    data: Uint8Array | string,
    headersMap: Array<[string, string]>,
  }
}

export class SubscribeStreamResponse extends jspb.Message {
  getStatus(): SubscribeStreamResponse.StatusMap[keyof SubscribeStreamResponse.StatusMap];
  setStatus(value: SubscribeStreamResponse.StatusMap[keyof SubscribeStreamResponse.StatusMap]): void;

  getData(): Uint8Array | string;
  getData_asU8(): Uint8Array;
  getData_asB64(): string;
  setData(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SubscribeStreamResponse.AsObject;
  static toObject(includeInstance: boolean, msg: SubscribeStreamResponse): SubscribeStreamResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SubscribeStreamResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SubscribeStreamResponse;
  static deserializeBinaryFromReader(message: SubscribeStreamResponse, reader: jspb.BinaryReader): SubscribeStreamResponse;
}

export namespace SubscribeStreamResponse {
  export type AsObject = {
    status: SubscribeStreamResponse.StatusMap[keyof SubscribeStreamResponse.StatusMap],
    data: Uint8Array | string,
  }

  export interface StatusMap {
    OK: 0;
    NOT_FOUND: 1;
    PERMISSION_DENIED: 2;
  }

  export const Status: StatusMap;
}

export class RunStreamRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getPath(): string;
  setPath(value: string): void;

  getData(): Uint8Array | string;
  getData_asU8(): Uint8Array;
  getData_asB64(): string;
  setData(value: Uint8Array | string): void;

  getHeadersMap(): jspb.Map<string, string>;
  clearHeadersMap(): void;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): RunStreamRequest.AsObject;
  static toObject(includeInstance: boolean, msg: RunStreamRequest): RunStreamRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: RunStreamRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): RunStreamRequest;
  static deserializeBinaryFromReader(message: RunStreamRequest, reader: jspb.BinaryReader): RunStreamRequest;
}

export namespace RunStreamRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    path: string,
    data: Uint8Array | string,
    headersMap: Array<[string, string]>,
  }
}

export class StreamPacket extends jspb.Message {
  getData(): Uint8Array | string;
  getData_asU8(): Uint8Array;
  getData_asB64(): string;
  setData(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StreamPacket.AsObject;
  static toObject(includeInstance: boolean, msg: StreamPacket): StreamPacket.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StreamPacket, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StreamPacket;
  static deserializeBinaryFromReader(message: StreamPacket, reader: jspb.BinaryReader): StreamPacket;
}

export namespace StreamPacket {
  export type AsObject = {
    data: Uint8Array | string,
  }
}

export class PublishStreamRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getPath(): string;
  setPath(value: string): void;

  getData(): Uint8Array | string;
  getData_asU8(): Uint8Array;
  getData_asB64(): string;
  setData(value: Uint8Array | string): void;

  getHeadersMap(): jspb.Map<string, string>;
  clearHeadersMap(): void;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PublishStreamRequest.AsObject;
  static toObject(includeInstance: boolean, msg: PublishStreamRequest): PublishStreamRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PublishStreamRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PublishStreamRequest;
  static deserializeBinaryFromReader(message: PublishStreamRequest, reader: jspb.BinaryReader): PublishStreamRequest;
}

export namespace PublishStreamRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    path: string,
    data: Uint8Array | string,
    headersMap: Array<[string, string]>,
  }
}

export class PublishStreamResponse extends jspb.Message {
  getStatus(): PublishStreamResponse.StatusMap[keyof PublishStreamResponse.StatusMap];
  setStatus(value: PublishStreamResponse.StatusMap[keyof PublishStreamResponse.StatusMap]): void;

  getData(): Uint8Array | string;
  getData_asU8(): Uint8Array;
  getData_asB64(): string;
  setData(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PublishStreamResponse.AsObject;
  static toObject(includeInstance: boolean, msg: PublishStreamResponse): PublishStreamResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PublishStreamResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PublishStreamResponse;
  static deserializeBinaryFromReader(message: PublishStreamResponse, reader: jspb.BinaryReader): PublishStreamResponse;
}

export namespace PublishStreamResponse {
  export type AsObject = {
    status: PublishStreamResponse.StatusMap[keyof PublishStreamResponse.StatusMap],
    data: Uint8Array | string,
  }

  export interface StatusMap {
    OK: 0;
    NOT_FOUND: 1;
    PERMISSION_DENIED: 2;
  }

  export const Status: StatusMap;
}

export class GroupVersionKind extends jspb.Message {
  getGroup(): string;
  setGroup(value: string): void;

  getVersion(): string;
  setVersion(value: string): void;

  getKind(): string;
  setKind(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): GroupVersionKind.AsObject;
  static toObject(includeInstance: boolean, msg: GroupVersionKind): GroupVersionKind.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: GroupVersionKind, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): GroupVersionKind;
  static deserializeBinaryFromReader(message: GroupVersionKind, reader: jspb.BinaryReader): GroupVersionKind;
}

export namespace GroupVersionKind {
  export type AsObject = {
    group: string,
    version: string,
    kind: string,
  }
}

export class AdmissionRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getOperation(): AdmissionRequest.OperationMap[keyof AdmissionRequest.OperationMap];
  setOperation(value: AdmissionRequest.OperationMap[keyof AdmissionRequest.OperationMap]): void;

  hasKind(): boolean;
  clearKind(): void;
  getKind(): GroupVersionKind | undefined;
  setKind(value?: GroupVersionKind): void;

  getObjectBytes(): Uint8Array | string;
  getObjectBytes_asU8(): Uint8Array;
  getObjectBytes_asB64(): string;
  setObjectBytes(value: Uint8Array | string): void;

  getOldObjectBytes(): Uint8Array | string;
  getOldObjectBytes_asU8(): Uint8Array;
  getOldObjectBytes_asB64(): string;
  setOldObjectBytes(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): AdmissionRequest.AsObject;
  static toObject(includeInstance: boolean, msg: AdmissionRequest): AdmissionRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: AdmissionRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): AdmissionRequest;
  static deserializeBinaryFromReader(message: AdmissionRequest, reader: jspb.BinaryReader): AdmissionRequest;
}

export namespace AdmissionRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    operation: AdmissionRequest.OperationMap[keyof AdmissionRequest.OperationMap],
    kind?: GroupVersionKind.AsObject,
    objectBytes: Uint8Array | string,
    oldObjectBytes: Uint8Array | string,
  }

  export interface OperationMap {
    CREATE: 0;
    UPDATE: 1;
    DELETE: 2;
  }

  export const Operation: OperationMap;
}

export class ValidationResponse extends jspb.Message {
  getAllowed(): boolean;
  setAllowed(value: boolean): void;

  hasResult(): boolean;
  clearResult(): void;
  getResult(): StatusResult | undefined;
  setResult(value?: StatusResult): void;

  clearWarningsList(): void;
  getWarningsList(): Array<string>;
  setWarningsList(value: Array<string>): void;
  addWarnings(value: string, index?: number): string;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ValidationResponse.AsObject;
  static toObject(includeInstance: boolean, msg: ValidationResponse): ValidationResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ValidationResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ValidationResponse;
  static deserializeBinaryFromReader(message: ValidationResponse, reader: jspb.BinaryReader): ValidationResponse;
}

export namespace ValidationResponse {
  export type AsObject = {
    allowed: boolean,
    result?: StatusResult.AsObject,
    warningsList: Array<string>,
  }
}

export class MutationResponse extends jspb.Message {
  getAllowed(): boolean;
  setAllowed(value: boolean): void;

  hasResult(): boolean;
  clearResult(): void;
  getResult(): StatusResult | undefined;
  setResult(value?: StatusResult): void;

  clearWarningsList(): void;
  getWarningsList(): Array<string>;
  setWarningsList(value: Array<string>): void;
  addWarnings(value: string, index?: number): string;

  getObjectBytes(): Uint8Array | string;
  getObjectBytes_asU8(): Uint8Array;
  getObjectBytes_asB64(): string;
  setObjectBytes(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MutationResponse.AsObject;
  static toObject(includeInstance: boolean, msg: MutationResponse): MutationResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MutationResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MutationResponse;
  static deserializeBinaryFromReader(message: MutationResponse, reader: jspb.BinaryReader): MutationResponse;
}

export namespace MutationResponse {
  export type AsObject = {
    allowed: boolean,
    result?: StatusResult.AsObject,
    warningsList: Array<string>,
    objectBytes: Uint8Array | string,
  }
}

export class GroupVersion extends jspb.Message {
  getGroup(): string;
  setGroup(value: string): void;

  getVersion(): string;
  setVersion(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): GroupVersion.AsObject;
  static toObject(includeInstance: boolean, msg: GroupVersion): GroupVersion.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: GroupVersion, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): GroupVersion;
  static deserializeBinaryFromReader(message: GroupVersion, reader: jspb.BinaryReader): GroupVersion;
}

export namespace GroupVersion {
  export type AsObject = {
    group: string,
    version: string,
  }
}

export class RawObject extends jspb.Message {
  getRaw(): Uint8Array | string;
  getRaw_asU8(): Uint8Array;
  getRaw_asB64(): string;
  setRaw(value: Uint8Array | string): void;

  getContentType(): string;
  setContentType(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): RawObject.AsObject;
  static toObject(includeInstance: boolean, msg: RawObject): RawObject.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: RawObject, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): RawObject;
  static deserializeBinaryFromReader(message: RawObject, reader: jspb.BinaryReader): RawObject;
}

export namespace RawObject {
  export type AsObject = {
    raw: Uint8Array | string,
    contentType: string,
  }
}

export class ConversionRequest extends jspb.Message {
  hasPlugincontext(): boolean;
  clearPlugincontext(): void;
  getPlugincontext(): PluginContext | undefined;
  setPlugincontext(value?: PluginContext): void;

  getUid(): string;
  setUid(value: string): void;

  clearObjectsList(): void;
  getObjectsList(): Array<RawObject>;
  setObjectsList(value: Array<RawObject>): void;
  addObjects(value?: RawObject, index?: number): RawObject;

  hasTargetVersion(): boolean;
  clearTargetVersion(): void;
  getTargetVersion(): GroupVersion | undefined;
  setTargetVersion(value?: GroupVersion): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ConversionRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ConversionRequest): ConversionRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ConversionRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ConversionRequest;
  static deserializeBinaryFromReader(message: ConversionRequest, reader: jspb.BinaryReader): ConversionRequest;
}

export namespace ConversionRequest {
  export type AsObject = {
    plugincontext?: PluginContext.AsObject,
    uid: string,
    objectsList: Array<RawObject.AsObject>,
    targetVersion?: GroupVersion.AsObject,
  }
}

export class ConversionResponse extends jspb.Message {
  getUid(): string;
  setUid(value: string): void;

  hasResult(): boolean;
  clearResult(): void;
  getResult(): StatusResult | undefined;
  setResult(value?: StatusResult): void;

  clearObjectsList(): void;
  getObjectsList(): Array<RawObject>;
  setObjectsList(value: Array<RawObject>): void;
  addObjects(value?: RawObject, index?: number): RawObject;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ConversionResponse.AsObject;
  static toObject(includeInstance: boolean, msg: ConversionResponse): ConversionResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ConversionResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ConversionResponse;
  static deserializeBinaryFromReader(message: ConversionResponse, reader: jspb.BinaryReader): ConversionResponse;
}

export namespace ConversionResponse {
  export type AsObject = {
    uid: string,
    result?: StatusResult.AsObject,
    objectsList: Array<RawObject.AsObject>,
  }
}

export class StatusResult extends jspb.Message {
  getStatus(): string;
  setStatus(value: string): void;

  getMessage(): string;
  setMessage(value: string): void;

  getReason(): string;
  setReason(value: string): void;

  getCode(): number;
  setCode(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StatusResult.AsObject;
  static toObject(includeInstance: boolean, msg: StatusResult): StatusResult.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StatusResult, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StatusResult;
  static deserializeBinaryFromReader(message: StatusResult, reader: jspb.BinaryReader): StatusResult;
}

export namespace StatusResult {
  export type AsObject = {
    status: string,
    message: string,
    reason: string,
    code: number,
  }
}

export interface DataFrameFormatMap {
  ARROW: 0;
  JSON: 1;
}

export const DataFrameFormat: DataFrameFormatMap;

