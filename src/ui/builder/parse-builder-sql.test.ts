import { expect, test } from 'vitest';
import { builderSql } from './builder-sql.ts';
import { parseBuilderSql } from './parse-builder-sql.ts';

const series = `SELECT $__timeGroup(ts, '$__interval') AS time, host, avg(usage) AS cpu
FROM metrics.cpu
WHERE $__timeFilter(ts)
  AND host IN ($host)
  AND dc NOT LIKE 'it''s%'
GROUP BY 1, 2
ORDER BY time, quantile_cont(usage, 0.95) DESC
LIMIT 10`;

test('parseBuilderSql() reads what builderSql() writes', () => {
  const builder = parseBuilderSql(series);
  expect(builder).toEqual({
    table: { schema: 'metrics', name: 'cpu' },
    groupByTime: { column: 'ts', interval: '$__interval' },
    groupBy: ['host'],
    columns: [{ name: 'usage', aggregate: 'avg', alias: 'cpu' }],
    filters: [
      { column: 'ts', operator: 'in time range', values: [] },
      { column: 'host', operator: 'in', values: ['$host'], bare: true },
      { column: 'dc', operator: 'not like', values: ["it's%"] },
    ],
    orderBy: [
      { by: 'time', direction: 'asc' },
      { by: 'usage', aggregate: 'p95', direction: 'desc' },
    ],
    limit: 10,
  });
  expect(builder && builderSql(builder)).toBe(series);
});

test('parseBuilderSql() reads every column of a table', () => {
  expect(parseBuilderSql('SELECT * FROM "a ""b"""')).toEqual({
    table: { name: 'a "b"' },
    columns: [],
    filters: [],
    groupBy: [],
    orderBy: [],
  });
});

test.each([
  ['archive.main.orders', { schema: 'archive', name: 'orders', sql: 'archive.main.orders' }],
  ['archive."the old".orders', { schema: 'archive.the old', name: 'orders', sql: 'archive."the old".orders' }],
])('parseBuilderSql() reads %s as the catalogue names it', (from, table) => {
  expect(parseBuilderSql(`SELECT * FROM ${from}`)?.table).toEqual(table);
});

const byStation = 'SELECT station, avg(x)\nFROM t\nGROUP BY 1';
const inTime = "SELECT $__timeGroup(ts, '5m') AS time, avg(x)\nFROM t\nGROUP BY 1";

test.each([
  ['SELECT station, avg(x) FROM t GROUP BY station', byStation],
  ['select station, avg(x) from t group by "Station"', byStation],
  ['SELECT station, avg(x) FROM t GROUP BY ALL', byStation],
  ['SELECT avg(x), a, b FROM t GROUP BY b, a', 'SELECT avg(x), a, b\nFROM t\nGROUP BY 2, 3'],
  ['SELECT a AS b, sum(x) FROM t GROUP BY b', 'SELECT a AS b, sum(x)\nFROM t\nGROUP BY 1'],
  ['SELECT a AS b, b AS a, sum(x) FROM t GROUP BY a, 2', 'SELECT a AS b, b AS a, sum(x)\nFROM t\nGROUP BY 1, 2'],
  ['SELECT a FROM t GROUP BY a', 'SELECT a\nFROM t\nGROUP BY 1'],
  ["SELECT $__timeGroup(ts, '5m') AS time, avg(x) FROM t GROUP BY time", inTime],
  ["SELECT $__timeGroup(ts, '5m') \"time\", avg(x) FROM t GROUP BY $__timeGroup(ts, '5m')", inTime],
  ['SELECT $__timeGroup(ts, 5m) AS time, avg(x) FROM t GROUP BY 1', inTime],
  ["SELECT $__timeGroupAlias(ts,'5m'), avg(x) FROM t GROUP BY 1", inTime],
  [
    'SELECT $__timeGroupAlias(ts, $__interval), host h, avg(x) FROM t GROUP BY ALL ORDER BY 1, 2 DESC',
    "SELECT $__timeGroup(ts, '$__interval') AS time, host AS h, avg(x)\nFROM t\nGROUP BY 1, 2\nORDER BY time, h DESC",
  ],
  [
    "SELECT $__timeGroup(ts, '5m') AS time, avg(x) FROM t GROUP BY 1 ORDER BY $__timeGroup(ts, '5m') ASC",
    `${inTime}\nORDER BY time`,
  ],
  ['SELECT a, avg(x) FROM t GROUP BY a ORDER BY 2 DESC', 'SELECT a, avg(x)\nFROM t\nGROUP BY 1\nORDER BY avg(x) DESC'],
  ['SELECT a b, Count( * ) rows FROM t GROUP BY 1', 'SELECT a AS b, count(*) AS rows\nFROM t\nGROUP BY 1'],
  ['SELECT * FROM t ORDER BY a ASC', 'SELECT *\nFROM t\nORDER BY a'],
  ["SELECT * FROM t WHERE a <> 'x'", "SELECT *\nFROM t\nWHERE a != 'x'"],
  ["SELECT * FROM t WHERE a = ';';", "SELECT *\nFROM t\nWHERE a = ';'"],
])('parseBuilderSql() reads %s', (sql, written) => {
  const builder = parseBuilderSql(sql);
  expect(builder && builderSql(builder)).toBe(written);
});

