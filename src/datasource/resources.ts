import type { CallResourceHandler, CallResourceRequest, CallResourceResponse } from '../grafana/handlers.ts';
import type { Metrics } from '../grafana/metrics.ts';
import type { MacroPayload } from '../model/resources.ts';
import { macros } from '../query/macros/index.ts';
import { errorTable } from './errors.ts';

/** Every resource, by method and path. */
const resources: Readonly<Record<string, () => unknown>> = {
  'GET macros': listMacros,
};

/** Answers what the frontend asks besides queries, in JSON. */
export function resourceHandler(metrics: Metrics): CallResourceHandler {
  return {
    async *callResource(request) {
      const started = performance.now();
      const response = answer(request);
      metrics.observe('callResource', { status: response.status }, (performance.now() - started) / 1000);
      yield response;
    },
  };
}

function answer({ method, path }: CallResourceRequest): CallResourceResponse {
  const name = `${method} ${path.replace(/^\/+|\/+$/g, '')}`;
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  return resource
    ? json(200, resource())
    : json(errorTable.resource_unknown.status, { code: 'resource_unknown', message: `There is no resource ${name}` });
}

/** The macros, for completion and help. */
function listMacros(): readonly MacroPayload[] {
  return macros.map(({ name, signature, help }) => ({ name, signature, help }));
}

function json(status: number, payload: unknown): CallResourceResponse {
  return {
    status,
    headers: new Map([['content-type', ['application/json']]]),
    body: Buffer.from(JSON.stringify(payload)),
  };
}
