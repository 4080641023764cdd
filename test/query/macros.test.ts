import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gridOf } from '../../src/query/grid.ts';
import { expandMacros, type MacroContext } from '../../src/query/interpolate.ts';
import { finish } from '../../src/steps/steps.ts';
import { openTestDatabase, type TestDatabase } from './duckdb.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => {
  database.close();
});

const fromMs = Date.parse('2026-01-02T03:04:05.678Z');
const toMs = Date.parse('2026-01-02T04:04:05.678Z');
const context: MacroContext = { fromMs, toMs, intervalMs: 20_000, maxDataPoints: 180 };

async function rows(sql: string, more: Partial<MacroContext> = {}): Promise<(string | null)[][]> {
  return database.rows(expandMacros(sql, { ...context, ...more }).sql);
}

/** Whole days and instants with microseconds: before 1970, around it, at the changes of summer time, far out. */
const instants = [
  '1677-10-01 00:00:00',
  '1899-12-31 23:59:59.999999',
  '1961-03-31 05:30:00.123456',
  '1969-12-31 23:59:59.999999',
  '1970-01-01 00:00:00',
  '1970-01-01 00:00:00.000001',
  '1999-12-31 23:59:59.999999',
  '2000-01-03 00:00:00',
  '2023-12-31 23:30:00',
  '2024-02-29 12:34:56.789012',
  '2024-03-31 00:59:59.999999',
  '2024-03-31 22:00:00',
  '2024-10-27 00:30:00',
  '2024-10-27 23:00:00',
  '2262-01-01 00:00:00',
];

const types = ['TIMESTAMP', 'TIMESTAMPTZ', 'TIMESTAMP_NS', 'TIMESTAMP_MS', 'TIMESTAMP_S', 'DATE'] as const;
const sessions = ['UTC', 'Europe/Berlin', 'America/New_York'];

function floorTo(value: bigint, width: bigint, origin = 0n): bigint {
  const rest = (value - origin) % width;
  return value - (rest < 0n ? rest + width : rest);
}

const dayUs = 86_400_000_000n;
const firstMonday = BigInt(Date.UTC(2000, 0, 3)) * 1000n;

function floorToMonths(timeUs: bigint, count: number): bigint {
  const date = new Date(Number(floorTo(timeUs, 1000n) / 1000n));
  const months = (date.getUTCFullYear() - 2000) * 12 + date.getUTCMonth();
  return BigInt(Date.UTC(2000, Math.floor(months / count) * count, 1)) * 1000n;
}

/** What a bucket in UTC is, worked out on integers and with JavaScript's own calendar. */
const bucketsInUtc: Record<string, (timeUs: bigint) => bigint> = {
  '1ms': (timeUs) => floorTo(timeUs, 1000n),
  '250ms': (timeUs) => floorTo(timeUs, 250_000n),
  '5s': (timeUs) => floorTo(timeUs, 5_000_000n),
  '5m': (timeUs) => floorTo(timeUs, 300_000_000n),
  '7m': (timeUs) => floorTo(timeUs, 420_000_000n),
  '5h': (timeUs) => floorTo(timeUs, 18_000_000_000n),
  '24h': (timeUs) => floorTo(timeUs, dayUs),
  '48h': (timeUs) => floorTo(timeUs, 2n * dayUs),
  '1d': (timeUs) => floorTo(timeUs, dayUs),
  '2d': (timeUs) => floorTo(timeUs, 2n * dayUs),
  '7d': (timeUs) => floorTo(timeUs, 7n * dayUs),
  '1w': (timeUs) => floorTo(timeUs, 7n * dayUs, firstMonday),
  '2w': (timeUs) => floorTo(timeUs, 14n * dayUs, firstMonday),
  '1M': (timeUs) => floorToMonths(timeUs, 1),
  '3M': (timeUs) => floorToMonths(timeUs, 3),
  '7M': (timeUs) => floorToMonths(timeUs, 7),
  '1y': (timeUs) => floorToMonths(timeUs, 12),
  '5y': (timeUs) => floorToMonths(timeUs, 60),
};