test.each([
  ['blanks', 'SELECT  *\n\nFROM\tt'],
  ['blanks beyond ASCII', 'SELECT\u00a0*\u3000FROM t\u2003'],
  ['letter case of keywords and functions', 'select Count(*) from t'],
  ['a closing semicolon', 'SELECT * FROM t;'],
  ['quotes that need not be', 'SELECT "a" FROM "t"'],
])('parseBuilderSql() does not mind %s', (_, sql) => {
  expect(parseBuilderSql(sql)).toBeDefined();
});

test.each([
  '',
  'SELECT',
  'SELECT 1',
  'SELECT * FROM t -- why',
  'SELECT /* all */ * FROM t',
  'SELECT * FROM t; SELECT 1',
  'SELECT * FROM t;;',
  'SELECT * FROM t x',
  'SELECT t.a FROM t',
  'SELECT a + 1 FROM t',
  'SELECT a FROM t true',
  'SELECT a AS FROM t',
  'SELECT true FROM t',
  'SELECT DISTINCT a FROM t',
  'SELECT *, a FROM t',
  'SELECT "count"(a) FROM t',
  'SELECT count(distinct *) FROM t',
  'SELECT quantile_cont(a, 0.5) FROM t',
  'SELECT sum(a), b FROM t',
  'SELECT sum(a), b FROM t GROUP BY 1',
  'SELECT sum(a) FROM t GROUP BY ALL',
  'SELECT * FROM t GROUP BY ALL',
  'SELECT * FROM t GROUP BY a',
  'SELECT a, b, sum(c) FROM t GROUP BY a',
  'SELECT a, sum(b) FROM t GROUP BY a, c',
  'SELECT a, sum(b) FROM t GROUP BY 3',
  'SELECT a, a AS b, sum(c) FROM t GROUP BY a',
  'SELECT a FROM t GROUP BY 1, 1',
  'SELECT a FROM t GROUP BY 1.0',
  'SELECT a FROM t ORDER BY 1.0',
  'SELECT a AS b, b FROM t ORDER BY 2',
  'SELECT a AS b, sum(b) FROM t GROUP BY 1 ORDER BY 2',
  'SELECT a FROM t ORDER BY 2',
  'SELECT * FROM t ORDER BY 1',
  'SELECT count("*") FROM t',
  'SELECT a AS b FROM t GROUP BY 1',
  'SELECT * FROM t JOIN u USING (a)',
  "SELECT * FROM 'file.csv'",
  'SELECT * FROM a.b.c.d',
  'SELECT * FROM t WHERE a',
  'SELECT * FROM t WHERE a = 1 OR b = 2',
  'SELECT * FROM t WHERE (a = 1)',
  'SELECT * FROM t WHERE NOT a = 1',
  'SELECT * FROM t WHERE a = b',
  'SELECT * FROM t WHERE a = null',
  "SELECT * FROM t WHERE a = E'\\n'",
  'SELECT * FROM t WHERE a = $$x$$',
  "SELECT * FROM t WHERE a = 'x",
  "SELECT * FROM t WHERE a = DATE '2026-01-01'",
  "SELECT * FROM t WHERE a IN ('1', 2)",
  'SELECT * FROM t WHERE a IN ()',
  'SELECT * FROM t WHERE a = 1 AND',
  'SELECT * FROM t HAVING count(*) > 1',
  'SELECT * FROM t ORDER BY a DESC ASC',
  'SELECT * FROM t ORDER BY a NULLS LAST',
  'SELECT * FROM t LIMIT 1e3',
  'SELECT * FROM t LIMIT $n',
  'SELECT * FROM t LIMIT 1 OFFSET 2',
  "SELECT $__timeGroup(ts, '5m', NULL) AS time FROM t GROUP BY 1",
  "SELECT $__timeGroup(ts, '5m') AS bucket FROM t GROUP BY 1",
  "SELECT $__timeGroup(ts, '5m') AS time FROM t",
  "SELECT $__TIMEGROUP(ts, '5m') AS time FROM t GROUP BY 1",
  "SELECT $__timeGroup(time, '5m') AS time FROM t GROUP BY time",
  "SELECT $__timeGroup(ts, '5m') AS time FROM t GROUP BY $__timeGroup(ts, '1h')",
  "SELECT $__timeGroupAlias(ts, '5m', NULL), avg(x) FROM t GROUP BY 1",
  'WITH t AS (SELECT 1) SELECT * FROM t',
  'INSERT INTO t SELECT * FROM u',
])('parseBuilderSql() asks the person about %s', (sql) => {
  expect(parseBuilderSql(sql)).toBeUndefined();
});

test('parseBuilderSql() reads long lists in time that grows with their length alone', () => {
  const values = Array.from({ length: 20_000 }, (_, index) => `'${index}'`);
  const builder = parseBuilderSql(`SELECT * FROM t WHERE a IN (${values.join(', ')})`);
  expect(builder?.filters[0]?.values).toHaveLength(20_000);
});
