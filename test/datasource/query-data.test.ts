import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminSettingsFrom } from '../../src/datasource/environment.ts';
import { createInstance, type QuiverInstance } from '../../src/datasource/instance.ts';
import { queryDataHandler } from '../../src/datasource/query-data.ts';
import { createQueryMetrics, type QueryMetrics } from '../../src/datasource/query-metrics.ts';
import { QueryQueue } from '../../src/datasource/queue.ts';
import { RunningQueries } from '../../src/datasource/running.ts';
import { openDuckdb } from '../../src/engine/duckdb/index.ts';
import { frameRows } from '../../src/frame/cells.ts';
import type { Frame } from '../../src/frame/frame.ts';
import type { DataResponse, QueryDataRequest } from '../../src/grafana/handlers.ts';
import { InstanceManager } from '../../src/grafana/instances.ts';
import { createMetrics, type Metrics } from '../../src/grafana/metrics.ts';

const never = new AbortController().signal;
const from = Date.UTC(2026, 0, 1);
const minute = 60_000;

let instances: InstanceManager<QuiverInstance>;
let queue: QueryQueue;
let running: RunningQueries;
let metrics: Metrics;
let queryMetrics: QueryMetrics;
const reported: unknown[] = [];
const admin = adminSettingsFrom({});

beforeAll(() => {
  queue = new QueryQueue({ slots: 4, waiting: 64, waitingPerSource: 64 });
  metrics = createMetrics();
  instances = new InstanceManager((settings) =>
    createInstance(settings, admin, ({ duckdb }, { memoryBytes, threads }) =>
      openDuckdb({ ...duckdb, allowedDirectories: [], memoryLimit: `${memoryBytes}B`, threads, timezone: 'UTC' }),
    ),
  );
  running = new RunningQueries(() => performance.now());
  queryMetrics = createQueryMetrics(metrics, { queue, running, instances, memoryCeilingBytes: 0 });
});

afterAll(() => instances.close());