describe.each(sessions)('with the session in %s', (session) => {
  beforeAll(async () => {
    await database.rows(`SET TimeZone = '${session}'`);
  });

  describe.each(types)('a column of type %s', (type) => {
    // What is naive is UTC; text becomes a zoned time by its offset.
    const zone = type === 'TIMESTAMPTZ' ? '+00' : '';
    const table = `(SELECT CAST(t || '${zone}' AS ${type}) AS t, i FROM (VALUES ${instants.map((text, i) => `('${text}', ${i})`)}) AS v(t, i))`;

    /** Coarser types round as they are made: what a column holds is asked of DuckDB. */
    async function stored(values: string, order: string): Promise<bigint[]> {
      const texts = await rows(`SELECT CAST(epoch_us(t) AS VARCHAR) FROM ${values} ORDER BY ${order}`);
      return texts.map(([timeUs]) => BigInt(timeUs ?? ''));
    }

    test.each(Object.keys(bucketsInUtc))('is grouped by %s in UTC', async (interval) => {
      const sql = `SELECT CAST(epoch_us($__timeGroup(t, '${interval}')) AS VARCHAR) FROM ${table} ORDER BY i`;
      const times = await stored(table, 'i');
      expect(times).toHaveLength(instants.length);
      expect((await rows(sql)).map(([timeUs]) => BigInt(timeUs ?? 0))).toEqual(
        times.map((timeUs) => bucketsInUtc[interval]?.(timeUs)),
      );
    });

    test('keeps its type in buckets, but a DATE that may become a TIMESTAMP', async () => {
      const groups = ['5m', '7m', '1d', '1M'].map((interval) => `typeof($__timeGroup(t, '${interval}'))`);
      const expected = type === 'TIMESTAMPTZ' ? /^TIMESTAMP WITH TIME ZONE$/ : /^(TIMESTAMP|DATE)$/;
      for (const timezone of ['UTC', 'Europe/Berlin']) {
        const [row] = await rows(`SELECT ${groups} FROM ${table} LIMIT 1`, { timezone });
        expect(row).toEqual(groups.map(() => expect.stringMatching(expected)));
      }
    });

    test('is filtered by the range, ends included, as exactly as its type is', async () => {
      const ends = ['2026-01-02 03:04:05.678', '2026-01-02 04:04:05.678'];
      const times = ['2026-01-02 03:04:05.677', ...ends, '2026-01-02 04:04:05.679'];
      const values = times.map((time) => `(CAST('${time}${zone}' AS ${type}))`);
      const column = `(VALUES ${values}) AS v(t)`;
      const sql = `SELECT CAST(epoch_us(t) AS VARCHAR) FROM ${column} WHERE $__timeFilter(t) ORDER BY t`;
      // Without a time zone in the literal's way, it takes the column's type: for a DATE the days of both ends count wholly.
      const [first = 0n, last = 0n] = await stored(`(VALUES ${values.slice(1, 3)}) AS v(t)`, 't');
      const kept = (await stored(column, 't')).filter((timeUs) => timeUs >= first && timeUs <= last);
      expect(kept.length).toBeGreaterThanOrEqual(2);
      expect(await rows(sql)).toEqual(kept.map((timeUs) => [String(timeUs)]));
      expect(await rows(sql.replace('$__timeFilter(t)', 't >= $__timeFrom() AND t <= $__timeTo'))).toEqual(
        kept.map((timeUs) => [String(timeUs)]),
      );
    });

    test.each([
      ['1d', '2024-03-31 22:30:00', '2024-03-31 22:00:00'],
      ['1d', '2024-03-30 23:30:00', '2024-03-30 23:00:00'],
      ['1d', '1969-12-31 22:59:59', '1969-12-30 23:00:00'],
      ['1w', '2024-04-01 12:00:00', '2024-03-31 22:00:00'],
      ['1M', '2024-04-15 12:00:00', '2024-03-31 22:00:00'],
      ['1M', '1961-01-31 23:30:00', '1961-01-31 23:00:00'],
      ['3M', '2024-10-31 00:00:00', '2024-09-30 22:00:00'],
      ['1y', '2023-12-31 23:30:00', '2023-12-31 23:00:00'],
      ['7m', '2024-04-01 12:00:00', '2024-04-01 11:55:00'],
    ])('is grouped by %s in Berlin: %s lies in the bucket of %s', async (interval, time, bucket) => {
      const sql = `SELECT strftime(make_timestamp(epoch_us($__timeGroup(CAST('${time}${zone}' AS ${type}), '${interval}'))), '%Y-%m-%d %H:%M:%S')`;
      const [row] = await rows(sql, { timezone: 'Europe/Berlin' });
      const ofDate = await rows(sql.replace(time, `${time.slice(0, 10)} 00:00:00`), { timezone: 'Europe/Berlin' });
      expect(row).toEqual(type === 'DATE' ? ofDate[0] : [bucket]);
    });
  });

  test('text in ISO form is filtered by the range too', async () => {
    const sql =
      "SELECT t FROM (VALUES ('2026-01-02T03:30:00.000Z'), ('2026-01-02T05:30:00.000Z')) AS v(t) WHERE $__timeFilter(t)";
    expect(await rows(sql)).toEqual([['2026-01-02T03:30:00.000Z']]);
  });

  test('NOT before a filter negates the whole of it', async () => {
    const sql = "SELECT 'kept' FROM (VALUES (TIMESTAMP '2025-01-01')) AS v(t) WHERE NOT $__timeFilter(t)";
    expect(await rows(sql)).toEqual([['kept']]);
  });

  test('null and infinity stay what they are or become null, and fail nowhere', async () => {
    const sql = `SELECT CAST($__timeGroup(t, '5m') AS VARCHAR), CAST($__timeGroup(t, '1d') IS NULL AS VARCHAR)
      FROM (VALUES (NULL::TIMESTAMP), ('infinity'::TIMESTAMP)) AS v(t)`;
    expect(await rows(sql)).toEqual([
      [null, 'true'],
      ['infinity', 'false'],
    ]);
    expect((await rows(sql, { timezone: 'Europe/Berlin' })).map(([, isNull]) => isNull)).toEqual(['true', 'true']);
  });
});

