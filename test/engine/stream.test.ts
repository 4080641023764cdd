import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, type Cell, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await open();
});
afterAll(() => engine.close());

/** MD5 over all rows, a line each; DuckDB reckons the same by string_agg. */
function digest(cells: readonly (Cell | undefined)[]): string {
  return createHash('md5')
    .update(cells.map((cell) => (cell === null ? '∅' : String(cell))).join('\n'))
    .digest('hex');
}

describe('rows arrive whole and in order', () => {
  /** Texts of all lengths round the border of 12 bytes, nulls, emojis, and now and then a long one. */
  const text = `CASE WHEN i % 7 = 3 THEN NULL
    WHEN i % 5003 = 1 THEN repeat('long 🦆 ', 10000)
    WHEN i % 11 = 5 THEN 'ünï 🦆'[1:(i % 6)]
    ELSE repeat(md5(i::VARCHAR), 3)[1:((hash(i) % 70)::BIGINT)] END`;
  const filters: Readonly<Record<string, string>> = {
    'all rows': 'true',
    'a third, ragged': 'hash(i) % 3 = 0',
    'one in a hundred': 'hash(i) % 100 = 0',
    'short texts alone': `length(${text}) <= 12`,
    'long texts alone': `length(${text}) >= 13`,
    'the first nulls late': 'i % 7 <> 3 OR i > 70000',
  };

  test.each(Object.entries(filters))('texts: %s', async (_, filter) => {
    const from = `FROM (SELECT i, ${text} AS s FROM range(200000) r(i) WHERE ${filter})`;
    const { rows, batches } = await ask(engine, `SELECT s ${from} ORDER BY i`);
    const [expected] = (
      await ask(
        engine,
        `SELECT md5(string_agg(coalesce(s, '∅'), chr(10) ORDER BY i)), count(*)::INTEGER, (count(*) - count(s))::INTEGER ${from}`,
      )
    ).rows;
    const nulls = batches.reduce((sum, { columns }) => sum + (columns[0]?.nullCount ?? 0), 0);
    expect([digest(rows.map(([cell]) => cell)), rows.length, nulls]).toEqual(expected);
  });

  test('a filter without ORDER BY makes ragged chunks, and every column keeps its rows', async () => {
    const sql = `SELECT i::INTEGER AS i, CASE WHEN i % 5 <> 0 THEN i % 3 = 0 END AS b, CASE WHEN i % 4 <> 1 THEN i * 0.5::DOUBLE END AS d,
      CASE WHEN i % 9 <> 2 THEN 'row ' || i || repeat('.', (i % 17)::INTEGER) END AS s,
      CASE WHEN i % 6 <> 0 THEN make_timestamp(i * 1000000) END AS t FROM range(300000) r(i) WHERE hash(i) % 7 < 2`;
    const { rows, batches } = await ask(engine, sql);
    expect(batches.length).toBeGreaterThan(1);
    expect(rows.length).toBeGreaterThan(70_000);
    for (const [index, row] of rows.entries()) {
      const i = row[0] as number;
      const expected = [
        i,
        i % 5 === 0 ? null : i % 3 === 0,
        i % 4 === 1 ? null : i / 2,
        i % 9 === 2 ? null : `row ${i}${'.'.repeat(i % 17)}`,
        i % 6 === 0 ? null : BigInt(i) * 1_000_000_000n,
      ];
      // One comparison a row: expect() itself would take most of the test's time.
      expect(row.every((cell, column) => cell === expected[column]) || [index, row], 'row').toBe(true);
    }
  });

  test('sums over several batches agree with DuckDB’s own', async () => {
    const from = 'FROM range(500000) r(i) WHERE hash(i) % 2 = 0';
    const column = await askColumn(engine, `SELECT i ${from}`);
    const sum = column.reduce<bigint>((total, cell) => total + (cell as bigint), 0n);
    expect(await askColumn(engine, `SELECT sum(i)::BIGINT ${from}`)).toEqual([sum]);
  });

  test('batches hold at most 65,536 rows, and fewer when texts are long', async () => {
    const plain = await ask(engine, 'SELECT i FROM range(200000) t(i)');
    expect(plain.batches.map(({ rowCount }) => rowCount)).toEqual([65536, 65536, 65536, 3392]);
    const long = await ask(engine, `SELECT repeat('x', 10000) FROM range(20000)`);
    expect(Math.max(...long.batches.map(({ rowCount }) => rowCount))).toBeLessThan(8192);
    expect(long.rows).toHaveLength(20000);
  });

  test('what is left of many chunks does not wait in them until there are 65,536 rows', async () => {
    const folder = temporaryFolder();
    const database = join(folder.path, 'rare.duckdb');
    const rows = 'SELECT i, CASE WHEN i % 2048 = 7 THEN 1 ELSE 0 END AS rare FROM range(2048 * 300) r(i)';
    await runUnlocked(database, `CREATE TABLE t AS ${rows}`);
    const rare = await open({ database, allowedDirectories: [folder.path], threads: 1 });
    const answer = await ask(rare, 'SELECT i FROM t WHERE rare = 1');
    await rare.close();
    folder.remove();
    expect(answer.rows).toEqual(Array.from({ length: 300 }, (_, i) => [BigInt(2048 * i + 7)]));
    expect(Math.max(...answer.batches.map(({ rowCount }) => rowCount))).toBe(64);
  });

  test('batches of many columns stay below 40 MB', async () => {
    const columns = Array.from({ length: 500 }, (_, i) => `i::DOUBLE + ${i}`).join(', ');
    const { batches } = await engine.query(`SELECT ${columns} FROM range(40000) t(i)`, {
      signal: new AbortController().signal,
    });
    let rows = 0;
    for await (const { rowCount } of batches) {
      expect(rowCount * 500 * 8).toBeLessThan(40e6);
      rows += rowCount;
    }
    expect(rows).toBe(40000);
  });

  test('a query that runs long does not hold up the event loop', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    await ask(engine, 'SELECT sum(hash(i) % 7)::DOUBLE FROM range(60000000) t(i)');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('a result that fails midway', () => {
  test('rejects with the engine’s message, after the rows before it', async () => {
    const sql = `SELECT CASE WHEN i = 4000000 THEN error('boom at ' || i) ELSE i END AS v FROM range(5000000) t(i)`;
    const { batches } = await engine.query(sql, { signal: new AbortController().signal });
    let rows = 0;
    const failure = await failureOf(
      (async () => {
        for await (const { rowCount } of batches) {
          rows += rowCount;
        }
      })(),
    );
    expect(failure).toMatchObject({ code: 'sql_failed', message: 'Boom at 4000000' });
    expect(rows).toBeGreaterThan(1_000_000);
    expect(rows).toBeLessThan(4_000_001);
  });

  test('says so too when the statement had to be wrapped', async () => {
    const sql = `SELECT TIME '00:00:00' AS t, CASE WHEN i = 900000 THEN 'x'::INTEGER ELSE 1 END FROM range(1000000) t(i)`;
    expect(await failureOf(ask(engine, sql))).toMatchObject({
      code: 'sql_failed',
      message: expect.stringContaining("'x'"),
    });
  });
});

describe('an error', () => {
  test('has the same place whether the statement had to be wrapped or not', async () => {
    const rest = `, 'ü', ('x' || i)::INTEGER FROM range(3) t(i)`;
    const plain = await failureOf(ask(engine, `SELECT         1${rest}`));
    const wrapped = await failureOf(ask(engine, `SELECT [1, 2, 3]${rest}`));
    expect(plain).toMatchObject({ code: 'sql_failed', message: expect.stringContaining("'x0'") });
    expect([wrapped.message, wrapped.position]).toEqual([plain.message, plain.position]);
  });

  test('is what a closed engine gives', async () => {
    const closed = await open();
    await closed.close();
    await closed.close();
    expect(await failureOf(ask(closed, 'SELECT 1'))).toMatchObject({ code: 'engine_failed' });
  });

  test.each([
    ['SELECT $host', 'Nothing fills the parameter $host'],
    ['SELECT ?', 'Nothing fills the parameter ?'],
    ['SELECT n FROM range(9) t(n) WHERE n <= $13', 'Nothing fills a parameter that is a number'],
  ])('names a parameter that nothing fills: %s', async (sql, message) => {
    expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_invalid', message });
  });
});

describe('cancelling', () => {
  const endless = 'SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range % 11';

  test('stops a statement before its first row', async () => {
    const controller = new AbortController();
    const query = engine.query(endless, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(await failureOf(query)).toMatchObject({ code: 'cancelled' });
  });

  test('stops a stream between two batches', async () => {
    const controller = new AbortController();
    const { batches } = await engine.query('SELECT i FROM range(1000000000) t(i)', { signal: controller.signal });
    const iterator = batches[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(false);
    controller.abort();
    expect(await failureOf(iterator.next())).toMatchObject({ code: 'cancelled' });
    expect(await failureOf(iterator.next())).toMatchObject({ code: 'cancelled' });
  });

  test('before the start runs nothing', async () => {
    expect(await failureOf(engine.query('SELECT 1', { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'cancelled',
    });
  });

  test('leaving the loop early frees the engine', async () => {
    const { batches } = await engine.query('SELECT i FROM range(1000000000) t(i)', {
      signal: new AbortController().signal,
    });
    let count = 0;
    for await (const _ of batches) {
      count++;
      break;
    }
    expect(count).toBe(1);
    expect(await askColumn(engine, 'SELECT 42')).toEqual([42]);
  });

  test('two hundred queries with random cancels all end, and the engine still answers', {
    timeout: 60_000,
  }, async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(), (i * 37) % 120);
        const sql = i % 3 === 0 ? endless : `SELECT i, i::VARCHAR || 'some more text' FROM range(${1 + i * 2500}) t(i)`;
        try {
          return (await ask(engine, sql, { signal: controller.signal })).rows.length;
        } catch (error) {
          return (error as { code?: string }).code;
        } finally {
          clearTimeout(timer);
        }
      }),
    );
    const wrong = outcomes.filter((outcome, i) => outcome !== 'cancelled' && (i % 3 === 0 || outcome !== 1 + i * 2500));
    expect(wrong).toEqual([]);
    expect(outcomes).toContain('cancelled');
    expect(await askColumn(engine, 'SELECT 42')).toEqual([42]);
  });
});

describe('queries beside each other', () => {
  test('leave nothing behind: temporary settings of one are not another’s', async () => {
    const zone = `SELECT current_setting('TimeZone')`;
    const [berlin, own] = await Promise.all([ask(engine, zone, { timezone: 'Europe/Berlin' }), ask(engine, zone)]);
    expect([berlin.rows, own.rows, (await ask(engine, zone)).rows]).toEqual([
      [['Europe/Berlin']],
      [['UTC']],
      [['UTC']],
    ]);
  });

  test('the session’s zone decides where days begin', async () => {
    const sql = `SELECT date_trunc('day', TIMESTAMPTZ '2026-06-15 23:30:00Z')`;
    const { rows } = await ask(engine, sql, { timezone: 'Europe/Berlin' });
    expect(rows).toEqual([[BigInt(Date.parse('2026-06-15T22:00:00Z')) * 1_000_000n]]);
  });

  test('an unknown zone is refused', async () => {
    const failure = await failureOf(ask(engine, 'SELECT 1', { timezone: 'Nowhere/Here' }));
    expect(failure).toMatchObject({ code: 'sql_invalid', message: expect.stringContaining('Nowhere/Here') });
  });

  test('over the memory limit is an error that says so, and the next query runs', async () => {
    const small = await open({ memoryLimit: '32MiB' });
    const failure = await failureOf(ask(small, 'SELECT i, hash(i) AS h FROM range(20000000) t(i) ORDER BY h'));
    expect(failure.code).toBe('memory_exceeded');
    expect(await askColumn(small, 'SELECT 42')).toEqual([42]);
    await small.close();
  });
});