describe('queryDataHandler()', () => {
  test('answers a table with the SQL that was run', async () => {
    const { status, frames } = await ask({ rawSql: 'SELECT 1 AS a, $__interval_ms AS b', format: 'table' });
    expect(status).toBe(200);
    expect(rows(frames)).toEqual([[[1, 60000]]]);
    expect(frames[0]?.meta?.executedQueryString).toBe('SELECT 1 AS a, 60000 AS b');
    expect(frames[0]?.refId).toBe('A');
  });

  test('says in the first frame what the engine gave, and in which time', async () => {
    const { frames } = await ask({ rawSql: 'SELECT i FROM range(3) AS r(i)', format: 'table' });
    expect(frames[0]?.meta?.stats).toEqual([
      { displayName: 'Rows from the engine', value: 3 },
      { displayName: 'Bytes from the engine', value: 24, unit: 'decbytes' },
      { displayName: 'Time in the engine', value: expect.any(Number), unit: 'ms' },
      { displayName: 'Time waiting for a slot', value: expect.any(Number), unit: 'ms' },
    ]);
  });

  test('answers good queries beside bad ones, each by itself', async () => {
    const answers = await askAll({
      A: { rawSql: 'SELECT 1 AS a', format: 'table' },
      B: { rawSql: 'SELEC 1', format: 'table' },
      C: { rawSql: 'SELECT $__nothing(1)', format: 'table' },
      D: { rawSql: 7 },
      E: { rawSql: "SELECT 'x' AS t", format: 'table' },
    });
    expect(Object.fromEntries([...answers].map(([refId, { status }]) => [refId, status]))).toEqual({
      A: 200,
      B: 400,
      C: 400,
      D: 400,
      E: 200,
    });
    expect([...answers.values()].map(({ frames }) => frames[0]?.meta?.custom?.code)).toEqual([
      undefined,
      'sql_syntax',
      'macro_unknown',
      'query_invalid',
      undefined,
    ]);
    expect(answers.get('B')?.error?.source).toBe('downstream');
  });

  test('refuses queries that share a refId, of which only one could be answered', async () => {
    const query = { refId: 'A', rawSql: 'SELECT 1 AS a', format: 'table' };
    const answers = await askList([query, query, { ...query, refId: 'B' }]);
    expect([...answers].map(([refId, { status }]) => [refId, status])).toEqual([
      ['A', 400],
      ['B', 200],
    ]);
  });

  test("says where an error is in the person's SQL, macros before it or not", async () => {
    const rawSql = "SELECT $__interval_ms AS a WHERE $__timeFilter(TIMESTAMP '2026-01-01') AND nowhere = 1";
    const { frames } = await ask({ rawSql, format: 'table' });
    expect(frames[0]?.meta?.custom).toEqual({ code: 'sql_invalid', position: rawSql.indexOf('nowhere') });
  });

  test('a panel gets the rows that fit, with a warning', async () => {
    const { status, frames } = await ask({ rawSql: 'SELECT * FROM range(10)', format: 'table' }, {}, { rows: 3 });
    expect(status).toBe(200);
    expect(rows(frames)).toEqual([[[0n], [1n], [2n]]]);
    expect(frames[0]?.meta?.notices).toEqual([
      { severity: 'warning', text: expect.stringContaining('Only the first 3 rows are shown') },
    ]);
  });

  test.each(['FromAlert', 'http_X-Grafana-From-Expr'])(
    'who sends the header %s gets an error instead',
    async (header) => {
      const query = { rawSql: 'SELECT * FROM range(10)', format: 'table' };
      const { status, error, frames } = await ask(query, { [header]: 'true' }, { rows: 3 });
      expect(status).toBe(400);
      expect(error?.message).toContain('The result has more than 3 rows');
      expect(frames[0]?.meta?.custom).toMatchObject({ code: 'rows_exceeded' });
    },
  );

  test('a query that takes too long is answered with 504 in time, and gives its slot back', async () => {
    const rawSql = 'SELECT count(*) FROM range(100000000000)';
    const { status } = await ask({ rawSql, format: 'table' }, {}, { timeoutSeconds: 0.2 });
    expect(status).toBe(504);
    await expect.poll(() => queue.running).toBe(0);
  });

  test('long rows become a series for each label, filled as the macro asks', async () => {
    const rawSql = `
      SELECT $__timeGroupAlias(t, '1m', 0), host, sum(v) AS value
      FROM (VALUES (TIMESTAMP '2026-01-01 00:00:10', 'a', 1.5), (TIMESTAMP '2026-01-01 00:02:10', 'b', 2.5)) AS r(t, host, v)
      GROUP BY 1, 2 ORDER BY 1`;
    const { frames } = await ask({ rawSql });
    expect(frames.map(({ fields }) => fields.map(({ name, labels }) => [name, labels]))).toEqual([
      [
        ['time', undefined],
        ['value', { host: 'a' }],
        ['value', { host: 'b' }],
      ],
    ]);
    expect(frames[0]?.meta?.type).toBe('timeseries-wide');
    const ns = (minutes: number) => BigInt(from + minutes * minute) * 1_000_000n;
    expect(rows(frames)).toEqual([
      [
        [ns(0), 1.5, 0],
        [ns(1), 0, 0],
        [ns(2), 0, 2.5],
        [ns(3), 0, 0],
      ],
    ]);
  });

  test('refuses to spread a result over more cells than its limit of bytes holds', async () => {
    const rawSql =
      "SELECT TIMESTAMP '2026-01-01' + to_seconds(i) AS time, CAST(i AS VARCHAR) AS k, 1.0 AS v FROM range(1000) AS r(i)";
    const { status, frames } = await ask({ rawSql }, {}, { bytes: 1_000_000 });
    expect(status).toBe(400);
    expect(frames[0]?.meta?.custom).toMatchObject({ code: 'too_many_cells' });
  });

  test('a fill makes no more rows than the limit, for panels and for alert rules', async () => {
    const rawSql = "SELECT $__timeGroupAlias(TIMESTAMP '2026-01-01 00:00:01', '1s', 0), 1.0 AS v";
    expect((await ask({ rawSql }, {}, { rows: 1000 })).status).toBe(200);
    const { status, frames } = await ask({ rawSql }, { FromAlert: 'true' }, { rows: 100 });
    expect(status).toBe(400);
    expect(frames[0]?.meta?.custom).toMatchObject({ code: 'too_many_cells' });
  });

  test.each(['time_series', 'multi'])('refuses more series than anybody can draw, as %s', async (format) => {
    const rawSql = "SELECT TIMESTAMP '2026-01-01' AS time, CAST(i AS VARCHAR) AS k, 1.0 AS v FROM range(10001) AS r(i)";
    const { frames } = await ask({ rawSql, format });
    expect(frames[0]?.meta?.custom).toMatchObject({ code: 'too_many_series' });
  });

  test("days begin in the query's time zone", async () => {
    const rawSql =
      "SELECT $__timeGroup(TIMESTAMPTZ '2026-01-01T23:30:00Z', '1d') AS t, current_setting('TimeZone') AS zone";
    const { frames } = await ask({ rawSql, format: 'table', timezone: 'Europe/Berlin' });
    expect(rows(frames)).toEqual([[[BigInt(Date.UTC(2026, 0, 1, 23)) * 1_000_000n, 'Europe/Berlin']]]);
  });

  test.each([
    ['browser', 'UTC'],
    ['utc', 'UTC'],
    ['Mars/Olympus', 'timezone_unknown'],
  ])('understands the time zone %s as %s', async (timezone, expected) => {
    const rawSql = "SELECT current_setting('TimeZone') AS zone";
    const { frames } = await ask({ rawSql, format: 'table', timezone });
    expect(frames[0]?.meta?.custom?.code ?? rows(frames)[0]?.[0]?.[0]).toBe(expected);
  });

  test('refuses settings that cannot be used for every query, by name', async () => {
    const { status, error } = await ask({ rawSql: 'SELECT 1' }, {}, { rows: 'many' });
    expect(status).toBe(400);
    expect(error?.message).toContain('limits.rows: ');
  });

  test('counts what it answers', async () => {
    await ask({ rawSql: 'SELEC' });
    const text = await metrics.text();
    expect(text).toMatch(/plugins_requests_total\{endpoint="queryData",status="400",error_source="downstream"\} [1-9]/);
    expect(reported).toEqual([]);
  });
});

