import {
  CoreApp,
  type DataQueryRequest,
  type DataSourceInstanceSettings,
  dateTime,
  LogRowContextQueryDirection,
  type LogRowModel,
  type ScopedVars,
  SupplementaryQueryType,
} from '@grafana/data';
import { type BackendSrv, type BackendSrvRequest, setBackendSrv } from '@grafana/runtime';
import {
  CustomVariable,
  LocalValueVariable,
  SceneFlexItem,
  type SceneFlexLayout,
  SceneVariableSet,
  TextBoxVariable,
} from '@grafana/scenes';
import { lastValueFrom, of, throwError } from 'rxjs';
import { beforeEach, expect, test } from 'vitest';
import { formatOf } from '../model/query.ts';
import { QuiverDataSource } from './datasource.ts';
import { openDashboard } from './testing/dashboard.ts';
import type { QuiverOptions, QuiverQuery } from './types.ts';

let sent: BackendSrvRequest[];
let answer: unknown;

beforeEach(async () => {
  sent = [];
  answer = { results: {} };
  setBackendSrv({
    fetch: (request: BackendSrvRequest) => {
      sent.push(request);
      return answer instanceof Error ? throwError(() => answer) : of({ data: answer, status: 200, ok: true });
    },
  } as unknown as BackendSrv);
  await openDashboard();
});

function newDataSource(jsonData: QuiverOptions = {}): QuiverDataSource {
  return new QuiverDataSource({
    id: 1,
    uid: 'quiver',
    name: 'Quiver',
    type: 'quiver-sql-datasource',
    meta: { id: 'quiver-sql-datasource' },
    jsonData,
  } as DataSourceInstanceSettings<QuiverOptions>);
}

const [from, to] = [dateTime(1_700_000_000_000), dateTime(1_700_000_600_000)];
const range = { from, to, raw: { from, to } };

function requestOf(query: Partial<QuiverQuery>, rest: Partial<DataQueryRequest<QuiverQuery>> = {}) {
  const target: QuiverQuery = { refId: 'A', ...query };
  return {
    requestId: 'Q1',
    app: CoreApp.Dashboard,
    targets: [target],
    range,
    interval: '1s',
    intervalMs: 1_000,
    maxDataPoints: 600,
    scopedVars: {},
    timezone: 'utc',
    startTime: 0,
    ...rest,
  } satisfies DataQueryRequest<QuiverQuery>;
}

async function sentQueries(request: DataQueryRequest<QuiverQuery>): Promise<Record<string, unknown>[]> {
  await lastValueFrom(newDataSource().query(request));
  return sent.flatMap(({ data }) => data.queries);
}

async function sentSql(rawSql: string, scopedVars: ScopedVars = {}): Promise<unknown> {
  return (await sentQueries(requestOf({ rawSql }, { scopedVars }))).map((query) => query.rawSql)[0];
}

const hosts = (value: string | string[]) =>
  new CustomVariable({ name: 'host', query: "a, b, it's", isMulti: true, includeAll: true, value, text: value });

test('a query is posted to /api/ds/query with its range, its time zone, and every key that it was saved with', async () => {
  const [query] = await sentQueries(requestOf({ rawSql: 'SELECT 1', format: 'table', ...{ future: { a: 1 } } }));
  expect(query).toMatchObject({ refId: 'A', rawSql: 'SELECT 1', format: 'table', timezone: 'utc', future: { a: 1 } });
  expect(sent[0]).toMatchObject({ method: 'POST', data: { from: '1700000000000', to: '1700000600000' } });
  expect(sent[0]?.url).toMatch(/^\/api\/ds\/query\?/);
});

test("the browser's time zone goes by its name, and a query's own is left alone", async () => {
  const queries = await sentQueries(
    requestOf(
      {},
      {
        timezone: 'browser',
        targets: [{ refId: 'A' }, { refId: 'B', timezone: 'Asia/Tokyo' }, { refId: 'C', timezone: 'browser' }],
      },
    ),
  );
  expect(queries.map(({ timezone }) => timezone)).toEqual([
    Intl.DateTimeFormat().resolvedOptions().timeZone,
    'Asia/Tokyo',
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  ]);
});

