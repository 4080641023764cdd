import { type BackendSrvRequest, isFetchError } from '@grafana/runtime';
import type {
  ColumnsPayload,
  CompletionsPayload,
  CompletionsRequest,
  ConfiguredTablePayload,
  ErrorPayload,
  SchemasPayload,
  SqlRequest,
  TablesPayload,
  TagKeysPayload,
  TagPayload,
  ValidatePayload,
} from '../model/resources.ts';

/** What the backend answers besides queries. Everything rejects with a `ResourceError`, or with the signal's reason once it is aborted. */
export interface Resources {
  schemas(page?: PageRequest): Promise<SchemasPayload>;
  tables(schema: string, page?: PageRequest): Promise<TablesPayload>;
  /** Without a schema, of the first that has the table. */
  columns(schema: string | undefined, table: string, page?: PageRequest): Promise<ColumnsPayload>;
  completions(request: CompletionsRequest, signal?: AbortSignal): Promise<CompletionsPayload>;
  validate(request: SqlRequest, signal?: AbortSignal): Promise<ValidatePayload>;
  tagKeys(signal?: AbortSignal): Promise<TagKeysPayload>;
  tagValues(key: string, signal?: AbortSignal): Promise<readonly TagPayload[]>;
  configuredTables(signal?: AbortSignal): Promise<readonly ConfiguredTablePayload[]>;
}

/** Which part of a list is wanted; the catalogue of a large database has thousands of names. */
export interface PageRequest {
  /** Names that contain it, letter case aside. */
  readonly search?: string;
  /** The page before's `next`. */
  readonly after?: string;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** The two calls of `DataSourceWithBackend` that everything here goes through. */
export interface ResourceTransport {
  getResource(
    path: string,
    params?: BackendSrvRequest['params'],
    options?: Partial<BackendSrvRequest>,
  ): Promise<unknown>;
  postResource(path: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<unknown>;
}

export function createResources(transport: ResourceTransport): Resources {
  const get = <T>(path: string, params: Params = {}, signal?: AbortSignal) =>
    answered<T>(() => transport.getResource(path, present(params), quietly(signal)), signal);
  const post = <T>(path: string, data: object, signal?: AbortSignal) =>
    answered<T>(() => transport.postResource(path, data, quietly(signal)), signal);
  const catalog = <T>(names: Params, { signal, ...page }: PageRequest = {}) =>
    get<T>('catalog', { ...names, ...page }, signal);
  return {
    schemas: (page) => catalog({}, page),
    tables: (schema, page) => catalog({ schema }, page),
    columns: (schema, table, page) => catalog({ schema, table }, page),
    completions: (request, signal) => post('completions', request, signal),
    validate: (request, signal) => post('validate', request, signal),
    tagKeys: (signal) => get('tag-keys', {}, signal),
    tagValues: (key, signal) => get('tag-values', { key }, signal),
    configuredTables: (signal) => get('tables', {}, signal),
  };
}

/** What the backend, or Grafana in front of it, says of a request that failed. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';
  /** The backend's own code; `unavailable` where the answer is none of the backend's. */
  readonly code: string;
  readonly hint: string | undefined;
  /** A 0-based offset in UTF-16 units of the SQL that was sent. */
  readonly position: number | undefined;
  /** Of HTTP; 0 where there was no answer. */
  readonly status: number;

  constructor({ code, message, hint, position }: ErrorPayload, status: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    this.position = position;
    this.status = status;
  }
}

type Params = Readonly<Record<string, string | number | undefined>>;

/** An editor that asks while somebody types shows its errors itself. */
function quietly(signal: AbortSignal | undefined): Partial<BackendSrvRequest> {
  return { showErrorAlert: false, ...(signal && { abortSignal: signal }) };
}

function present(params: Params): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}

async function answered<T>(ask: () => Promise<unknown>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  try {
    return (await ask()) as T;
  } catch (failure) {
    signal?.throwIfAborted();
    throw resourceErrorFrom(failure);
  }
}

function resourceErrorFrom(failure: unknown): ResourceError {
  if (!isFetchError<unknown>(failure)) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return new ResourceError({ code: 'unavailable', message }, 0, { cause: failure });
  }
  const { data, status, statusText } = failure;
  const payload = errorPayloadOf(data);
  const fallback = payload?.message || statusText || 'The backend does not answer';
  return new ResourceError({ code: 'unavailable', ...payload, message: fallback }, status, { cause: failure });
}

/** Grafana's own failures (`{message, …}`) have no code, and what stands before it may answer with a page. */
function errorPayloadOf(data: unknown): Partial<ErrorPayload> | undefined {
  if (typeof data !== 'object' || data === null) {
    return undefined;
  }
  const { code, message, hint, position } = data as Partial<Record<keyof ErrorPayload, unknown>>;
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && { message }),
    ...(typeof hint === 'string' && { hint }),
    ...(typeof position === 'number' && { position }),
  };
}
