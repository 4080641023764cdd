import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, loadBindings } from '../bindings.ts';
import { admit } from '../gate/gate.ts';
import { Parser } from '../gate/parser.ts';
import { type KnownNames, nameKey } from './known-names.ts';
import { Verdicts } from './verdicts.ts';

const bindings = loadBindings();
let database: Database;
let parser: Parser;
beforeAll(async () => {
  database = await bindings.open(':memory:', bindings.create_config());
  parser = await Parser.open(bindings, database);
});
afterAll(() => {
  parser.close();
  bindings.close_sync(database);
});

const known: KnownNames = {
  tables: new Set([nameKey('t'), nameKey('db', 'main', 't'), nameKey('db', 's', 'u')]),
  fileTables: new Set([nameKey('sales')]),
  others: new Set([nameKey('v')]),
  macros: new Set(['ours', 'abs', 'rows_of']),
};
const judge = (sql: string, serialized: string) =>
  new Verdicts().judge(sql, known, (visitor) => admit(sql, serialized, known.macros, new Map(), visitor)).reuse;
const reuseOf = async (sql: string) => judge(sql, await parser.serialize(sql));

describe('a statement that may be kept', () => {
  test.each([
    'SELECT 1',
    `SELECT time_bucket(INTERVAL '1 hour', ts) AS time, avg(value) FROM t WHERE ts >= '2026-01-01' GROUP BY 1 ORDER BY 1 LIMIT 10`,
    'SELECT * FROM db.main.t JOIN db.s.u USING (id)',
    'SELECT T.a, CASE WHEN a > 1 THEN b ELSE lower(c) END FROM T',
    'WITH x AS (SELECT a FROM t) SELECT a::BIGINT, sum(a) OVER (ORDER BY a) FROM x UNION ALL SELECT 1, 2',
    'SELECT a FROM t WHERE a IN (SELECT a FROM t WHERE b IS NOT NULL) AND c BETWEEN 1 AND 2',
    `SELECT TIMESTAMPTZ '2026-01-01 00:00', DATE '2026-01-01', x.current_date FROM t x`,
  ])('%s', async (sql) => {
    expect(await reuseOf(sql)).toBe('statement');
  });
});

describe('a statement that is prepared each time, on a connection that others may have', () => {
  test.each([
    // What time it is.
    'SELECT now()',
    'SELECT current_timestamp',
    'SELECT CURRENT_DATE',
    'SELECT localtime',
    `SELECT age(TIMESTAMP '2020-01-01')`,
    'SELECT current_localtimestamp()',
    // The offset of a time with a zone is that of the day.
    `SELECT '12:00'::TIMETZ`,
    // Files, and what DuckDB knows.
    'SELECT * FROM sales',
    `SELECT * FROM read_csv('/data/a.csv')`,
    'SELECT * FROM duckdb_tables()',
    'SELECT * FROM range(10)',
    'SELECT * FROM (VALUES (1), (2)) v1(i)',
    // Who the session is, and what is not known.
    'SELECT user',
    'SELECT session_user',
    `SELECT list_transform([1], lambda x: x + 1)`,
    `SELECT 'a'::mood`,
  ])('%s', async (sql) => {
    expect(await reuseOf(sql)).toBe('connection');
  });
});

describe('a statement whose connection is closed after it', () => {
  test.each([
    'SELECT setseed(0.5)',
    'SELECT SetSeed(0.5)',
    'SELECT "setseed"(0.5)',
    'SELECT main.setseed(0.5)',
    'SELECT other.main.lower(a) FROM t',
    'SELECT system.lower(a) FROM t',
    'SELECT a FROM t ORDER BY random()',
    'SELECT (SELECT uuid())',
    'WITH x AS (SELECT setseed(0.5)) SELECT 1',
    'SELECT a FROM t TABLESAMPLE 10%',
    // Another's SQL.
    'SELECT * FROM v',
    'SELECT * FROM rows_of(1)',
    'SELECT ours(a) FROM t',
    'SELECT abs(a) FROM t',
    // Not among the names that are known, or not by this path.
    'SELECT * FROM main.t',
    'SELECT * FROM memory.main.t',
    'SELECT * FROM "db.main.t"',
    'SELECT * FROM other',
    // In the subquery x is the CTE, and v is not.
    'WITH v AS (SELECT 1) SELECT * FROM v',
    `SELECT * FROM 'data.csv'`,
    'SHOW TABLES',
    'PIVOT t ON a IN (1, 2) USING sum(b)',
    'SELECT * FROM t AT (VERSION => 1)',
  ])('%s', async (sql) => {
    expect(await reuseOf(sql)).toBe('nothing');
  });
});