test('several values are a list of strings, and one value stands as it is', async () => {
  const table = new TextBoxVariable({ name: 'table', value: 'events' });
  await openDashboard(hosts(['a', "it's"]), table);
  expect(await sentSql("SELECT * FROM $table WHERE host IN ($host) OR x = '$table'")).toBe(
    "SELECT * FROM events WHERE host IN ('a','it''s') OR x = 'events'",
  );
});

test('All is the list of every value, and the custom value where the dashboard has one', async () => {
  await openDashboard(hosts('$__all'));
  expect(await sentSql('host IN ($host)')).toBe("host IN ('a','b','it''s')");
  const custom = new CustomVariable({
    name: 'host',
    query: 'a, b',
    isMulti: true,
    includeAll: true,
    value: '$__all',
    text: 'All',
    allValue: 'SELECT h FROM hosts',
  });
  await openDashboard(custom);
  sent = [];
  expect(await sentSql('host IN ($host)')).toBe('host IN (SELECT h FROM hosts)');
});

test('a format in the variable is heeded', async () => {
  await openDashboard(hosts(['a', 'b']));
  expect(await sentSql(`x IN (\${host:doublequote}) AND y = '\${host:csv}'`)).toBe(`x IN ("a","b") AND y = 'a,b'`);
});

test('what a value holds ends no string', async () => {
  await openDashboard(new TextBoxVariable({ name: 'text', value: "' OR 1=1 --" }));
  expect(await sentSql("SELECT * FROM t WHERE name = '$text'")).toBe("SELECT * FROM t WHERE name = ''' OR 1=1 --'");
});

test('macros stay for the backend, $__interval among them', async () => {
  const sql = 'SELECT $__timeGroup(ts, $__interval), $__interval_ms FROM t WHERE $__timeFilter(ts)';
  const scopedVars = { __interval: { value: '7s', text: '7s' }, __interval_ms: { value: 7_000, text: '7000' } };
  expect(await sentSql(sql, scopedVars)).toBe(sql);
});

test.each([
  ['All is chosen', '$__all', {}, 'WHERE 1=1'],
  ['some are chosen', ['a'], {}, "WHERE host IN ('a')"],
  ['the panel repeats for one of them', '$__all', { host: { value: 'b', text: 'b' } }, 'WHERE host IN (b)'],
])('$__conditionalAll where %s', async (_, value, scopedVars, expected) => {
  await openDashboard(hosts(value));
  expect(await sentSql('WHERE $__conditionalAll(host IN ($host), $host)', scopedVars)).toBe(expected);
});

test('$__conditionalAll in a panel that repeats for a value of the scene', async () => {
  const dashboard = await openDashboard(hosts('$__all'));
  const repeated = new SceneVariableSet({
    variables: [new LocalValueVariable({ name: 'host', value: 'b', text: 'b', isMulti: true, includeAll: true })],
  } as unknown as SceneVariableSet['state']);
  const panel = new SceneFlexItem({ $variables: repeated } as unknown as SceneFlexItem['state']);
  dashboard.setState({ children: [panel] } as unknown as SceneFlexLayout['state']);
  const scopedVars = { __sceneObject: { value: panel, text: '' } };
  expect(await sentSql('WHERE $__conditionalAll(host IN ($host), $host)', scopedVars)).toBe("WHERE host IN ('b')");
});

test("the dashboard's ad hoc filters follow the query's own, each once and without what Grafana keeps beside", async () => {
  const own = { key: 'a', operator: '=', value: '1' } as const;
  const filters = [
    own,
    { key: 'b', operator: '=|', value: 'x', values: ['x', 'y'], origin: 'dashboard' },
    { key: '', operator: '=', value: '' },
  ];
  const [query] = await sentQueries(requestOf({ rawSql: 'SELECT 1', adHocFilters: [own] }, { filters }));
  expect(query?.adHocFilters).toEqual([own, { key: 'b', operator: '=|', value: 'x', values: ['x', 'y'] }]);
});

