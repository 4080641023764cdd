import type { BackendSrvRequest } from '@grafana/runtime';
import { expect, test } from 'vitest';
import { createResources, ResourceError, type ResourceTransport } from './resources.ts';

/** Answers every call, and keeps what was asked. */
function transportOf(answer: (path: string) => unknown) {
  const asked: { path: string; sent: unknown; options: Partial<BackendSrvRequest> | undefined }[] = [];
  const call = async (path: string, sent: unknown, options?: Partial<BackendSrvRequest>) => {
    asked.push({ path, sent, options });
    return answer(path);
  };
  const transport: ResourceTransport = { getResource: call, postResource: call };
  return { asked, resources: createResources(transport) };
}

function failWith(failure: unknown): ResourceTransport {
  return { getResource: () => Promise.reject(failure), postResource: () => Promise.reject(failure) };
}

test('the catalogue is asked a level and a page at a time', async () => {
  const { asked, resources } = transportOf(() => ({ items: [] }));
  await resources.schemas();
  await resources.tables('main', { search: 'ev', limit: 50 });
  await resources.columns('main', "it's", { after: 'x' });
  expect(asked.map(({ path, sent }) => [path, sent])).toEqual([
    ['catalog', {}],
    ['catalog', { schema: 'main', search: 'ev', limit: 50 }],
    ['catalog', { schema: 'main', table: "it's", after: 'x' }],
  ]);
});

test('no question raises an alert of Grafana, and each takes a signal', async () => {
  const { asked, resources } = transportOf(() => ({ valid: true, sql: '', columns: [] }));
  const { signal } = new AbortController();
  await resources.validate({ rawSql: 'SELECT 1' }, signal);
  expect(asked).toEqual([
    { path: 'validate', sent: { rawSql: 'SELECT 1' }, options: { showErrorAlert: false, abortSignal: signal } },
  ]);
});

test("an error carries the backend's code, hint, position and status", async () => {
  const data = { code: 'sql_invalid', message: 'Cannot parse', hint: 'Look here', position: 7 };
  const asking = createResources(failWith({ status: 400, data })).completions({ rawSql: 'x', position: 1 });
  await expect(asking).rejects.toMatchObject({ ...data, status: 400, name: 'ResourceError' });
});

test.each([
  [
    'what stands before the backend answers with a page',
    { status: 502, statusText: 'Bad Gateway', data: '<html>' },
    'Bad Gateway',
    502,
  ],
  ["Grafana's own message is kept", { status: 404, data: { message: 'Plugin not found' } }, 'Plugin not found', 404],
  ['nothing is said', { status: 0, data: undefined }, 'The backend does not answer', 0],
  ['it is no answer at all', new TypeError('Failed to fetch'), 'Failed to fetch', 0],
])('an error is `unavailable` where %s', async (_, failure, message, status) => {
  const error = await createResources(failWith(failure))
    .tagKeys()
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ResourceError);
  expect(error).toMatchObject({ code: 'unavailable', message, status });
});

test('an aborted question rejects with the reason of its signal, whatever the transport says', async () => {
  const controller = new AbortController();
  const resources = createResources({
    getResource: () => {
      controller.abort(new Error('typed on'));
      return Promise.reject({ status: -1, data: undefined, cancelled: true });
    },
    postResource: () => Promise.resolve(),
  });
  await expect(resources.tagKeys(controller.signal)).rejects.toThrow('typed on');
});
