import type { CallResourceHandler, CallResourceRequest, CallResourceResponse } from '../grafana/handlers.ts';
import type { MacroPayload } from '../model/resources.ts';
import { macros } from '../query/macros/index.ts';

/** Every resource, by method and path. */
const resources: Readonly<Record<string, () => unknown>> = {
  'GET macros': listMacros,
};

/** Answers what the frontend asks besides queries, in JSON. */
export const resourceHandler: CallResourceHandler = {
  async *callResource(request: CallResourceRequest) {
    const path = request.path.replace(/^\/+|\/+$/g, '');
    const resource = resources[`${request.method} ${path}`];
    if (resource) {
      yield json(200, resource());
    } else {
      yield json(404, { code: 'not_found', message: `There is no resource ${request.method} ${path}` });
    }
  },
};

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
