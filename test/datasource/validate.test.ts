import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runUnlocked, temporaryFolder } from '../engine/duckdb.ts';
import { type AskResource, openResources } from './ask-resource.ts';

let ask: AskResource;

beforeAll(() => {
  ask = openResources({
    initSql: "CREATE TABLE t AS SELECT TIMESTAMP '2026-01-01' AS time, 1.5 AS value, 'a' AS host",
  });
});

afterAll(() => ask.close());

const hour = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 0, 1, 1), intervalMs: 60_000 };

describe('POST validate', () => {
  test('tells the expanded SQL and the columns', async () => {
    const rawSql =
      'SELECT $__timeGroup(time, $__interval) AS time, avg(value) AS v, host, true AS b FROM t GROUP BY 1, 3';
    const { status, payload } = await ask.post('validate', { rawSql, ...hour });
    expect(status).toBe(200);
    expect(payload).toEqual({
      valid: true,
      sql: expect.not.stringContaining('$__'),
      columns: [
        { name: 'time', kind: 'time' },
        { name: 'v', kind: 'number' },
        { name: 'host', kind: 'text' },
        { name: 'b', kind: 'boolean' },
      ],
    });
  });

  test("says where the error is in the person's SQL, macros before it or not", async () => {
    const rawSql = 'SELECT $__interval_ms AS a FROM t WHERE $__timeFilter(time) AND nowhere = 1';
    const { status, payload } = await ask.post('validate', { rawSql, ...hour });
    expect(status).toBe(200);
    expect(payload).toMatchObject({
      valid: false,
      sql: expect.stringContaining('2026-01-01T00:00:00'),
      error: { code: 'sql_invalid', position: rawSql.indexOf('nowhere') },
    });
  });

  test.each([
    ['', 'query_invalid'],
    ['SELEC 1', 'sql_syntax'],
    ['SELECT $__nothing(1)', 'macro_unknown'],
    ['SELECT * FROM nowhere', 'sql_invalid'],
    ['DROP TABLE t', 'sql_not_select'],
    ['SELECT 1; SELECT 2', 'sql_multiple_statements'],
    ["SELECT * FROM read_text('/etc/passwd')", 'sql_refused'],
    ['SELECT * FROM duckdb_settings()', 'sql_refused'],
  ])('%j is not valid: %s', async (rawSql, code) => {
    const { status, payload } = await ask.post('validate', { rawSql });
    expect(status).toBe(200);
    expect(payload).toMatchObject({ valid: false, error: { code } });
  });

  test.each([
    ['/etc/hosts', [], 403, 'file_not_allowed'],
    ['/etc/nowhere.duckdb', ['/etc'], 404, 'file_missing'],
    ['/etc/hosts', ['/etc'], 422, 'file_invalid'],
  ])(
    'a data source whose database is %s, with %j allowed, is no fault of the SQL',
    async (database, allowed, status, code) => {
      const broken = openResources({ database }, allowed);
      const answers = [
        await broken.post('validate', { rawSql: 'SELECT 1' }),
        await broken.post('completions', { rawSql: 'SELECT  FROM t', position: 7 }),
        await broken.get('catalog'),
      ];
      expect(answers.map((answer) => [answer.status, answer.payload.code])).toEqual(answers.map(() => [status, code]));
      await broken.close();
    },
  );

  test('neither is a database that was overwritten with something else', async () => {
    const folder = temporaryFolder();
    const database = join(folder.path, 'd.duckdb');
    await runUnlocked(database, 'CREATE TABLE t AS SELECT 1 AS a');
    const overwritten = openResources({ database }, [folder.path]);
    expect((await overwritten.post('validate', { rawSql: 'FROM t' })).payload.valid).toBe(true);
    writeFileSync(database, 'no database');
    const codeOf = async () => (await overwritten.post('validate', { rawSql: 'FROM t' })).payload.code;
    // It is not opened until it has been left alone for a second.
    await expect.poll(codeOf, { timeout: 10_000 }).toBe('file_invalid');
    await overwritten.close();
    folder.remove();
  }, 20_000);

  test('a macro that is refused has its place, and there is no expanded SQL', async () => {
    const { payload } = await ask.post('validate', { rawSql: 'SELECT\n$__timeGroup()' });
    expect(payload).toEqual({
      valid: false,
      error: { code: 'macro_arguments', message: expect.any(String), hint: expect.any(String), position: 7 },
    });
  });

  test('nothing runs: a statement that would fail, and one that would never end, are valid', async () => {
    for (const rawSql of [
      "SELECT error('x' || host) FROM t",
      'SELECT count(*) FROM range(1e15::BIGINT), range(1e15::BIGINT)',
    ]) {
      const { payload } = await ask.post('validate', { rawSql });
      expect(payload).toMatchObject({ valid: true });
    }
  });

  test('an EXPLAIN is valid, and has no columns of its own', async () => {
    const { payload } = await ask.post('validate', { rawSql: 'EXPLAIN SELECT 1' });
    expect(payload).toEqual({ valid: true, sql: 'EXPLAIN SELECT 1', columns: [] });
  });

  test('it takes a slot of those for looks, and who goes away leaves the queue', async () => {
    const single = openResources({}, [], 1);
    const gone = new AbortController();
    const release = Promise.withResolvers<void>();
    const holder = single.looks.run('other', new AbortController().signal, () => release.promise);
    const answer = single.post('validate', { rawSql: 'SELECT 1' }, gone.signal);
    await expect.poll(() => single.looks.waiting).toBe(1);
    gone.abort();
    expect(await answer).toMatchObject({ status: 499, payload: { code: 'cancelled' } });
    expect(single.looks.waiting).toBe(0);
    release.resolve();
    await holder;
    await single.close();
  });
});
