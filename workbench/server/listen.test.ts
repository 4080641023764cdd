import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { GrafanaHost } from '../../scripts/grafana-host.ts';
import { DataSources } from './data-sources.ts';
import { type Listening, listen } from './listen.ts';
import type { Site } from './routes.ts';

const queryRequest = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ queries: [{ refId: 'A', datasource: { uid: 'a' } }], from: '0', to: '1' }),
};

let listening: Listening | undefined;

afterEach(() => {
  vi.restoreAllMocks();
  return listening?.close();
});

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

test('A port that another program has is named', async () => {
  const { port } = new URL(await serve({}));
  await expect(listen({} as Site, Number(port))).rejects.toThrow(
    `Cannot serve at 127.0.0.1:${port}: listen EADDRINUSE`,
  );
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
  const answer = fetch(new URL('api/ds/query', url), { ...queryRequest, signal: browser.signal });
  const signal = await asked;
  expect(signal?.aborted).toBe(false);
  browser.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => signal?.aborted).toBe(true);
});

test('One query that failed makes the whole a 400 with an answer to each, as in Grafana', async () => {
  const good = { status: 200, error: '', errorSource: '', frames: () => [] };
  const failed = { ...good, status: 504, error: 'Too slow', errorSource: 'downstream' };
  const url = await serve({ query: () => Promise.resolve([good, failed]) });
  const queries = ['A', 'B'].map((refId) => ({ refId, datasource: { uid: 'a' } }));
  const body = JSON.stringify({ queries, from: '0', to: '1' });
  const answer = await fetch(new URL('api/ds/query', url), { ...queryRequest, body });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    results: {
      A: { status: 200, frames: [] },
      B: { status: 504, error: 'Too slow', errorSource: 'downstream', frames: [] },
    },
  });
});

const noAnswer = () => Promise.reject(new Error('Channel has been shut down'));
const calls: readonly { what: string; path: string; init?: RequestInit; host: Partial<GrafanaHost> }[] = [
  { what: 'its health', path: 'datasources/uid/a/health', host: { checkHealth: noAnswer } },
  {
    what: 'a resource',
    path: 'datasources/uid/a/resources/macros',
    host: { callResource: () => ({ [Symbol.asyncIterator]: () => ({ next: noAnswer }) }) },
  },
  { what: 'queries', path: 'ds/query', init: queryRequest, host: { query: noAnswer } },
];

test.each(calls)('A plugin that gives no answer to $what is a 500 with its reason in words', async (call) => {
  const url = await serve(call.host);
  const answer = await fetch(new URL(`api/${call.path}`, url), call.init);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ message: 'The plugin did not answer: Channel has been shut down' });
});

test("What fails in the workbench itself is not laid at the plugin's door, and its stack is logged", async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const url = await serve({ checkHealth: () => Promise.resolve(undefined as never) });
  const answer = await fetch(new URL('api/datasources/uid/a/health', url));
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ message: expect.stringMatching(/^The workbench failed: Cannot destructure/) });
  expect(log).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError));
});

async function serve(host: Partial<GrafanaHost>): Promise<string> {
  const site = { host, sources: new DataSources([{ uid: 'a', name: 'A', jsonData: {} }]), onQuery() {} };
  // Files are asked for by none of these tests.
  listening = await listen(site as unknown as Site, 0);
  return listening.url;
}
