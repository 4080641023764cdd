import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { InstanceManager } from '../../grafana/instances.ts';
import { createMetrics } from '../../grafana/metrics.ts';
import type { MacroPayload } from '../../model/resources.ts';
import type { Dependencies } from '../dependencies.ts';
import { adminSettingsFrom } from '../environment.ts';
import type { QuiverInstance } from '../instance.ts';
import { createQueryMetrics } from '../query-metrics.ts';
import { QueryQueue } from '../queue.ts';
import { RunningQueries } from '../running.ts';
import { resourceHandler } from './index.ts';

/** Of which nothing here reaches an engine. */
function dependencies(): Dependencies {
  const queue = new QueryQueue({ slots: 1, waiting: 1, waitingPerSource: 1 });
  const running = new RunningQueries(() => 0);
  const instances = new InstanceManager<QuiverInstance>(() => Promise.reject(new Error('not asked')));
  const metrics = createMetrics();
  const queryMetrics = createQueryMetrics(metrics, { queue, running, instances, memoryCeilingBytes: 0 });
  return {
    admin: adminSettingsFrom({}),
    instances,
    queue,
    looks: queue,
    running,
    metrics,
    queryMetrics,
    report: () => {},
  };
}

const never = new AbortController().signal;

describe('GET macros', () => {
  test('lists each macro that docs/queries.md explains, and no other', async () => {
    const page = readFileSync(new URL('../../../docs/queries.md', import.meta.url), 'utf8');
    const table = page.slice(page.indexOf('| macro |'), page.indexOf('## Fill'));
    const documented = new Set([...table.matchAll(/`(\$__\w+)/g)].map(([, name]) => name));
    const { status, payload } = await get('macros');
    expect(status).toBe(200);
    expect((payload as MacroPayload[]).map(({ name }) => name).sort()).toEqual([...documented].sort());
  });

  test('says how each is written and what it does', async () => {
    const { payload } = await get('/macros/');
    expect((payload as MacroPayload[]).find(({ name }) => name === '$__timeGroup')).toEqual({
      name: '$__timeGroup',
      signature: '$__timeGroup(column, interval[, fill])',
      help: expect.stringMatching(/\w/),
    });
  });
});

test.each([
  ['GET', 'nothing'],
  ['POST', 'macros'],
  ['GET', ''],
  ['GET', '__proto__'],
])('there is no resource %s %s', async (method, path) => {
  const { status, payload } = await get(path, method);
  expect(status).toBe(404);
  expect(payload).toMatchObject({ code: 'resource_unknown' });
});

test.each([
  ['catalog', 'catalog?limit=0', /limit/],
  ['catalog', 'catalog?limit=x', /limit/],
  ['catalog', 'catalog?limit=1001', /limit/],
  ['catalog', `catalog?search=${'a'.repeat(1001)}`, /search/],
  ['catalog', 'catalog', /names no data source/],
])('GET %s with the address %.30s is refused, and told why', async (path, url, reason) => {
  const { status, payload } = await get(path, 'GET', url);
  expect(status).toBe(400);
  expect(payload).toEqual({ code: 'request_invalid', message: expect.stringMatching(reason) });
});

test.each([
  ['{', /JSON/],
  ['', /JSON/],
  ['{}', /rawSql/],
  ['[]', /expected object/],
  ['{"rawSql": 7}', /rawSql/],
  ['{"rawSql": "", "fromMs": "yesterday"}', /fromMs/],
  ['{"rawSql": "", "format": "pie"}', /format/],
  [' '.repeat(1024 * 1024 + 1), /more than 1048576 bytes/],
  [Buffer.from([0x22, 0xff, 0x22]), /not valid/],
])('POST validate refuses the body %.30s, and says why', async (body, reason) => {
  const { status, payload } = await get('validate', 'POST', 'validate', Buffer.from(body));
  expect(status).toBe(400);
  expect(payload).toEqual({ code: 'request_invalid', message: expect.stringMatching(reason) });
});

async function get(path: string, method = 'GET', url = path, body: Uint8Array = new Uint8Array()) {
  const context = {
    orgId: 1,
    pluginId: '',
    pluginVersion: '',
    apiVersion: '',
    namespace: '',
    userAgent: '',
    grafanaConfig: new Map(),
  };
  const request = { pluginContext: context, path, method, url, headers: new Map(), body };
  for await (const { status, body } of resourceHandler(dependencies()).callResource(request, never)) {
    return { status, payload: JSON.parse(Buffer.from(body).toString()) as unknown };
  }
  throw new Error('No answer');
}