describe('a column is grouped as time_bucket() groups it', () => {
  const buckets: Record<string, string> = {
    '1ms': "time_bucket(INTERVAL '1 milliseconds', t)",
    '250ms': "time_bucket(INTERVAL '250 milliseconds', t)",
    '5m': "time_bucket(INTERVAL '5 minutes', t)",
    '7m': "time_bucket(INTERVAL '7 minutes', t, ORIGIN)",
    '5h': "time_bucket(INTERVAL '5 hours', t, ORIGIN)",
    '1d': "time_bucket(INTERVAL '1 day', t)",
    '3d': "time_bucket(INTERVAL '3 days', t, ORIGIN)",
    '1w': "time_bucket(INTERVAL '7 days', t)",
    '3w': "time_bucket(INTERVAL '21 days', t)",
    '1M': "time_bucket(INTERVAL '1 month', t)",
    '7M': "time_bucket(INTERVAL '7 months', t)",
    '1y': "time_bucket(INTERVAL '1 year', t)",
  };
  /** From 251,000 BC to 253,000 in one row of four, else 1900 to 2100; time_bucket() itself fails nearer to the ends of TIMESTAMP. */
  const anyTimes = `SELECT make_timestamp(CASE i % 4
        WHEN 0 THEN (hash(i) % 16000000000000000000)::HUGEINT - 8000000000000000000
        WHEN 1 THEN (hash(i) % 10519200)::HUGEINT * 600000000 - 2208988800000000
        ELSE (hash(i) % 6311520000000000)::HUGEINT - 2208988800000000 END::BIGINT) AS t
      FROM range(4000) r(i)
      UNION ALL SELECT CAST(t AS TIMESTAMP) FROM (VALUES (NULL), ('1969-12-31 23:59:59.999999'), ('1970-01-01'),
        ('1970-01-01 23:59:59.999999'), ('1970-01-02'), ('9999-12-30'), ('9999-12-30 00:00:00.000001')) v(t)`;
  const casts: Partial<Record<string, string>> = {
    TIMESTAMPTZ: 'make_timestamptz(epoch_us(t))',
    TIMESTAMP_NS: "CASE WHEN t BETWEEN '1700-01-01' AND '2200-01-01' THEN t::TIMESTAMP_NS END",
  };
  const infinity = ["'infinity'", "'-infinity'"];

  test.each(sessions.flatMap((session) => types.map((type) => [session, type] as const)))(
    'in %s, %s',
    async (session, type) => {
      await database.rows(`SET TimeZone = '${session}'`);
      const cast = casts[type] ?? `t::${type}`;
      // Neither TIMESTAMP_MS nor TIMESTAMP_S takes infinity to time_bucket(), and a DATE may become a TIMESTAMP.
      const ends = type.startsWith('TIMESTAMP_') ? [] : infinity.map((end) => `UNION ALL SELECT ${end}::${type}`);
      const typesDiffer = type === 'DATE' ? 'false' : 'typeof(a) <> typeof(b)';
      for (const [interval, sql] of Object.entries(buckets)) {
        const expected = sql
          .replace('ORIGIN', type === 'TIMESTAMPTZ' ? "TIMESTAMPTZ '1970-01-01 00:00:00+00'" : "TIMESTAMP '1970-01-01'")
          // As a DATE, a bucket of seven minutes could not begin on the day before.
          .replace(', t', type === 'DATE' ? ', t::TIMESTAMP' : ', t');
        const differing = `WITH any_times AS MATERIALIZED (SELECT ${cast} AS t FROM (${anyTimes}) ${ends.join(' ')})
          SELECT CAST(t AS VARCHAR), CAST(a AS VARCHAR), CAST(b AS VARCHAR)
          FROM (SELECT t, $__timeGroup(t, '${interval}') AS a, ${expected} AS b FROM any_times)
          WHERE a IS DISTINCT FROM b OR ${typesDiffer}`;
        expect([interval, await rows(`${differing} LIMIT 3`)]).toEqual([interval, []]);
      }
    },
  );
});