test('a query without filters has no key for them', async () => {
  const [query] = await sentQueries(requestOf({ rawSql: 'SELECT 1' }, { filters: [] }));
  expect(query).not.toHaveProperty('adHocFilters');
});

test('queries that go to Explore carry values and filters, and no time zone', async () => {
  await openDashboard(hosts(['a']));
  const filters = [{ key: 'k', operator: '=', value: 'v' }];
  const query = { refId: 'A', rawSql: 'host IN ($host)', ...{ future: 1 } };
  expect(newDataSource().interpolateVariablesInQueries([query], {}, filters)).toEqual([
    { refId: 'A', rawSql: "host IN ('a')", future: 1, adHocFilters: filters },
  ]);
});

test.each([
  ['has SQL', { rawSql: 'SELECT 1' }, true],
  ['is hidden', { rawSql: 'SELECT 1', hide: true }, false],
  ['is blank', { rawSql: ' \n' }, false],
  ['has no SQL yet', {}, false],
])('filterQuery() of a query that %s', (_, query, expected) => {
  expect(newDataSource().filterQuery({ refId: 'A', ...query })).toBe(expected);
});

test('a new query lists rows in Explore', () => {
  expect(newDataSource().getDefaultQuery(CoreApp.Explore).format).toBe('table');
});

// Grafana's QueryGroup and VizPanelManager put `getDefaultQuery(CoreApp.PanelEditor)` below what is saved.
test.each(Object.values(CoreApp).filter((app) => app !== CoreApp.Explore))(
  'what a new query begins with gives one without a format no other meaning: %s',
  (app) => {
    const saved: QuiverQuery = { refId: 'A', rawSql: 'SELECT 1' };
    expect(formatOf({ ...newDataSource().getDefaultQuery(app), ...saved })).toBe(formatOf(saved));
  },
);

test('the query history shows the SQL', () => {
  expect(newDataSource().getQueryDisplayText({ refId: 'A', rawSql: ' SELECT 1\n' })).toBe('SELECT 1');
});

test('the least interval is the one of the settings', () => {
  expect(newDataSource({ timeInterval: '30s' }).interval).toBe('30s');
  expect(newDataSource().interval).toBeUndefined();
});

test('keys and values of ad hoc filters come from the resources', async () => {
  answer = [{ text: "o'clock" }];
  const dataSource = newDataSource();
  expect(await dataSource.getTagValues({ key: 'a b', filters: [] })).toEqual(answer);
  const error = { code: 'file_missing', message: 'There is no a.csv', hint: 'Write it' };
  answer = { data: [{ text: 'host' }], error };
  expect(await dataSource.getTagKeys()).toEqual({
    data: [{ text: 'host' }],
    error: { message: 'There is no a.csv. Write it' },
  });
  answer = { data: [] };
  expect(await dataSource.getTagKeys()).toEqual(answer);
  expect(sent.map(({ url, params }) => [url, params])).toEqual([
    ['/api/datasources/uid/quiver/resources/tag-values', { key: 'a b' }],
    ['/api/datasources/uid/quiver/resources/tag-keys', {}],
    ['/api/datasources/uid/quiver/resources/tag-keys', {}],
  ]);
});

test('metricFindQuery() runs a text as SQL, and answers texts and values', async () => {
  const schema = {
    refId: 'variable',
    fields: [
      { name: 'h', type: 'string' },
      { name: 'id', type: 'number' },
    ],
  };
  answer = {
    results: {
      variable: {
        frames: [
          {
            schema,
            data: {
              values: [
                ['a', 'b'],
                [1, 2],
              ],
            },
          },
        ],
      },
    },
  };
  const values = await newDataSource().metricFindQuery("SELECT h, id FROM t WHERE h LIKE '$__searchFilter'", {
    searchFilter: "o'",
  });
  expect(values).toEqual([
    { text: 'a', value: '1' },
    { text: 'b', value: '2' },
  ]);
  expect(sent[0]?.data.queries).toMatchObject([{ rawSql: "SELECT h, id FROM t WHERE h LIKE 'o''%'", format: 'table' }]);
});

