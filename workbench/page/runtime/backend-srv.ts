import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, map, Observable } from 'rxjs';

/** Grafana's HTTP client: unsubscribing ends the request, and a later one with the same `requestId` ends the earlier. */
export function createBackendSrv(): BackendSrv {
  const underWay = new Map<string, AbortController>();

  function fetchFromServer<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      options.abortSignal?.addEventListener('abort', () => abort.abort(), { once: true });
      if (options.requestId !== undefined) {
        underWay.get(options.requestId)?.abort();
        underWay.set(options.requestId, abort);
      }
      send<T>(options, abort.signal).then(
        (response) => {
          subscriber.next(response);
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(error),
      );
      return () => abort.abort();
    });
  }

  function ask<T>(method: string, url: string, rest: Partial<BackendSrvRequest>): Promise<T> {
    return lastValueFrom(fetchFromServer<T>({ ...rest, method, url }).pipe(map(({ data }) => data)));
  }

  return {
    fetch: fetchFromServer,
    chunked: () => {
      throw new Error('Cannot fetch in chunks: the workbench does not stream');
    },
    get: (url, params, requestId, options) =>
      ask('GET', url, { ...options, params, ...(requestId !== undefined && { requestId }) }),
    delete: (url, data, options) => ask('DELETE', url, { ...options, data }),
    post: (url, data, options) => ask('POST', url, { ...options, data }),
    patch: (url, data, options) => ask('PATCH', url, { ...options, data }),
    put: (url, data, options) => ask('PUT', url, { ...options, data }),
    request: (options) => ask(options.method ?? 'GET', options.url, options),
    datasourceRequest: (options) => lastValueFrom(fetchFromServer(options)),
  };
}

async function send<T>(config: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  const { method = 'GET', data, headers, responseType } = config;
  const response = await fetch(addressOf(config), {
    method,
    signal,
    headers: { ...headers, ...(data !== undefined && { 'content-type': 'application/json' }) },
    ...(data !== undefined && { body: JSON.stringify(data) }),
  }).catch((error: unknown) => {
    throw signal.aborted ? cancelled(config) : unreachable(config, error);
  });
  const body = (await readBody(response, responseType).catch((error: unknown) => {
    throw signal.aborted ? cancelled(config) : unreachable(config, error);
  })) as T;
  const { status, statusText, ok, redirected, type, url } = response;
  if (!ok) {
    throw { status, statusText, data: body ?? {}, config } satisfies FetchError;
  }
  return { data: body, status, statusText, ok, headers: response.headers, redirected, type, url, config };
}

function addressOf({ url, params = {} }: BackendSrvRequest): string {
  const address = new URL(url, document.baseURI);
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        address.searchParams.append(name, String(one));
      }
    }
  }
  return address.href;
}

async function readBody(response: Response, responseType: BackendSrvRequest['responseType']): Promise<unknown> {
  switch (responseType) {
    case 'arraybuffer':
      return response.arrayBuffer();
    case 'blob':
      return response.blob();
    case 'text':
      return response.text();
    default:
      return parse(await response.text(), responseType === 'json');
  }
}

/** Unless told otherwise, what is no JSON is text. */
function parse(text: string, mustBeJson: boolean): unknown {
  if (text === '') {
    return {};
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (mustBeJson) {
      throw error;
    }
    return text;
  }
}

function cancelled(config: BackendSrvRequest): FetchError {
  return { status: -1, statusText: 'Request was aborted', data: null, cancelled: true, config };
}

function unreachable(config: BackendSrvRequest, error: unknown): FetchError {
  const message = error instanceof Error ? error.message : String(error);
  return { status: 502, statusText: 'Unreachable', data: { message: `The server did not answer: ${message}` }, config };
}
