import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../grafana/metrics.ts';
import type { MacroPayload } from '../model/resources.ts';
import { resourceHandler } from './resources.ts';

const never = new AbortController().signal;

describe('GET macros', () => {
  test('lists each macro that docs/queries.md explains, and no other', async () => {
    const page = readFileSync(new URL('../../docs/queries.md', import.meta.url), 'utf8');
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

async function get(path: string, method = 'GET') {
  const context = {
    orgId: 1,
    pluginId: '',
    pluginVersion: '',
    apiVersion: '',
    namespace: '',
    userAgent: '',
    grafanaConfig: new Map(),
  };
  const request = { pluginContext: context, path, method, url: path, headers: new Map(), body: new Uint8Array() };
  for await (const { status, body } of resourceHandler(createMetrics()).callResource(request, never)) {
    return { status, payload: JSON.parse(Buffer.from(body).toString()) as unknown };
  }
  throw new Error('No answer');
}
