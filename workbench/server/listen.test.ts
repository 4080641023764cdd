import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { GrafanaHost } from '../../scripts/grafana-host.ts';
import { DataSources } from './data-sources.ts';
import { type Listening, listen } from './listen.ts';
import type { Site } from './routes.ts';

let listening: Listening | undefined;

afterEach(() => listening?.close());

test('listen() is reached at 127.0.0.1, and at no other address', async () => {
  const { port } = new URL(await serve({}));
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  // A server of all addresses answers at these, too.
  for (const address of ['127.0.0.2', '::1']) {
    await expect(once(connect(Number(port), address), 'connect')).rejects.toThrow();
  }
});

test('A query is cancelled when who has asked goes away', async () => {
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<AbortSignal | undefined>();
  const url = await serve({
    query: (_source, _queries, options) => {
      onAsked(options?.signal);
      return new Promise(() => {});
    },
  });
  const browser = new AbortController();
  const body = JSON.stringify({ queries: [{ refId: 'A', datasource: { uid: 'a' } }], from: '0', to: '1' });
  const headers = { 'content-type': 'application/json' };
  const answer = fetch(new URL('api/ds/query', url), { method: 'POST', headers, body, signal: browser.signal });
  const signal = await asked;
  expect(signal?.aborted).toBe(false);
  browser.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => signal?.aborted).toBe(true);
});

test('A plugin that gives no answer is a 500 with its reason in words', async () => {
  const url = await serve({ checkHealth: () => Promise.reject(new Error('Channel has been shut down')) });
  const answer = await fetch(new URL('api/datasources/uid/a/health', url));
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ message: 'The plugin did not answer: Channel has been shut down' });
});

async function serve(host: Partial<GrafanaHost>): Promise<string> {
  const site = { host, sources: new DataSources([{ uid: 'a', name: 'A', jsonData: {} }]), onQuery() {} };
  // Files are asked for by none of these tests.
  listening = await listen(site as unknown as Site, 0);
  return listening.url;
}
