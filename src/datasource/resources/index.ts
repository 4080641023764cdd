import type { CallResourceHandler, CallResourceRequest, CallResourceResponse } from '../../grafana/handlers.ts';
import type { Outcome } from '../../grafana/metrics.ts';
import type { Dependencies } from '../dependencies.ts';
import { DatasourceError, failureFrom } from '../errors.ts';
import { listCapabilities } from './capabilities.ts';
import { readCatalog } from './catalog.ts';
import { complete } from './completions.ts';
import { toErrorPayload } from './error-payload.ts';
import { listFunctions } from './functions.ts';
import { listMacros } from './macros.ts';
import type { Resource } from './resource.ts';
import { listConfiguredTables } from './tables.ts';
import { listTagKeys, listTagValues } from './tags.ts';
import { validate } from './validate.ts';

/** Every resource, by method and path. src/model/resources.ts says what each takes and gives. */
const resources: Readonly<Record<string, Resource>> = {
  'GET capabilities': listCapabilities,
  'GET catalog': readCatalog,
  'GET functions': listFunctions,
  'GET macros': listMacros,
  'GET tables': listConfiguredTables,
  'GET tag-keys': listTagKeys,
  'GET tag-values': listTagValues,
  'POST completions': complete,
  'POST validate': validate,
};

/** Answers what the frontend asks besides queries, in JSON. */
export function resourceHandler(dependencies: Dependencies): CallResourceHandler {
  return {
    async *callResource(request, signal) {
      const started = performance.now();
      const { outcome, payload } = await answer(dependencies, request, signal);
      dependencies.metrics.observe('callResource', outcome, (performance.now() - started) / 1000);
      yield json(outcome.status, payload);
    },
  };
}

async function answer(
  dependencies: Dependencies,
  request: CallResourceRequest,
  signal: AbortSignal,
): Promise<{ readonly outcome: Outcome; readonly payload: unknown }> {
  try {
    const { pluginContext, url, body } = request;
    const query = new URLSearchParams(/\?(.*)$/s.exec(url)?.[1] ?? '');
    const payload = await resourceOf(request)({ dependencies, pluginContext, query, body, signal });
    return { outcome: { status: 200 }, payload };
  } catch (error) {
    const failure = failureFrom(error, dependencies.report);
    return { outcome: { status: failure.status, source: failure.source }, payload: toErrorPayload(failure) };
  }
}

function resourceOf({ method, path }: CallResourceRequest): Resource {
  const name = `${method} ${path.replace(/^\/+|\/+$/g, '')}`;
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (resource === undefined) {
    throw new DatasourceError('resource_unknown', `There is no resource ${name}`);
  }
  return resource;
}

function json(status: number, payload: unknown): CallResourceResponse {
  return {
    status,
    headers: new Map([['content-type', ['application/json']]]),
    body: Buffer.from(JSON.stringify(payload)),
  };
}