test('metricFindQuery() rejects with what the backend says', async () => {
  answer = { results: { variable: { error: 'Cannot run the query', status: 400, frames: [] } } };
  await expect(newDataSource().metricFindQuery('SELECT')).rejects.toThrow('Cannot run the query');
});

const row = { uid: 'u', timeEpochMs: 1_700_000_000_123, timeEpochNs: '1700000000123456789' } as LogRowModel;

test.each([
  [LogRowContextQueryDirection.Backward, 'backward', '1699992800123', '1700000000124'],
  [LogRowContextQueryDirection.Forward, 'forward', '1700000000123', '1700007200123'],
])('the lines %s of a log line are asked for by its query', async (direction, asked, fromMs, toMs) => {
  const query = { refId: 'A', rawSql: 'SELECT * FROM logs', format: 'logs' };
  await newDataSource().getLogRowContext(row, { direction, limit: 20 }, query);
  expect(sent[0]?.data).toMatchObject({
    from: fromMs,
    to: toMs,
    queries: [
      {
        ...query,
        refId: 'logs-context-A',
        queryType: 'logs-context',
        logsContext: { direction: asked, timeNs: '1700000000123456789', limit: 20 },
      },
    ],
  });
});

test('how far around a log line is asked for is what somebody has chosen', async () => {
  await newDataSource().getLogRowContext(
    row,
    { timeWindowMs: 1_000 },
    { refId: 'A', rawSql: 'SELECT 1', format: 'logs' },
  );
  expect(sent[0]?.data).toMatchObject({ from: '1699999999123', to: '1700000000124' });
});

test('lines around a log line that cannot be read are an error, not an empty list', async () => {
  answer = { results: { 'logs-context-A': { error: 'Too slow', status: 504, frames: [] } } };
  const asking = newDataSource().getLogRowContext(row, {}, { refId: 'A', rawSql: 'SELECT 1', format: 'logs' });
  await expect(asking).rejects.toThrow('Too slow');
});

test('the volume of logs is asked for queries that list logs, by name or by number', () => {
  const request = requestOf(
    {},
    {
      targets: [
        { refId: 'A', rawSql: 'SELECT 1', format: 'logs' },
        { refId: 'B', rawSql: 'SELECT 2', format: 2 },
        { refId: 'C', rawSql: 'SELECT 3', format: 'table' },
        { refId: 'D', rawSql: 'SELECT 4', format: 'logs', hide: true },
        { refId: 'E', rawSql: 'SELECT 5' },
      ],
    },
  );
  const dataSource = newDataSource();
  expect(dataSource.getSupportedSupplementaryQueryTypes()).toEqual([SupplementaryQueryType.LogsVolume]);
  const volume = dataSource.getSupplementaryRequest(SupplementaryQueryType.LogsVolume, request);
  expect(volume?.targets).toEqual([
    { refId: 'logs-volume-A', rawSql: 'SELECT 1', format: 'logs', queryType: 'logs-volume' },
    { refId: 'logs-volume-B', rawSql: 'SELECT 2', format: 2, queryType: 'logs-volume' },
  ]);
  expect(volume?.intervalMs).toBe(5_000);
  expect(dataSource.getSupplementaryRequest(SupplementaryQueryType.LogsSample, request)).toBeUndefined();
  expect(dataSource.getSupplementaryRequest(SupplementaryQueryType.LogsVolume, requestOf({}))).toBeUndefined();
});

test('queries of other data sources come with their SQL, those without SQL not at all', async () => {
  const queries = [
    { refId: 'A', rawSql: 'SELECT 1', format: 1 },
    { refId: 'B', expr: 'up' },
  ];
  expect(await newDataSource().importQueries(queries)).toEqual([
    { refId: 'A', rawSql: 'SELECT 1', format: 1, editorMode: 'code' },
  ]);
});