describe('downsample', () => {
  const rawSql = `SELECT TIMESTAMP '2026-01-01' + INTERVAL (i) MILLISECOND AS time, (i * 7919) % 180000 AS v FROM range(180000) r(i)`;

  test('minmax: at most twice the panel’s points come, and a notice says of how many', async () => {
    const { status, frames } = await ask({ rawSql, downsample: 'minmax' });
    const [frame] = frames;
    const points = rows(frames)[0] ?? [];
    expect(status).toBe(200);
    expect(frame?.fields.map(({ name }) => name)).toEqual(['time', 'v']);
    expect(points.length).toBeGreaterThan(190);
    expect(points.length).toBeLessThanOrEqual(200);
    expect(points.map(([, v]) => v)).toEqual(expect.arrayContaining([0n, 179999n]));
    expect(frame?.meta?.notices).toEqual([
      { severity: 'info', text: `Downsampled to ${points.length} points from 180000 rows` },
    ]);
    expect(frame?.meta?.executedQueryString).toContain(rawSql);
    expect(frame?.meta?.executedQueryString).not.toBe(rawSql);
  });

  test('average: a point for each bucket, all series in one frame', async () => {
    const labelled = rawSql.replace('AS v', "AS v, ['a', 'b'][i % 2 + 1] AS host");
    const { frames } = await ask({ rawSql: labelled, downsample: 'average' });
    expect(frames.map(({ fields }) => fields.map(({ labels }) => labels?.host))).toEqual([[undefined, 'a', 'b']]);
    expect(rows(frames)[0]).toHaveLength(90);
  });

  test('minmax of several series has a frame for each, since their points are at different times', async () => {
    const labelled = rawSql.replace('AS v', "AS v, ['a', 'b'][i % 2 + 1] AS host");
    const { frames } = await ask({ rawSql: labelled, downsample: 'minmax' });
    expect(frames.map(({ fields }) => fields.map(({ labels }) => labels?.host))).toEqual([
      [undefined, 'a'],
      [undefined, 'b'],
    ]);
    expect(frames[0]?.meta?.type).toBe('timeseries-multi');
  });

  test('lttb: so many points as the panel has, all of them rows, the first and the last too', async () => {
    const { status, frames } = await ask({ rawSql, downsample: 'lttb' });
    const points = (rows(frames)[0] ?? []) as [bigint, bigint][];
    expect(status).toBe(200);
    expect(points).toHaveLength(100);
    const rowOf = (at: bigint) => (at - BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n) / 1_000_000n;
    expect(points.map(([, v]) => v)).toEqual(points.map(([at]) => (rowOf(at) * 7919n) % 180000n));
    expect([points[0], points.at(-1)].map((point) => rowOf(point?.[0] ?? -1n))).toEqual([0n, 179999n]);
    expect(frames[0]?.meta?.notices).toEqual([
      { severity: 'info', text: 'Downsampled to 100 points from 180000 rows' },
    ]);
    expect(frames[0]?.meta?.executedQueryString).toContain(rawSql);
  });

  test('lttb keeps a step where it was, which an average would not', async () => {
    const step = rawSql.replace('(i * 7919) % 180000', 'CASE WHEN i < 100001 THEN 0 ELSE 5 END');
    const points = (rows((await ask({ rawSql: step, downsample: 'lttb' })).frames)[0] ?? []) as [bigint, number][];
    const after = points.findIndex(([, v]) => v === 5);
    expect(points.slice(0, after).map(([, v]) => v)).toEqual(Array(after).fill(0));
    const width = Number((points[after]?.[0] ?? 0n) - (points[after - 1]?.[0] ?? 0n)) / 1e6;
    expect(width).toBeLessThanOrEqual((2 * 180_000) / 98);
  });

  test('lttb of several columns and labels has a frame for each, with as many points', async () => {
    const labelled = rawSql.replace('AS v', "AS v, sin(i)::FLOAT AS w, ['a', 'b'][i % 2 + 1] AS host");
    const { frames } = await ask({ rawSql: labelled, downsample: 'lttb' });
    expect(frames.map(({ fields }) => [fields[1]?.name, fields[1]?.labels?.host])).toEqual([
      ['v', 'a'],
      ['w', 'a'],
      ['v', 'b'],
      ['w', 'b'],
    ]);
    expect(rows(frames).map(({ length }) => length)).toEqual([100, 100, 100, 100]);
    expect(frames[0]?.meta?.type).toBe('timeseries-multi');
    expect(frames[0]?.meta?.notices).toEqual([
      { severity: 'info', text: 'Downsampled to 400 points from 180000 rows' },
    ]);
  });

  test('lttb chooses also where the engine had no row to leave out', async () => {
    const { frames } = await ask({
      rawSql: rawSql.replace('range(180000)', 'range(0, 180000, 1500)'),
      downsample: 'lttb',
    });
    expect(rows(frames)[0]).toHaveLength(100);
    expect(frames[0]?.meta?.notices).toEqual([{ severity: 'info', text: 'Downsampled to 100 points from 120 rows' }]);
  });

  test('lttb chooses of what has come where the limit cut the rest, and says both', async () => {
    const { frames } = await ask({ rawSql, downsample: 'lttb' }, {}, { rows: 250 });
    expect(rows(frames)[0]).toHaveLength(100);
    expect(frames[0]?.meta?.notices?.map(({ text }) => text.slice(0, 40))).toEqual([
      'Only the first 250 rows are shown: the r',
      'Downsampled to 100 points from 180000 ro',
    ]);
  });

  test.each(['minmax', 'lttb', 'average'])(
    '%s leaves a result alone that has no more rows than the panel has points',
    async (downsample) => {
      const few = rawSql.replace('range(180000)', 'range(100)');
      const asItIs = await ask({ rawSql: few });
      const answer = await ask({ rawSql: few, downsample });
      expect(rows(answer.frames)).toEqual(rows(asItIs.frames));
      expect(answer.frames[0]?.meta).toMatchObject({ executedQueryString: few });
      expect(answer.frames[0]?.meta).not.toHaveProperty('notices');
    },
  );

  test.each<[string, object, Record<string, string>]>([
    ['a rule', {}, { FromAlert: 'true' }],
    ['a fill', { fill: { mode: 'previous' } }, {}],
    ['a table', { format: 'table' }, {}],
  ])('%s gets every row', async (_, more, headers) => {
    const { frames } = await ask({ rawSql, downsample: 'minmax', ...more }, headers);
    expect(frames[0]?.meta?.executedQueryString).toBe(rawSql);
    expect(rows(frames)[0]?.length).toBeGreaterThanOrEqual(180_000);
  });

  test.each([
    ['of names', 'SELECT now() AS time, nowhere AS v', 'nowhere', 'sql_invalid'],
    ['of columns', "SELECT 'x' AS v", undefined, 'no_time_column'],
    ['of a statement that would leave ours', 'SELECT now() AS time, 1 AS v) AS q; SELECT (1', ') AS q', 'sql_syntax'],
    [
      'on the way',
      "SELECT DATE '2026-01-01' AS time, CAST(i::VARCHAR || 'x' AS INTEGER) AS v FROM range(3) r(i)",
      'CAST',
      'sql_failed',
    ],
  ])('errors %s are those of the person’s own SQL', async (_, sql, place, code) => {
    const { frames } = await ask({ rawSql: sql, downsample: 'minmax' });
    const position = place === undefined ? {} : { position: sql.indexOf(place) };
    expect(frames[0]?.meta?.custom).toEqual({ code, ...position });
  });

  test('an unknown one is refused with the names of those that are', async () => {
    const { status, error } = await ask({ rawSql, downsample: 'median' });
    expect(status).toBe(400);
    expect(error?.message).toMatch(/downsample.*minmax.*lttb.*average/);
  });
});

