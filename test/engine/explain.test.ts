import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder('tables', 'open');
let engine: Engine;

beforeAll(async () => {
  writeFileSync(join(folder.path, 'tables', 'sales.csv'), 'city,amount\nBerlin,1\nRome,2\n');
  writeFileSync(join(folder.path, 'open', 'a.csv'), 'x\n1\n');
  const database = join(folder.path, 'd.duckdb');
  await runUnlocked(
    database,
    'CREATE TABLE t AS SELECT range AS i FROM range(100)',
    `CREATE VIEW named AS SELECT * FROM read_csv('${folder.path}/open/*.csv', filename = true) WHERE filename <> '${folder.path}/none'`,
  );
  engine = await open({
    allowedDirectories: [folder.path],
    directories: [join(folder.path, 'open')],
    tables: [{ name: 'sales', path: join(folder.path, 'tables', 's*.csv') }],
    database,
  });
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

const planOf = async (sql: string) => {
  const { fields, rows } = await ask(engine, sql);
  expect(fields).toEqual(['explain_key:utf8', 'explain_value:utf8']);
  expect(rows).toHaveLength(1);
  const [[key, value] = []] = rows;
  return { key, value: String(value) };
};

describe('EXPLAIN of a SELECT that the gate lets through', () => {
  test('tells its plan, a line for each operator', async () => {
    const { key, value } = await planOf('EXPLAIN SELECT max(i) FROM t WHERE i > 5');
    expect(key).toBe('physical_plan');
    expect(value.split('\n').map((line) => line.split(' · ')[0])).toEqual([
      'UNGROUPED_AGGREGATE',
      '  PROJECTION',
      '    SEQ_SCAN',
    ]);
    expect(value).toContain('Filters: i>5');
  });

  test('as JSON where that is asked for', async () => {
    const { value } = await planOf('EXPLAIN (FORMAT json) SELECT i FROM t');
    expect(JSON.parse(value)).toMatchObject([{ name: 'SEQ_SCAN', extra_info: { Table: 'd.main.t' } }]);
  });

  test.each(['EXPLAIN ANALYZE', 'explain analyse', 'EXPLAIN (ANALYZE)', 'EXPLAIN (FORMAT text, ANALYZE)'])(
    'with the rows of each operator: %s',
    async (head) => {
      const { key, value } = await planOf(`${head} SELECT i FROM t WHERE i >= 90`);
      expect(key).toBe('analyzed_plan');
      expect(value).toMatch(/TABLE_SCAN|SEQ_SCAN/);
      expect(value).toContain('10 rows');
    },
  );

  test('says so where ANALYZE has nothing to measure', async () => {
    expect((await planOf('EXPLAIN ANALYZE VALUES (1)')).value).toMatch(/^Nothing was measured/);
  });

  test.each([
    'EXPLAIN FROM t',
    'EXPLAIN (SELECT i FROM t)',
    'EXPLAIN WITH c AS (FROM t) FROM c',
    'EXPLAIN VALUES (1)',
    'EXPLAIN PIVOT t ON i IN (1, 2)',
    '/* a */ explain -- b\n/* c */ (format json) -- d\n SELECT 1; -- e',
  ])('of every kind of SELECT: %s', async (sql) => {
    expect((await planOf(sql)).value).not.toBe('');
  });
});

describe('EXPLAIN tells no path of the server', () => {
  test.each([
    'EXPLAIN FROM sales',
    'EXPLAIN ANALYZE FROM sales',
    'EXPLAIN (ANALYZE, FORMAT json) FROM sales',
    'EXPLAIN FROM named',
    'EXPLAIN ANALYZE FROM named',
    'EXPLAIN (FORMAT json) FROM named WHERE filename IS NOT NULL',
    'EXPLAIN (ANALYZE, FORMAT json) FROM named',
  ])('%s', async (sql) => {
    const { value } = await planOf(sql);
    expect(value).toContain('READ_CSV');
    expect(value).not.toMatch(new RegExp(`${folder.path}|\\.csv`));
  });
});

describe('EXPLAIN is refused', () => {
  test.each([
    ['EXPLAIN', 'sql_syntax'],
    ['EXPLAIN ANALYZE', 'sql_syntax'],
    ['EXPLAIN; SELECT 1', 'sql_syntax'],
    ['EXPLAIN SELECT 1; SELECT 2', 'sql_multiple_statements'],
    ['EXPLAIN SELECT 1; DROP TABLE t', 'sql_multiple_statements'],
    ["EXPLAIN SELECT getenv('HOME')", 'sql_refused'],
    ["EXPLAIN ANALYZE FROM query('SELECT 1')", 'sql_refused'],
    ["EXPLAIN FROM read_text('/etc/passwd')", 'sql_refused'],
    ['EXPLAIN (FORMAT html) SELECT 1', 'sql_refused'],
    ['EXPLAIN (FORMAT graphviz, ANALYZE) SELECT 1', 'sql_refused'],
    ['EXPLAIN (ANALYZE,) SELECT 1', 'sql_refused'],
  ])('%s', async (sql, code) => {
    expect((await failureOf(ask(engine, sql))).code).toBe(code);
  });

  test('with the position in what the person wrote', async () => {
    const sql = `EXPLAIN /* 🦆 é */ ANALYZE SELECT nothing FROM t`;
    expect(await failureOf(ask(engine, sql))).toMatchObject({
      code: 'sql_invalid',
      position: sql.indexOf('nothing'),
    });
    const refused = `EXPLAIN (FORMAT json) SELECT 'é', getenv('x')`;
    expect(await failureOf(ask(engine, refused))).toMatchObject({ position: refused.indexOf('getenv') });
    const unparsable = `EXPLAIN SELECT FROM WHERE`;
    expect(await failureOf(ask(engine, unparsable))).toMatchObject({
      code: 'sql_syntax',
      position: unparsable.indexOf('WHERE'),
    });
  });
});

test('EXPLAIN ANALYZE stops where its caller does', async () => {
  const controller = new AbortController();
  const endless = ask(
    engine,
    'EXPLAIN ANALYZE SELECT count(*) FROM range(1e9::BIGINT) a, range(1e9::BIGINT) b WHERE a.range + b.range = 7',
    {
      signal: controller.signal,
    },
  );
  setTimeout(() => controller.abort(), 50);
  expect((await failureOf(endless)).code).toBe('cancelled');
});

test('EXPLAIN ANALYZE heeds the memory limit', async () => {
  const small = await open({ memoryLimit: '30MB' });
  const sql = 'EXPLAIN ANALYZE SELECT count(DISTINCT hash(range)) FROM range(10000000)';
  expect((await failureOf(ask(small, sql))).code).toBe('memory_exceeded');
  await small.close();
});

test('an error of a running EXPLAIN ANALYZE is told', async () => {
  const failure = await failureOf(ask(engine, "EXPLAIN ANALYZE SELECT error('broken') FROM t"));
  expect(failure).toMatchObject({ code: 'sql_failed', message: expect.stringContaining('roken') });
});