describe('the grid that fills gaps', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'America/Sao_Paulo'];
  const cases = zones.flatMap((timezone) =>
    (['1d', '2d', '1w', '1M', '3M', '1y'] as const).map((text) => [timezone, text] as const),
  );

  test.each(cases)('has the buckets of the SQL in %s by %s, from 1965 to 2040', async (timezone, text) => {
    const from = Date.UTC(1965, 4, 6, 7, 8);
    const to = from + 27_260 * 86_400_000;
    const { step } = expandMacros(`$__timeGroup(t, '${text}')`, { ...context, timezone });
    const grid = step && finish(gridOf(step, from, to, 1_000_000));
    // Every sixth hour of the range lies in a bucket of the grid, and every bucket of the grid has one.
    const sql = `SELECT DISTINCT CAST(epoch_us($__timeGroup(t, '${text}')) AS VARCHAR) AS b
      FROM (SELECT unnest(generate_series(make_timestamp(${from}000), make_timestamp(${to}000), INTERVAL 6 HOUR)) AS t)`;
    const buckets = (await rows(sql, { timezone }))
      .map(([timeUs]) => BigInt(timeUs ?? 0))
      .sort((a, b) => (a < b ? -1 : 1));
    expect(buckets).toEqual(Array.from(grid ?? [], (timeNs) => timeNs / 1000n).slice(0, -1));
  });
});