async function ask(query: unknown, headers: Record<string, string> = {}, limits: unknown = {}): Promise<DataResponse> {
  const answer = (await askAll({ A: query }, headers, limits)).get('A');
  if (!answer) {
    throw new Error('No answer for A');
  }
  return answer;
}

function askAll(queries: Record<string, unknown>, headers: Record<string, string> = {}, limits: unknown = {}) {
  const list = Object.entries(queries).map(([refId, query]) => ({ ...(query as object), refId }));
  return askList(list, headers, limits);
}

function askList(
  queries: ReadonlyArray<{ readonly refId: string }>,
  headers: Record<string, string> = {},
  limits: unknown = {},
) {
  const handler = queryDataHandler({
    admin,
    instances,
    queue,
    looks: queue,
    running,
    metrics,
    queryMetrics,
    report: (error) => reported.push(error),
  });
  const request: QueryDataRequest = {
    format: 'arrow',
    headers: new Map(Object.entries(headers)),
    queries: queries.map((query) => ({
      refId: query.refId,
      queryType: '',
      maxDataPoints: 100,
      intervalMs: minute,
      timeRange: { fromMs: from, toMs: from + 3 * minute },
      json: Buffer.from(JSON.stringify(query)),
    })),
    pluginContext: {
      orgId: 1,
      pluginId: '',
      pluginVersion: '',
      apiVersion: '',
      namespace: '',
      userAgent: '',
      grafanaConfig: new Map(),
      dataSourceInstanceSettings: {
        id: 1,
        uid: JSON.stringify(limits),
        name: '',
        url: '',
        user: '',
        database: '',
        basicAuthEnabled: false,
        basicAuthUser: '',
        jsonData: Buffer.from(JSON.stringify({ limits })),
        decryptedSecureJsonData: new Map(),
        updatedMs: 1,
        apiVersion: '',
      },
    },
  };
  return handler.queryData(request, never);
}

function rows(frames: readonly Frame[]): unknown[][][] {
  return frames.map((frame) => frameRows(frame));
}
