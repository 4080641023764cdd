import { expect, test } from 'vitest';
import { withoutOrder } from './outer-clauses.ts';

test.each([
  ['SELECT a FROM t ORDER BY a DESC LIMIT 5 OFFSET 2', 'SELECT a FROM t '],
  ['SELECT a FROM t order/**/by a', 'SELECT a FROM t '],
  ['SELECT a FROM t LIMIT 5; -- done', 'SELECT a FROM t '],
  ['SELECT a FROM t OFFSET 5', 'SELECT a FROM t '],
  ['SELECT a UNION SELECT b ORDER BY 1', 'SELECT a UNION SELECT b '],
  ['FROM t', 'FROM t'],
])('takes the outermost clauses of %s away', (sql, rest) => {
  expect(withoutOrder(sql)).toBe(rest);
});

test.each([
  'SELECT a FROM t LIMIT 5; SELECT 2',
  'SELECT a FROM t; ORDER BY',
  'SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 5)',
  "SELECT string_agg(a ORDER BY b), row_number() OVER (ORDER BY c) FROM t WHERE x = 'ORDER BY LIMIT 1'",
  'WITH q AS (SELECT 1 LIMIT 1) SELECT "LIMIT 5", [1, 2 /* LIMIT 1 */] -- LIMIT 2\nFROM q',
  'SELECT t.limit, t.order, x AS limit, y AS offset, z AS\n order FROM t',
  'SELECT limits, reorder, order_by, a$limit FROM t',
  "SELECT {'limit': (1)}, $$ LIMIT 1 $$, E'\\' LIMIT 1'",
])('leaves %s as it is', (sql) => {
  expect(withoutOrder(sql)).toBe(sql);
});
