import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Field } from '../../src/frame/column.ts';
import { type DownsampleOptions, downsampleSql } from '../../src/query/downsample-sql.ts';
import { openTestDatabase, type TestDatabase } from './duckdb.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => {
  database.close();
});

const fromMs = Date.UTC(2026, 0, 1);
const toMs = fromMs + 1_000_000;
const minmax: DownsampleOptions = { mode: 'minmax', fromMs, toMs, maxDataPoints: 12 };
const time: Field = { name: 'time', type: 'timestamp' };
const value: Field = { name: 'v', type: 'float64' };

type Row = (string | null)[];

function texts(sql: string): Promise<Row[]> {
  return database.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${sql}\n)`);
}

/** The rows without the two counts, and the counts. */
async function downsampled(sql: string, fields: readonly Field[], options: DownsampleOptions) {
  const rows = await texts(downsampleSql(sql, fields, options)?.sql ?? '');
  return { points: rows.map((row) => row.slice(0, -2)), counts: rows.map((row) => row.slice(-2).map(Number)) };
}

/** A time in each second of the range, some before and after it; values with ties, nulls, NaN and infinity. */
function walk(type: string, seed: number): string {
  return `SELECT (TIMESTAMP '2026-01-01' + INTERVAL (i - 20) SECOND)::${type} AS time,
    CASE WHEN hash(i, ${seed}) % 7 = 0 THEN NULL WHEN hash(i, ${seed}) % 11 = 0 THEN 'nan'::DOUBLE
      WHEN hash(i, ${seed}) % 97 = 0 THEN '-inf'::DOUBLE ELSE (hash(i, ${seed + 1}) % 50)::DOUBLE END AS v
    FROM range(1040) r(i)`;
}

describe('minmax', () => {
  test.each(
    ['TIMESTAMP', 'TIMESTAMPTZ', 'TIMESTAMP_NS', 'TIMESTAMP_MS', 'TIMESTAMP_S'].flatMap((type) =>
      [1, 2, 3].map((seed) => [type, seed] as const),
    ),
  )('keeps the extremes of each bucket of %s, as points that were there, in order (%d)', async (type, seed) => {
    const sql = walk(type, seed);
    const all = await texts(sql);
    const { points, counts } = await downsampled(sql, [time, value], minmax);
    expect(points.length).toBeLessThanOrEqual(2 * minmax.maxDataPoints);
    expect(counts).toEqual(points.map(() => [all.length, all.length]));
    const known = new Set(all.map((row) => row.join()));
    expect(points.filter((row) => !known.has(row.join()))).toEqual([]);
    expect(points.map(([at]) => at)).toEqual(points.map(([at]) => at).sort());
    expect(new Set(points.map((row) => row.join())).size).toBe(points.length);

    const bucketOf = ([at = '']: Row) => {
      const ms = Date.parse(`${String(at).slice(0, 19).replace(' ', 'T')}Z`) - fromMs;
      return ms < 0 ? -1 : ms > 1_000_000 ? 10 : Math.floor(ms / 100_000.001);
    };
    const numbersIn = (rows: Row[], bucket: number) =>
      rows
        .filter((row) => bucketOf(row) === bucket && row[1] !== null && row[1] !== 'nan')
        .map(([, text]) => (text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text)));
    const buckets = Array.from({ length: 12 }, (_, i) => i - 1);
    const extremes = (rows: Row[]) =>
      buckets.map((b) => [Math.min(...numbersIn(rows, b)), Math.max(...numbersIn(rows, b))]);
    expect(extremes(points)).toEqual(extremes(all));
  });

  test('keeps few rows, also those of one bucket with another, and gaps as one point', async () => {
    const sql = `SELECT TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS time, v
      FROM (VALUES (0, 1.5), (1, 1.5), (2, 1.5), (210, NULL), (211, NULL), (410, 'nan'::DOUBLE), (610, 7), (611, NULL)) r(i, v)`;
    expect((await downsampled(sql, [time, value], minmax)).points).toEqual([
      ['2026-01-01 00:00:00', '1.5'],
      ['2026-01-01 00:03:30', null],
      ['2026-01-01 00:06:50', 'nan'],
      ['2026-01-01 00:10:10', '7.0'],
    ]);
  });

  test('keeps each label’s series apart, labels that are null too', async () => {
    const sql = `SELECT host, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS time, (i * n)::INTEGER AS v
      FROM range(50) r(i), (VALUES ('a', 1), (NULL, -1)) h(host, n);
      -- done`;
    const fields: Field[] = [{ name: 'host', type: 'utf8' }, time, { name: 'v', type: 'int32' }];
    const { points, counts } = await downsampled(sql, fields, minmax);
    expect(points.sort()).toEqual(
      [
        ['a', '2026-01-01 00:00:00', '0'],
        ['a', '2026-01-01 00:00:49', '49'],
        [null, '2026-01-01 00:00:00', '0'],
        [null, '2026-01-01 00:00:49', '-49'],
      ].sort(),
    );
    expect(counts).toEqual(points.map(() => [50, 100]));
  });

  test('keeps whole rows, so that no column has a null that was not there', async () => {
    const sql = `SELECT i::UTINYINT AS a, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS time, (18446744073709551615 - i)::UBIGINT AS a,
      CASE i WHEN 7 THEN 9 WHEN 8 THEN -9 ELSE 0 END::DECIMAL(9, 2) AS "q ""x""", ((i - 5) * (i - 5))::HUGEINT AS h FROM range(20) r(i)`;
    const fields: Field[] = [
      { name: 'a', type: 'uint8' },
      time,
      { name: 'a', type: 'uint64' },
      { name: 'q "x"', type: 'float64' },
      { name: 'h', type: 'float64' },
    ];
    const { points } = await downsampled(sql, fields, minmax);
    expect(points.map(([a]) => a)).toEqual(['0', '5', '7', '8', '19']);
    expect(points[1]).toEqual(['5', '2026-01-01 00:00:05', '18446744073709551610', '0.00', '0']);
    const named = await database.rows(`SELECT column_name FROM (DESCRIBE ${downsampleSql(sql, fields, minmax)?.sql})`);
    expect(named).toEqual([['a'], ['time'], ['a'], ['q "x"'], ['h'], ['series_rows'], ['all_rows']]);
  });

  test.each([
    [1, 'int64', 'BIGINT'],
    [1e3, 'float64', 'DOUBLE'],
    [1e6, 'int64', 'BIGINT'],
    [1e9, 'int64', 'HUGEINT'],
  ] as const)('takes numbers for times: %d for a second', async (perSecond, type, sqlType) => {
    const sql = `SELECT ((${fromMs / 1000} + i) * ${perSecond})::${sqlType} AS time, i::DOUBLE AS v FROM range(1000) r(i)`;
    const { points } = await downsampled(sql, [{ name: 'time', type }, value], minmax);
    expect(points.map(([, v]) => Number(v))).toEqual(
      Array.from({ length: 10 }, (_, i) => [i * 100, i * 100 + 99])
        .flat()
        .map((v, i) => (i % 2 === 0 && i > 0 ? v + 1 : i % 2 === 1 && i < 19 ? v + 1 : v)),
    );
  });

  test('takes dates, what lies far out, and infinity', async () => {
    const year = { ...minmax, toMs: Date.UTC(2027, 0, 1), maxDataPoints: 4 };
    const sql = `SELECT d AS time, 1.0 AS v FROM (VALUES (DATE '2026-03-01'), ('2026-12-31'), ('290308-06-25 (BC)'), ('infinity'), (NULL)) r(d)`;
    expect((await downsampled(sql, [time, value], year)).points.map(([at]) => at)).toEqual([
      '290308-06-25 (BC)',
      '2026-03-01',
      '2026-12-31',
      'infinity',
    ]);
  });

  test('takes a date beyond all timestamps for a row without a time', async () => {
    const sql = `SELECT t AS time, v FROM (VALUES (DATE '5000000-01-01', 1), (NULL, 2)) r(t, v)`;
    expect((await downsampled(sql, [time, value], minmax)).points).toEqual([
      ['5000000-01-01', '1'],
      [null, '2'],
    ]);
  });

  test('leaves the rows alone that a statement’s own ORDER BY and LIMIT have chosen', async () => {
    const sql = `WITH q AS (${walk('TIMESTAMP', 1)}) SELECT time, 5.0 AS v FROM q ORDER BY time DESC LIMIT 1 -- ;`;
    expect((await downsampled(sql, [time, value], minmax)).points).toEqual([['2026-01-01 00:16:59', '5.0']]);
  });
});

describe('lttb', () => {
  const lttb: DownsampleOptions = { ...minmax, mode: 'lttb' };
  // In a bucket of 100 s each series has its lowest value in its second row, its highest in the one before the last.
  const rows = `SELECT h AS host, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS time,
    CASE i % 100 WHEN 1 THEN -i WHEN 98 THEN i ELSE NULLIF(i % 100, 99) / 1000 END::DOUBLE AS v
    FROM range(1000) r(i), (VALUES ('a'), (NULL)) h(h) ORDER BY hash(i)`;
  const host: Field = { name: 'host', type: 'utf8' };
  const wanted = Array.from({ length: 10 }, (_, b) => [0, 1, 98, 99].map((i) => b * 100 + i)).flat();

  test.each<[string, string, Field[], (string | null)[]]>([
    ['the one series', `SELECT time, v FROM (${rows}) WHERE host = 'a'`, [time, value], ['a']],
    ['each series', rows, [host, time, value], ['a', null]],
  ])('leaves the first, lowest, highest and last row of each bucket of %s', async (_, sql, fields, hosts) => {
    const { points, counts } = await downsampled(sql, fields, lttb);
    const secondsOf = (at: string | null | undefined) => (Date.parse(`${at}Z`) - fromMs) / 1000;
    const seconds = points.map((row) => [secondsOf(row.at(-2)), row.length === 3 ? row[0] : 'a']);
    // Buckets are a microsecond wider than 100 s.
    const shifted = new Set(wanted.map((i) => (i % 100 === 0 && i > 0 ? i - 1 : i)));
    for (const one of hosts) {
      const own = seconds.filter(([, name]) => name === one).map(([at]) => Number(at));
      expect(own.length).toBeLessThanOrEqual(4 * lttb.maxDataPoints);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
      expect([...shifted].filter((second) => !own.includes(second) && second % 100 !== 99)).toEqual([]);
      expect([own[0], own.at(-1)]).toEqual([0, 999]);
    }
    const all = new Set((await texts(sql)).map((row) => row.join()));
    expect(points.filter((row) => !all.has(row.join()))).toEqual([]);
    expect(counts).toEqual(points.map(() => [1000, 1000 * hosts.length]));
  });

  test.each<[string, Field[], number]>([
    ['one column', [time, value], 100],
    ['three columns', [time, value, { name: 'w', type: 'int32' }, { name: 'x', type: 'uint8' }], 250],
  ])('tells how wide its buckets are: with %s', (_, fields, seconds) => {
    expect(downsampleSql('SELECT 1', fields, lttb)?.bucketNs).toBeCloseTo(seconds * 1e9, -4);
  });

  test('a bucket of rows without a time leaves none of them as its end', async () => {
    const sql = `SELECT 'a' AS host, t::TIMESTAMP AS time, v FROM (VALUES ('2026-01-01', 1.5), (NULL, 5), (NULL, 6), (NULL, 7)) r(t, v)`;
    const { points } = await downsampled(sql, [host, time, value], lttb);
    expect(points).toEqual([
      ['a', '2026-01-01 00:00:00', '1.5'],
      ['a', null, expect.stringMatching(/^[57]\.0$/)],
      ['a', null, expect.stringMatching(/^[57]\.0$/)],
    ]);
  });
});

describe('average', () => {
  test('gives each bucket’s beginning and average, without nulls and NaN', async () => {
    const sql = `SELECT TIMESTAMPTZ '2026-01-01 00:00:00+00' + INTERVAL (i) SECOND AS time, 'x' AS host, v
      FROM (VALUES (0, 1.0::DOUBLE), (10, 4), (20, 'nan'), (30, NULL), (500, NULL), (999, 7)) r(i, v)`;
    const fields: Field[] = [time, { name: 'host', type: 'utf8' }, value];
    const { points, counts } = await downsampled(sql, fields, { ...minmax, mode: 'average' });
    expect(points).toEqual([
      ['2026-01-01 00:00:00', 'x', '2.5'],
      ['2026-01-01 00:08:00', 'x', null],
      ['2026-01-01 00:16:00', 'x', '7.0'],
    ]);
    expect(counts[0]).toEqual([6, 6]);
  });

  test('has the buckets of $__timeGroup, here two minutes wide, and one for what lies before and behind the range', async () => {
    const { points } = await downsampled(walk('TIMESTAMP', 1), [time, value], { ...minmax, mode: 'average' });
    const inRange = `SELECT * FROM (${walk('TIMESTAMP', 1)}) WHERE time >= '2026-01-01' AND time < '2026-01-01 00:18:00'`;
    expect(points.slice(1)).toEqual(
      await texts(
        `SELECT time_bucket(INTERVAL '2 minutes', time), avg(v) FILTER (NOT isnan(v)) FROM (${inRange}) GROUP BY 1 ORDER BY 1`,
      ),
    );
    expect(points.map(([at]) => at).slice(0, 2)).toEqual(['2025-12-31 23:58:00', '2026-01-01 00:00:00']);
  });

  test('leaves rows without a time out of every bucket', async () => {
    const sql = `SELECT t::TIMESTAMP AS time, v FROM (VALUES ('2026-01-01', 1), (NULL, 5), ('2027-01-01', 3)) r(t, v)`;
    expect((await downsampled(sql, [time, value], { ...minmax, mode: 'average' })).points).toEqual([
      ['2026-01-01 00:00:00', '1.0'],
      ['2026-01-01 00:18:00', '3.0'],
      [null, '5.0'],
    ]);
  });
});

test.each<[string, Field[]]>([
  ['time', [value]],
  ['value', [time, { name: 'host', type: 'utf8' }]],
  ['time that is one', [{ name: 'time', type: 'utf8' }, value]],
])('a result without a %s is left to whoever tells what is wrong', (_, fields) => {
  expect(downsampleSql('SELECT 1', fields, minmax)).toBeUndefined();
});