describe('seconds since 1970', () => {
  test.each([
    ['5m', '1711863123', '1711863000.0'],
    ['5m', '-1', '-300.0'],
    ['1d', '1711863123', '1711843200.0'],
    ['1w', '1711863123', `${String(Date.UTC(2024, 2, 25) / 1000)}.0`],
    ['1M', '1711863123', `${String(Date.UTC(2024, 2, 1) / 1000)}.0`],
    ['1M', '-1', `${String(Date.UTC(1969, 11, 1) / 1000)}.0`],
    ['250ms', '1711863123.8', '1711863123.75'],
    ['250ms', '1711863123', '1711863123.0'],
    ['5m', '1711863123::DOUBLE', '1711863000.0'],
    ['5m', '1711863123::INTEGER', '1711863000.0'],
    ['5m', '1711863123::UBIGINT', '1711863000.0'],
    ['5m', 'NULL::BIGINT', null],
  ])('are grouped by %s: %s is in %s', async (interval, seconds, bucket) => {
    expect(await rows(`SELECT CAST($__unixEpochGroup(${seconds}, '${interval}') AS VARCHAR)`)).toEqual([[bucket]]);
  });

  test('are grouped by days of a zone', async () => {
    const sql = "SELECT CAST($__unixEpochGroup(1711863123, '1d') AS VARCHAR)";
    expect(await rows(sql, { timezone: 'Europe/Berlin' })).toEqual([[`${Date.UTC(2024, 2, 30, 23) / 1000}.0`]]);
  });

  test('are filtered in seconds and in exact nanoseconds, ends included', async () => {
    const seconds =
      'SELECT CAST(e AS VARCHAR) FROM (VALUES (1767323044), (1767323045), (1767326645), (1767326646)) AS v(e) WHERE $__unixEpochFilter(e)';
    expect(await rows(seconds)).toEqual([['1767323045'], ['1767326645']]);
    const nanoseconds =
      'SELECT CAST(e AS VARCHAR) FROM (VALUES (1767323045677999999), (1767323045678000000), (1767326645678000000), (1767326645678000001)) AS v(e) WHERE $__unixEpochNanoFilter(e)';
    expect(await rows(nanoseconds)).toEqual([['1767323045678000000'], ['1767326645678000000']]);
  });

  test('come from $__timeEpoch with their fraction, in a column named time', async () => {
    expect(
      await rows("SELECT CAST(time AS VARCHAR) FROM (SELECT $__timeEpoch(TIMESTAMP '1969-12-31 23:59:59.5'))"),
    ).toEqual([['-0.5']]);
  });
});

test('aliases make a column named time, and whole statements run', async () => {
  const sql = `SELECT CAST(time AS VARCHAR), CAST(n AS VARCHAR) FROM (
    SELECT $__timeGroupAlias(t, $__interval), count(*) AS n FROM (
      SELECT unnest([TIMESTAMP '2026-01-02 03:30:01', '2026-01-02 03:30:19', '2026-01-02 03:30:20', '2025-01-01']) AS t
    ) WHERE $__timeFilter(t) GROUP BY 1) ORDER BY 1`;
  expect(await rows(sql)).toEqual([
    ['2026-01-02 03:30:00', '2'],
    ['2026-01-02 03:30:20', '1'],
  ]);
  expect(await rows("SELECT CAST(time AS VARCHAR) FROM (SELECT $__time(DATE '2026-01-02'))")).toEqual([['2026-01-02']]);
  expect(await rows("SELECT CAST($__timeInterval(TIMESTAMP '2026-01-02 03:30:19') AS VARCHAR)")).toEqual([
    ['2026-01-02 03:30:00'],
  ]);
  expect(
    await rows(
      "SELECT CAST(d AS VARCHAR) FROM (VALUES (DATE '2026-01-01'), (DATE '2026-01-02')) AS v(d) WHERE $__dateFilter(d)",
    ),
  ).toEqual([['2026-01-02']]);
  expect(await rows("SELECT CAST(INTERVAL '$__interval' AS VARCHAR), CAST($__range_s AS VARCHAR)")).toEqual([
    ['00:00:20', '3600'],
  ]);
});
