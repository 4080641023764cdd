import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DuckdbConfig } from '../../src/engine/duckdb/index.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder('open', 'admin', 'outside');
const inside = join(folder.path, 'open');
const admin = join(folder.path, 'admin');
const outside = join(folder.path, 'outside');
const config: Partial<DuckdbConfig> = { allowedDirectories: [inside, admin], directories: [inside] };

beforeAll(async () => {
  for (const directory of [inside, admin, outside]) {
    writeFileSync(join(directory, 'sales.csv'), 'city,amount\nBerlin,1\nRome,2\n');
  }
  symlinkSync(join(outside, 'sales.csv'), join(inside, 'link.csv'));
  for (const directory of [inside, outside]) {
    await runUnlocked(join(directory, 'other.duckdb'), 'CREATE TABLE t AS SELECT 7 AS x');
  }
  await runUnlocked(join(inside, 'main.duckdb'), 'CREATE TABLE facts AS SELECT 5 AS x', 'CREATE SCHEMA s');
});
afterAll(() => folder.remove());

async function withInit<T>(
  initSql: string,
  use: (engine: Engine) => Promise<T>,
  more: Partial<DuckdbConfig> = {},
): Promise<T> {
  const engine = await open({ ...config, initSql, ...more });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

const signal = new AbortController().signal;

describe('init SQL makes what queries find', () => {
  test.each([
    ['a view', `CREATE VIEW v AS SELECT 1 AS x`, 'SELECT x FROM v', [1]],
    [
      'a view with names for its columns',
      `create or replace view "My View" (x, "y z") as values (1, 2)`,
      'SELECT "y z" FROM "My View"',
      [2],
    ],
    [
      'a view of a file',
      `CREATE VIEW v AS FROM read_csv('${inside}/sales.csv')`,
      'SELECT sum(amount)::INTEGER FROM v',
      [3],
    ],
    [
      'a view of a file by its name',
      `CREATE VIEW v AS FROM '${inside}/sales.csv'`,
      'SELECT city FROM v',
      ['Berlin', 'Rome'],
    ],
    ['a table', `CREATE TABLE IF NOT EXISTS t AS SELECT range::INTEGER AS x FROM range(2)`, 'FROM t', [0, 1]],
    ['a macro', `CREATE MACRO twice(a, b := 2) AS a * b -- times`, 'SELECT twice(21)', [42]],
    ['a macro of a query', `CREATE FUNCTION top() AS (SELECT max(x) FROM (VALUES (3)) v(x))`, 'SELECT top()', [3]],
    ['a table macro', `CREATE MACRO upto(n) AS TABLE SELECT range::INTEGER AS x FROM range(n)`, 'FROM upto(2)', [0, 1]],
    ['an attached file', `ATTACH '${inside}/other.duckdb' AS o (READ_ONLY)`, 'SELECT x FROM o.t', [7]],
    [
      'an attached file under its own name',
      `attach database if not exists '${inside}/other.duckdb' (type duckdb)`,
      'SELECT x FROM other.main.t',
      [7],
    ],
    [
      'several, one made from another',
      `; CREATE VIEW a AS SELECT 1 AS x; /* ; */ CREATE VIEW b AS SELECT x + 1 AS x FROM a -- ;\n;;CREATE MACRO c() AS TABLE FROM b;`,
      'FROM c()',
      [2],
    ],
  ])('%s', async (_what, initSql, sql, expected) => {
    await withInit(initSql, async (engine) => {
      expect(await askColumn(engine, sql)).toEqual(expected);
      await engine.health(signal);
      expect(await askColumn(engine, sql)).toEqual(expected);
    });
  });

  test('beside the database file and the tables of the settings, which it can read', async () => {
    const initSql = `CREATE VIEW both_of_them AS SELECT f.x, s.city FROM facts f, sales s`;
    const tables = [{ name: 'sales', path: join(admin, 'sales.csv') }];
    const more = { database: join(inside, 'main.duckdb'), tables };
    await withInit(
      initSql,
      async (engine) => {
        expect((await ask(engine, 'FROM both_of_them ORDER BY city')).rows).toEqual([
          [5, 'Berlin'],
          [5, 'Rome'],
        ]);
        expect((await engine.health(signal)).tables).toEqual(['both_of_them', 'facts', 'sales']);
      },
      more,
    );
  });

  test('and health names its tables, those of attached files too', async () => {
    await withInit(`ATTACH '${inside}/other.duckdb'; CREATE TABLE t AS SELECT 1`, async (engine) => {
      expect((await engine.health(signal)).tables).toEqual(['other.t', 't']);
    });
  });

  test('and health names the schema of an attached file’s tables and views where it is not main', async () => {
    const path = join(inside, 'schemas.duckdb');
    await runUnlocked(
      path,
      'CREATE SCHEMA "s 2"',
      'CREATE TABLE "s 2".t AS SELECT 1 AS x',
      'CREATE VIEW "s 2".v AS SELECT 1 AS x',
      'CREATE VIEW v AS SELECT 1 AS x',
    );
    await withInit(`ATTACH '${path}' AS "o'o"`, async (engine) => {
      expect((await engine.health(signal)).tables).toEqual(["o'o.s 2.t", "o'o.s 2.v", "o'o.v"]);
    });
    rmSync(path);
  });

  test('nothing where it is empty', async () => {
    await withInit(' ; -- nothing', async (engine) => {
      expect((await engine.health(signal)).tables).toEqual([]);
    });
  });
});

describe('init SQL is refused where its author could read, write or keep what is not theirs', () => {
  const written = () => [inside, admin, outside].flatMap((directory) => readdirSync(directory)).sort();

  test.each([
    // Reads outside of the data source's directories, those of the admin that it was not given among them.
    `CREATE VIEW v AS FROM read_text('/etc/passwd')`,
    `CREATE TABLE t AS FROM read_text('/etc/passwd')`,
    `CREATE TABLE t AS FROM '/etc/passwd.csv'`,
    `CREATE TABLE t AS FROM read_csv('${outside}/sales.csv')`,
    `CREATE TABLE t AS FROM read_csv('${admin}/sales.csv')`,
    `CREATE TABLE t AS FROM read_csv('${inside}/../outside/sales.csv')`,
    `CREATE TABLE t AS FROM read_csv('${inside}/link.csv')`,
    `CREATE TABLE t AS FROM glob('/**')`,
    `CREATE TABLE t AS FROM read_csv('https://example.org/a.csv')`,
    `CREATE TABLE t AS SELECT getenv('HOME')`,
    `CREATE VIEW v AS FROM duckdb_settings()`,
    `CREATE VIEW v AS SELECT current_setting('allowed_directories')`,
    `CREATE MACRO m() AS getenv('HOME')`,
    `CREATE MACRO m(f) AS TABLE FROM read_text(f)`,
    `CREATE MACRO m() AS TABLE FROM read_text('/etc/passwd')`,
    `CREATE MACRO m(q) AS TABLE FROM query(q)`,
    `CREATE MACRO m(t) AS TABLE FROM query_table(t)`,
    `CREATE MACRO m(s) AS current_setting(s)`,
    `CREATE MACRO m(a := getenv('HOME')) AS a`,
    `CREATE MACRO m() AS 1), (getenv('HOME')`,
    `CREATE MACRO m() AS 1) FROM (SELECT 1`,
    `CREATE MACRO m() AS 1, (a) AS a`,
    `CREATE VIEW v AS FROM duckdb_logs()`,
    `CREATE VIEW v AS SELECT 1; CREATE VIEW w AS FROM v, read_text('/etc/passwd')`,
    `ATTACH '${outside}/other.duckdb' AS o (READ_ONLY)`,
    `ATTACH '${inside}/../outside/other.duckdb' AS o (READ_ONLY)`,
    `ATTACH '${inside}/*.duckdb' AS o (READ_ONLY)`,
    `ATTACH 'https://example.org/a.duckdb' AS o (READ_ONLY)`,
    `ATTACH '${inside}/sales.csv' AS o (READ_ONLY)`,
    `ATTACH ':memory:' AS o`,
    `ATTACH 'host=localhost' AS o (TYPE postgres)`,
    // Writes.
    `ATTACH '${inside}/other.duckdb' AS o (READ_WRITE)`,
    `ATTACH '${inside}/new.duckdb' AS o`,
    `COPY (SELECT 1) TO '${inside}/copied.csv'`,
    `COPY (SELECT 1) TO '/dev/stdout'`,
    `EXPORT DATABASE '${inside}/exported'`,
    `EXPLAIN ANALYZE COPY (SELECT 1) TO '${inside}/copied.csv'`,
    `CREATE TABLE o.t AS SELECT 1`,
    `ATTACH '${inside}/other.duckdb' AS o; CREATE TABLE o.u AS SELECT 1`,
    `CREATE TABLE main.t AS SELECT 1`,
    `CREATE TABLE t (x INTEGER DEFAULT getenv('HOME'))`,
    `CREATE TABLE t AS SELECT 1; INSERT INTO t VALUES (2)`,
    `CREATE VIEW v AS SELECT 1; COPY (SELECT 1) TO '${inside}/copied.csv'`,
    `CREATE VIEW v AS SELECT 1;; DROP VIEW v`,
    // Settings, secrets, extensions, logs.
    `SET lock_configuration = false`,
    `SET GLOBAL memory_limit = '100GB'`,
    `SET threads = 64`,
    `SET allowed_configs = ['threads']`,
    `RESET memory_limit`,
    `SET VARIABLE a = 1`,
    `PRAGMA enable_profiling = 'json'`,
    `PRAGMA enable_checkpoint_on_shutdown`,
    `CALL enable_logging(storage = 'file', storage_path = '${inside}/log')`,
    `CALL enable_logging(storage = 'stdout')`,
    `SELECT * FROM enable_logging()`,
    `CREATE VIEW v AS FROM enable_logging(storage = 'file', storage_path = '${inside}/log')`,
    `CREATE TABLE t AS FROM enable_logging()`,
    `CREATE MACRO m() AS TABLE FROM enable_logging()`,
    `CREATE MACRO m() AS write_log('x')`,
    `CREATE SECRET s (TYPE http, BEARER_TOKEN 'x')`,
    `CREATE PERSISTENT SECRET s (TYPE http)`,
    `INSTALL httpfs`,
    `LOAD '${inside}/x.duckdb_extension'`,
    `USE memory`,
    `DETACH memory`,
    `PREPARE p AS SELECT 1`,
    `BEGIN`,
    `CREATE TEMP TABLE t AS SELECT 1`,
    `CREATE TEMP VIEW v AS SELECT 1`,
    `CREATE SEQUENCE s`,
    `CREATE SCHEMA s`,
    `CREATE TYPE e AS ENUM ('a')`,
    `CREATE INDEX i ON t (x)`,
    `SELECT 1`,
    `VACUUM`,
    `nonsense`,
    `CREATE`,
    `CREATE VIEW`,
    `CREATE VIEW v AS`,
    `CREATE VIEW v (a AS SELECT 1`,
    `CREATE VIEW "v AS SELECT 1`,
    `CREATE VIEW v AS SELECT $1`,
    `CREATE VIEW v AS SHOW TABLES`,
    `CREATE MACRO m AS 1`,
    `ATTACH '${inside}/other.duckdb' AS o (READ_ONLY) extra`,
    `CREATE TABLE t AS SELECT 1 WITH NO DATA`,
    `CREATE TABLE t AS SELECT '${'['.repeat(200_000)}'::JSON::VARIANT`,
    // Names that stand for something else.
    `CREATE MACRO json_serialize_sql(x) AS '{"error":false,"statements":[{}]}'`,
    `CREATE MACRO "Sum"(x) AS 1`,
    `CREATE MACRO "+"(x, y) AS 1`,
    `CREATE MACRO read_csv(x) AS TABLE SELECT 1`,
    `CREATE VIEW "a.csv" AS SELECT 1`,
    `CREATE VIEW "" AS SELECT 1`,
    `CREATE VIEW v AS SELECT 1; CREATE OR REPLACE VIEW V AS SELECT 2`,
    `ATTACH '${inside}/other.duckdb' AS system`,
    `ATTACH '${inside}/other.duckdb' AS memory`,
    `ATTACH '${inside}/other.duckdb' AS main`,
  ])('%s', async (initSql) => {
    const before = written();
    const failure = await failureOf(open({ ...config, initSql }));
    expect(failure.code).toBe('settings_invalid');
    expect(failure.message).toMatch(/^Cannot run statement \d of the init SQL \(/);
    // Viewers read it.
    expect(`${failure.message} ${failure.hint}`).not.toContain(folder.path);
    expect(written()).toEqual(before);
  });

  test.each([
    ['a table of the settings', 'CREATE VIEW Sales AS SELECT 1'],
    ['a table of the database', 'CREATE TABLE FACTS AS SELECT 1'],
    // FROM m() would read the file without a look at it.
    [
      'a view of DuckDB’s own',
      `CREATE MACRO m() AS TABLE FROM pg_attrdef; CREATE VIEW Pg_AttrDef AS FROM read_csv('${inside}/sales.csv')`,
    ],
  ])('and where a name is taken by %s', async (by, initSql) => {
    const tables = [{ name: 'sales', path: join(inside, 'sales.csv') }];
    const failure = await failureOf(open({ ...config, initSql, tables, database: join(inside, 'main.duckdb') }));
    expect(failure.message).toContain(`is taken by ${by}`);
  });

  test('an error names the statement, and says what is wrong with it', async () => {
    const failure = await failureOf(
      open({ ...config, initSql: 'CREATE VIEW v AS SELECT 1; CREATE VIEW w AS FROM nowhere' }),
    );
    expect(failure.message).toMatch(
      /^Cannot run statement 2 of the init SQL \(CREATE …\): Table with name nowhere does not exist/,
    );
  });
});

describe('what init SQL has made stays behind the lock', () => {
  test('viewers are told no paths of files that cannot be attached, or read, through a link', async () => {
    const real = join(folder.path, 'real');
    const link = join(folder.path, 'link');
    mkdirSync(real);
    symlinkSync(real, link);
    const file = join(real, 'cut.duckdb');
    await runUnlocked(file, 'CREATE TABLE t AS SELECT hash(range) AS h FROM range(500000)');
    const linked = { directories: [link], allowedDirectories: [link] };
    await withInit(
      `ATTACH '${link}/cut.duckdb' AS cut`,
      async (engine) => {
        truncateSync(file, 500_000);
        const cut = await failureOf(ask(engine, 'SELECT bit_xor(h) FROM cut.t'));
        expect(cut).toMatchObject({
          code: 'database_busy',
          message: expect.stringContaining('cut.duckdb was written in place'),
        });
        expect(`${cut.message} ${cut.hint}`).not.toContain(real);
      },
      linked,
    );
    writeFileSync(join(real, 'none.duckdb'), 'none');
    const none = await failureOf(open({ ...config, ...linked, initSql: `ATTACH '${link}/none.duckdb' AS none` }));
    expect(none.message).toContain('none.duckdb');
    expect(`${none.message} ${none.hint}`).not.toContain(real);
  });

  test('queries through its views and macros are checked like queries of the files themselves', async () => {
    const file = join(inside, 'later.json');
    writeFileSync(file, '{"a": 1}');
    const initSql = `CREATE VIEW v AS FROM read_json('${file}');
      CREATE VIEW w AS FROM v;
      CREATE MACRO m() AS (SELECT count(*) FROM w);
      CREATE MACRO n() AS TABLE FROM read_json('${file}')`;
    await withInit(initSql, async (engine) => {
      expect(await askColumn(engine, 'SELECT a FROM w')).toEqual([1n]);
      writeFileSync(file, `{"a": ${'['.repeat(5000)}${']'.repeat(5000)}}`);
      for (const sql of ['FROM v', 'FROM w', 'SELECT m()', 'FROM n()', 'SELECT 1 WHERE EXISTS (FROM w)']) {
        const failure = await failureOf(ask(engine, sql));
        expect(failure).toMatchObject({ code: 'file_invalid' });
        expect(failure.message).not.toContain(folder.path);
      }
      rmSync(file);
      const missing = await failureOf(ask(engine, 'FROM v'));
      expect(missing).toMatchObject({
        code: 'file_missing',
        message: 'Cannot read later.json: later.json does not exist',
      });
      expect(missing.position).toBeUndefined();
      expect(await askColumn(engine, 'SELECT 1')).toEqual([1]);
    });
  });

  test('a table keeps its rows when the file that they are from has gone', async () => {
    const file = join(inside, 'gone.csv');
    writeFileSync(file, 'x\n1\n');
    const initSql = `CREATE TABLE t AS FROM read_csv('${file}'); CREATE VIEW v AS FROM t`;
    await withInit(initSql, async (engine) => {
      rmSync(file);
      expect(await askColumn(engine, 'SELECT x FROM t')).toEqual([1n]);
      expect(await askColumn(engine, 'SELECT x FROM v')).toEqual([1n]);
    });
  });

  test('views and macros that multiply each other are refused before they are bound, which nothing could stop', async () => {
    const twentyTimes = (name: string) => Array.from({ length: 20 }, () => `FROM ${name}`).join(' UNION ALL ');
    const views = `CREATE VIEW a AS SELECT 1 AS x; CREATE VIEW b AS ${twentyTimes('a')}; CREATE MACRO m() AS (SELECT max(x) FROM b)`;
    await withInit(views, async (engine) => {
      expect(await askColumn(engine, 'SELECT sum(x)::INTEGER + m() FROM b')).toEqual([21]);
      for (const sql of [
        `SELECT count(*) FROM (${`${twentyTimes('b')} UNION ALL `.repeat(3)} FROM b)`,
        `SELECT ${'m() + '.repeat(50)} 1`,
      ]) {
        expect(await failureOf(ask(engine, sql))).toMatchObject({
          code: 'sql_refused',
          message: expect.stringMatching(/^The name [abm] may not run here: .* more than 1000 times$/),
        });
      }
    });
    const multiplied = `${views}; CREATE VIEW c AS ${twentyTimes('b')}; CREATE VIEW d AS ${twentyTimes('c')}`;
    expect((await failureOf(open({ ...config, initSql: multiplied }))).message).toMatch(
      /^Cannot run statement 5 of the init SQL \(CREATE …\): The name c may not run here/,
    );
  });

  test('viewers are told no paths of its files', async () => {
    await withInit(`CREATE VIEW v AS FROM read_csv('${inside}/sales.csv')`, async (engine) => {
      expect(JSON.stringify((await ask(engine, 'EXPLAIN (ANALYZE, FORMAT json) FROM v')).rows)).not.toContain(inside);
      const failure = await failureOf(ask(engine, 'SELECT amount + city FROM v'));
      expect(failure.message).not.toContain(inside);
    });
  });

  test('a macro’s arguments pass the gate', async () => {
    await withInit('CREATE MACRO same(x) AS x; CREATE MACRO also(x) AS TABLE SELECT x', async (engine) => {
      for (const sql of [`SELECT same(getenv('HOME'))`, `FROM also((SELECT getenv('HOME')))`]) {
        expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_refused' });
      }
    });
  });

  test('an attached file is read-only', async () => {
    await withInit(`ATTACH '${inside}/other.duckdb' AS o`, async (engine) => {
      expect(await askColumn(engine, 'SELECT readonly FROM duckdb_tables() t, (SELECT true AS readonly)')).toEqual([
        true,
      ]);
      expect(existsSync(join(inside, 'other.duckdb.wal'))).toBe(false);
    });
  });
});

describe('init SQL has limits', () => {
  test('of time, and is stopped', async () => {
    const initSql =
      'CREATE TABLE t AS SELECT count(*) AS n FROM range(1e9::BIGINT) a, range(1e9::BIGINT) b WHERE a.range + b.range = 7';
    const failure = await failureOf(open({ ...config, initSql, initTimeoutMs: 100 }));
    expect(failure).toMatchObject({
      code: 'settings_invalid',
      message: 'Cannot run statement 1 of the init SQL (CREATE …): it took longer than 0.1 s',
    });
  });

  test('of memory', async () => {
    const initSql = 'CREATE TABLE t AS SELECT hash(range) AS h FROM range(20000000)';
    const failure = await failureOf(open({ ...config, initSql, memoryLimit: '30MB' }));
    expect(failure).toMatchObject({ code: 'settings_invalid', message: expect.stringContaining('allocate') });
  });

  test('of length', async () => {
    const initSql = `CREATE VIEW v AS SELECT '${'a'.repeat(1024 * 1024)}'`;
    expect((await failureOf(open({ ...config, initSql }))).code).toBe('settings_invalid');
  });
});
