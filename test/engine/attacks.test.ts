import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusedScalars, refusedViews, tableFunctions } from '../../src/engine/duckdb/gate/functions.ts';
import { valueFunctions } from '../../src/engine/duckdb/gate/value-functions.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder('open');
const readable = join(folder.path, 'open');
let engine: Engine;

beforeAll(async () => {
  writeFileSync(join(readable, 'a.csv'), 'x\n1\n');
  await runUnlocked(
    join(folder.path, 'd.duckdb'),
    'CREATE TABLE t AS SELECT 1 AS x',
    'CREATE SEQUENCE s',
    'CREATE MACRO twice(a) AS a * 2',
  );
  engine = await open({
    allowedDirectories: [folder.path],
    directories: [readable],
    database: join(folder.path, 'd.duckdb'),
  });
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

describe('what is no SELECT', () => {
  const statements = [
    `CREATE TABLE memory.main.x AS SELECT 1`,
    `CREATE TEMP TABLE x AS SELECT 1`,
    `INSERT INTO t VALUES (2)`,
    `UPDATE t SET x = 2`,
    `DELETE FROM t`,
    `DROP TABLE t`,
    `COPY (SELECT 1) TO '${readable}/copied.csv'`,
    `COPY t TO '${readable}/copied.csv'`,
    `EXPORT DATABASE '${readable}/exported'`,
    `IMPORT DATABASE '${readable}'`,
    `ATTACH '${readable}/attached.duckdb'`,
    `DETACH d`,
    `USE memory`,
    `SET threads = 1`,
    `SET TimeZone = 'Europe/Berlin'`,
    `RESET threads`,
    `PRAGMA database_list`,
    `PRAGMA enable_profiling = 'json'`,
    `CALL enable_logging()`,
    `CHECKPOINT`,
    `VACUUM`,
    `LOAD parquet`,
    `INSTALL httpfs`,
    `CREATE SECRET (TYPE http)`,
    `CREATE MACRO f(a) AS a`,
    `BEGIN`,
    `PREPARE p AS SELECT 1`,
    `EXPLAIN EXPLAIN SELECT 1`,
    `EXPLAIN DROP TABLE t`,
    `EXPLAIN (ANALYZE) CREATE TABLE memory.main.x AS SELECT 1`,
    `EXPLAIN /* SELECT */ ANALYZE -- SELECT\n COPY (SELECT 1) TO '${readable}/copied.csv'`,
    `EXPLAIN ANALYZE COPY (SELECT 1) TO '${readable}/copied.csv'`,
    `  /* SELECT */ -- SELECT\n DROP TABLE t`,
  ];
  test.each(statements)('is refused: %s', async (sql) => {
    expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_not_select' });
  });

  test('leaves no file behind, and nothing changed', async () => {
    for (const sql of statements) {
      await failureOf(ask(engine, sql));
    }
    expect(await ask(engine, `SELECT x, current_setting('TimeZone') FROM t`)).toMatchObject({ rows: [[1, 'UTC']] });
    expect(['copied.csv', 'exported', 'attached.duckdb'].filter((name) => existsSync(join(readable, name)))).toEqual(
      [],
    );
  });

  test.each([
    `SELECT 1; SELECT 2`,
    `SELECT 1; DROP TABLE t`,
    `DROP TABLE t; SELECT 1`,
    `SELECT 1;;; SELECT 2`,
    `SELECT 1; PIVOT t ON x`,
    `SELECT ';'; (SELECT 2)`,
  ])('or more than one: %s', async (sql) => {
    expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_multiple_statements' });
  });

  test.each(['', '  ', '-- nothing', ';', '/* a */'])('or nothing: "%s"', async (sql) => {
    expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_syntax' });
  });

  test.each([`PIVOT t ON x USING sum(x)`, `FROM (PIVOT t ON x USING sum(x))`])(
    'a PIVOT without IN says what to add: %s',
    async (sql) => {
      expect(await failureOf(ask(engine, sql))).toMatchObject({
        code: 'sql_refused',
        hint: expect.stringContaining('IN (…)'),
      });
    },
  );

  test('a PIVOT with IN runs', async () => {
    expect((await ask(engine, `PIVOT t ON x IN (1, 2) USING count(*)`)).rows).toHaveLength(1);
  });

  test('a zero character, after which DuckDB would not read, is refused', async () => {
    expect(await failureOf(ask(engine, `SELECT 1 --\0`))).toMatchObject({ code: 'sql_syntax', position: 11 });
  });
});

describe('functions that act, leak or hide statements', () => {
  const calls = [
    `SELECT * FROM enable_logging(storage = 'file', storage_path = '${readable}/log')`,
    `FROM enable_logging()`,
    `FROM duckdb_logs()`,
    `FROM duckdb_logs`,
    `FROM system.main.duckdb_logs`,
    `FROM "DuckDB_Logs"()`,
    `FROM truncate_duckdb_logs()`,
    `FROM enable_profiling()`,
    `FROM force_checkpoint('d')`,
    `FROM checkpoint('d')`,
    `FROM query('DROP TABLE t')`,
    `FROM query_table('${readable}/a.csv')`,
    `FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))`,
    `FROM histogram('/etc/passwd', x)`,
    `FROM histogram_values('/etc/passwd', x)`,
    `FROM duckdb_secrets()`,
    `FROM which_secret('s3://x', 's3')`,
    `FROM duckdb_settings()`,
    `FROM pg_catalog.pg_settings`,
    `FROM pg_settings`,
    `FROM duckdb_databases()`,
    `FROM duckdb_databases`,
    `FROM duckdb_functions()`,
    `FROM pragma_database_list`,
    `FROM duckdb_views()`,
    `FROM information_schema.views`,
    `FROM sqlite_master`,
    `FROM sql_auto_complete('FROM ''/')`,
    `FROM seq_scan('t')`,
    `FROM read_duckdb('${folder.path}/d.duckdb')`,
    `FROM pragma_table_info('/etc/passwd')`,
    `SELECT current_setting('allowed_directories')`,
    `SELECT current_setting('allowed_' || 'directories')`,
    `SELECT getenv('HOME')`,
    `SELECT sleep_ms(10000)`,
    `SELECT pg_sleep(10)`,
    `SELECT write_log('x')`,
    `SELECT nextval('s')`,
    `SELECT json_serialize_plan('SELECT 1')`,
    `SELECT system.main.write_log('x')`,
    `SHOW VARIABLES`,
  ];
  test.each(calls)('are refused: %s', async (sql) => {
    expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_refused' });
  });

  test('leave an engine that answers, and nothing logged', async () => {
    for (const sql of calls) {
      await failureOf(ask(engine, sql));
    }
    expect(await askColumn(engine, 'SELECT x FROM t')).toEqual([1]);
    expect(existsSync(join(readable, 'log'))).toBe(false);
  });

  const bad = `write_log('x')`;
  /** Every place of the grammar in which an expression can stand. */
  const places: readonly string[] = [
    `SELECT x + (SELECT ${bad} IS NULL)::INTEGER FROM t`,
    `SELECT 1 FROM t WHERE ${bad} IS NULL`,
    `SELECT count(*) FROM t GROUP BY ${bad}`,
    `SELECT count(*) FROM t GROUP BY GROUPING SETS ((x), (${bad}))`,
    `SELECT x FROM t GROUP BY x HAVING ${bad} IS NULL`,
    `SELECT x FROM t QUALIFY ${bad} IS NULL`,
    `SELECT x FROM t ORDER BY ${bad}`,
    `SELECT DISTINCT ON (${bad}) x FROM t`,
    `SELECT x FROM t LIMIT (SELECT length(${bad}::VARCHAR))`,
    `SELECT x FROM t LIMIT 1 OFFSET (SELECT length(${bad}::VARCHAR))`,
    `SELECT sum(x) FILTER (WHERE ${bad} IS NULL) FROM t`,
    `SELECT list(x ORDER BY ${bad}) FROM t`,
    `SELECT sum(x) OVER (PARTITION BY ${bad}) FROM t`,
    `SELECT sum(x) OVER w FROM t WINDOW w AS (ORDER BY ${bad})`,
    `SELECT sum(x) OVER (ORDER BY x ROWS BETWEEN length(${bad}::VARCHAR) PRECEDING AND CURRENT ROW) FROM t`,
    `SELECT CASE WHEN ${bad} IS NULL THEN 1 END`,
    `SELECT CAST(${bad} AS VARCHAR)`,
    `SELECT list_transform([1], lambda y: ${bad})`,
    `SELECT [${bad} FOR y IN [1]]`,
    `SELECT {'a': ${bad}}`,
    `SELECT [${bad}]`,
    `SELECT MAP {'a': ${bad}}`,
    `SELECT * REPLACE (${bad} AS x) FROM t`,
    `SELECT COLUMNS(lambda c: ${bad} IS NULL) FROM t`,
    `SELECT 1 BETWEEN 0 AND length(${bad}::VARCHAR)`,
    `SELECT 1 IN (length(${bad}::VARCHAR))`,
    `SELECT ([1, 2])[length(${bad}::VARCHAR)]`,
    `SELECT EXISTS (SELECT ${bad})`,
    `SELECT (x).${'concat'}(${bad}) FROM t`,
    `SELECT 'a' COLLATE NOCASE = ${bad}::VARCHAR`,
    `VALUES (${bad})`,
    `SELECT 1 UNION SELECT ${bad}`,
    `WITH c AS (SELECT ${bad}) FROM c`,
    `WITH c AS MATERIALIZED (SELECT ${bad}) SELECT 1`,
    `WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT length(${bad}::VARCHAR) FROM c) FROM c`,
    `FROM t JOIN t u ON ${bad} IS NULL`,
    `FROM t, LATERAL (SELECT ${bad})`,
    `FROM range(length(${bad}::VARCHAR))`,
    `FROM unnest([${bad}])`,
    `FROM (VALUES (${bad}))`,
    `PIVOT t ON x IN (1) USING first(${bad})`,
    `PIVOT (SELECT ${bad} AS y, 1 AS x) ON x IN (1) USING first(y)`,
    `UNPIVOT (SELECT ${bad} AS y) ON y`,
    `DESCRIBE SELECT ${bad}`,
    `SUMMARIZE SELECT ${bad}`,
    `FROM (DESCRIBE SELECT ${bad})`,
    `FROM t AT (VERSION => length(${bad}::VARCHAR))`,
    `FROM read_csv('${readable}/a.csv', delim = ${bad})`,
    `SELECT "write_log"('x')`,
    `SELECT WRITE_LOG('x')`,
    `SELECT ('x').write_log()`,
  ];
  test.each(places)('wherever they stand: %s', async (sql) => {
    expect(await failureOf(ask(engine, sql))).toMatchObject({
      code: 'sql_refused',
      message: expect.stringContaining('rite_log'),
    });
  });

  test('the error says where', async () => {
    const sql = `SELECT 'ä€🦆', sleep_ms(1)`;
    expect(await failureOf(ask(engine, sql))).toMatchObject({ position: sql.indexOf('sleep_ms') });
  });

  test('and so does one of DuckDB’s parser, which counts otherwise', async () => {
    const sql = `SELECT 'ä€🦆' FROM FROM`;
    expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_syntax', position: sql.lastIndexOf('FROM') });
  });

  test('harmless ones run', async () => {
    expect(await askColumn(engine, `SELECT current_setting('TimeZone')`)).toEqual(['UTC']);
    expect(await askColumn(engine, 'SELECT count(*) FROM range(3), unnest([1, 2])')).toEqual([6n]);
    expect(await askColumn(engine, `SELECT histogram(x)::VARCHAR FROM t`)).toEqual(['{1=1}']);
    expect((await ask(engine, 'SHOW TABLES')).rows).toEqual([['t']]);
    expect((await ask(engine, 'DESCRIBE t')).rows).toHaveLength(1);
    expect((await ask(engine, 'SUMMARIZE t')).rows).toHaveLength(1);
    expect(await askColumn(engine, `SELECT table_name FROM information_schema.tables`)).toEqual(['t']);
  });
});

describe('the list of functions', () => {
  const file = join(readable, 'functions.csv');
  const namesWhere = (condition: string) =>
    askColumn(
      engine,
      `SELECT DISTINCT lower(name) FROM read_csv('${file}', max_line_size = 10000000) WHERE ${condition} ORDER BY 1`,
    );
  beforeAll(() =>
    runUnlocked(
      ':memory:',
      `COPY (SELECT function_name AS name, function_type AS kind, coalesce(macro_definition, '') AS sql FROM duckdb_functions())
       TO '${file}'`,
    ),
  );

  test('knows every table function and table macro of this DuckDB', async () => {
    expect(await namesWhere(`kind IN ('table', 'table_macro')`)).toEqual(Object.keys(tableFunctions).sort());
  });

  test('knows every function of values, as allowed or refused, and none twice', async () => {
    // Nobody writes these; unlisted, they are refused.
    const internal = `starts_with(name, '__internal_') OR starts_with(name, 'icu_collate_')`;
    const names = await namesWhere(`kind IN ('scalar', 'aggregate', 'macro') AND NOT (${internal})`);
    expect(names.length).toBeGreaterThan(600);
    const isAllowed = (name: unknown) => valueFunctions.has(String(name));
    const isRefused = (name: unknown) => Object.hasOwn(refusedScalars, String(name));
    expect(names.filter((name) => isAllowed(name) === isRefused(name))).toEqual([]);
    expect(Object.keys(refusedScalars).filter((name) => !names.includes(name))).toEqual([]);
    // Of the parser's, and none of DuckDB's list.
    expect([...valueFunctions].filter((name) => !names.includes(name))).toEqual(['!', '~*', 'grouping', 'unnest']);
  });

  test('knows every scalar macro of DuckDB’s own that reads a function which may not run', async () => {
    const refused = Object.keys(tableFunctions).filter((name) => typeof tableFunctions[name] === 'object');
    const names = await namesWhere(`kind = 'macro' AND regexp_matches(sql, '\\b(${refused.join('|')})\\(')`);
    expect(names.filter((name) => !Object.hasOwn(refusedScalars, String(name)))).toEqual([]);
    expect(names).toContain('pg_get_viewdef');
  });

  test('an unlisted function is refused with the nearest that may run, and a macro of the attached file runs', async () => {
    expect(await failureOf(ask(engine, 'SELECT summ(x) FROM t'))).toMatchObject({
      code: 'sql_refused',
      message: 'The function summ is none, or none of those known to be harmless',
      hint: 'The nearest is sum',
      position: 7,
    });
    expect(await askColumn(engine, 'SELECT Twice(x) FROM t')).toEqual([2]);
  });

  test('knows every view of DuckDB’s own that reads a function which may not run', async () => {
    const file = join(readable, 'views.csv');
    await runUnlocked(
      ':memory:',
      `COPY (SELECT schema_name AS "schema", view_name AS name, sql FROM duckdb_views() WHERE internal) TO '${file}'`,
    );
    // These show names, numbers and comments.
    const harmless = ['pg_class', 'pg_database', 'pg_depend', 'pg_description', 'pg_sequence', 'pg_sequences'];
    const refused = Object.keys(tableFunctions).filter((name) => typeof tableFunctions[name] === 'object');
    const sql = `SELECT DISTINCT if("schema" = 'information_schema', 'information_schema.', '') || name
      FROM read_csv('${file}') WHERE regexp_matches(sql, '\\b(${refused.join('|')})\\(') ORDER BY 1`;
    const names = await askColumn(engine, sql);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !Object.hasOwn(refusedViews, String(name)))).toEqual(harmless);
  });
});
