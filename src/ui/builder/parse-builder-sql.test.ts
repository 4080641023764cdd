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

test.each([
  ['blanks', 'SELECT  *\n\nFROM\tt'],
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
  'SELECT a b FROM t',
  'SELECT true FROM t',
  'SELECT DISTINCT a FROM t',
  'SELECT *, a FROM t',
  'SELECT "count"(a) FROM t',
  'SELECT count(distinct *) FROM t',
  'SELECT quantile_cont(a, 0.5) FROM t',
  'SELECT sum(a), b FROM t',
  'SELECT sum(a), b FROM t GROUP BY 1',
  'SELECT a FROM t GROUP BY a',
  'SELECT a FROM t GROUP BY 1, 1',
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
  'SELECT * FROM t ORDER BY a ASC',
  'SELECT * FROM t ORDER BY a NULLS LAST',
  'SELECT * FROM t LIMIT 1e3',
  'SELECT * FROM t LIMIT $n',
  'SELECT * FROM t LIMIT 1 OFFSET 2',
  "SELECT $__timeGroup(ts, '5m', NULL) AS time FROM t GROUP BY 1",
  "SELECT $__timeGroup(ts, '5m') AS bucket FROM t GROUP BY 1",
  "SELECT $__timeGroup(ts, '5m') AS time FROM t",
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
