import { describe, expect, test } from 'vitest';
import { cursorContext } from './cursor-context.ts';

/** The bar stands for the cursor. */
function at(marked: string) {
  return cursorContext(marked.replace('|', ''), marked.indexOf('|'));
}

test.each([
  ['|', 'value', ''],
  ['SELECT |', 'value', ''],
  ['SELECT * FROM |', 'table', ''],
  ['SELECT * FROM or|', 'table', 'or'],
  ['select * from a join |', 'table', ''],
  ['SELECT * FROM a, |', 'table', ''],
  ['SELECT * FROM a -- FROM\n, /* x */ |', 'table', ''],
  ['SELECT * FROM a JOIN b ON a.x = b.x, |', 'table', ''],
  ['SELECT * FROM (|', 'table', ''],
  ['SELECT a, | FROM t', 'value', ''],
  ['SELECT f(a, |) FROM t', 'value', ''],
  ['SELECT * FROM f(a, |', 'value', ''],
  ['SELECT * FROM t WHERE |', 'value', ''],
  ['SELECT extract(year FROM |', 'value', ''],
  ['SELECT * FROM (SELECT a, |', 'value', ''],
  ['SELECT a AS |', 'nothing', ''],
  ['SELECT 1|', 'nothing', '1'],
  ["SELECT 'FROM |'", 'nothing', ''],
  ["SELECT '$__int|'", 'macro', '$__int'],
  ['SELECT $__ti|', 'value', '$__ti'],
  ['SELECT 1 -- |', 'nothing', ''],
  ['SELECT 1 /* FROM | */', 'nothing', ''],
  ['SELECT * FROM "a b|', 'table', 'a b'],
  ['SELECT * FROM 売|', 'table', '売'],
])('%s is a place for a %s', (marked, kind, word) => {
  expect(at(marked)).toMatchObject({ kind, word });
});

test.each([
  ['SELECT a.| FROM t a', ['a']],
  ['SELECT a.b.c|', ['a', 'b']],
  ['SELECT "odd.name".x|', ['odd.name']],
  ['SELECT * FROM "s s".|', ['s s']],
  ['SELECT 売上 . 金|', ['売上']],
  ['SELECT a|', []],
])('%s has the qualifier %j', (marked, qualifier) => {
  expect(at(marked).qualifier).toEqual(qualifier);
});

describe('the tables that a cursor sees', () => {
  test.each([
    ['SELECT | FROM orders', [{ from: 'orders', name: 'orders' }]],
    ['SELECT | FROM orders o', [{ from: 'orders', name: 'o' }]],
    ['SELECT | FROM orders AS "o o" WHERE x', [{ from: 'orders', name: 'o o' }]],
    ['SELECT | FROM main."odd ""name""" LIMIT 1', [{ from: 'main."odd ""name"""', name: 'odd "name"' }]],
    ['SELECT | FROM a, b JOIN c ON true', ['a', 'b', 'c'].map((from) => ({ from, name: from }))],
    ['SELECT | FROM a LEFT JOIN b USING (x) WHERE f(y, z) IN (1, 2)', ['a', 'b'].map((from) => ({ from, name: from }))],
    ["SELECT | FROM 'data.parquet' WHERE", [{ from: "'data.parquet'" }]],
    ["SELECT | FROM read_csv('a.csv', header = true) r", [{ from: "read_csv('a.csv', header = true)", name: 'r' }]],
    ['SELECT | FROM (SELECT a FROM b) AS s', [{ from: '(SELECT a FROM b)', name: 's' }]],
    [
      'SELECT a FROM b WHERE x IN (SELECT | FROM c)',
      [
        { from: 'c', name: 'c' },
        { from: 'b', name: 'b' },
      ],
    ],
    ['SELECT (SELECT max(x) FROM c) | FROM b', [{ from: 'b', name: 'b' }]],
    ['SELECT extract(year FROM x), | FROM t', [{ from: 't', name: 't' }]],
    ['SELECT | FROM 売上', [{ from: '売上', name: '売上' }]],
    ['SELECT | FROM t WHERE $__timeFilter(time)', [{ from: 't', name: 't' }]],
    ['SELECT "od| FROM t', [{ from: 't', name: 't' }]],
    ['SELECT "od|d" FROM t', [{ from: 't', name: 't' }]],
    ["SELECT ta| FROM t WHERE a = 'it", [{ from: 't', name: 't' }]],
    ['SELECT | FROM a; SELECT * FROM b', [{ from: 'a', name: 'a' }]],
    ["SELECT ';' FROM a; SELECT | FROM b -- ;", [{ from: 'b', name: 'b' }]],
    ['WITH a AS (SELECT 1) FROM a; SELECT | FROM a', [{ from: 'a', name: 'a' }]],
    ['SELECT * FROM a; |', []],
    ['SELECT 1 FROM |', []],
    ['SELECT | FROM', []],
    ['SELECT | FROM WHERE', []],
  ])('%s', (marked, references) => {
    expect(at(marked).visible).toEqual(references);
  });

  test('a common table expression stands for what it is made of', () => {
    const context = at('WITH a AS (SELECT 1 AS x), b(y) AS MATERIALIZED (SELECT * FROM a) SELECT | FROM b JOIN t');
    expect(context.ctes).toEqual(['a', 'b']);
    expect(context.visible).toEqual([
      {
        from: 'b',
        name: 'b',
        ctes: 'WITH a AS (SELECT 1 AS x), b(y) AS MATERIALIZED (SELECT * FROM a)',
      },
      { from: 't', name: 't' },
    ]);
  });

  test.each([
    ['WITH a AS (SELECT 1 AS x), b AS (SELECT | FROM a) SELECT * FROM b JOIN t', ['WITH a AS (SELECT 1 AS x)']],
    ['WITH a AS (WITH i AS (SELECT 1 AS x) SELECT | FROM i) SELECT 1', ['WITH i AS (SELECT 1 AS x)']],
    ['WITH a AS (WITH i AS (SELECT 1) FROM i) SELECT | FROM a', ['WITH a AS (WITH i AS (SELECT 1) FROM i)']],
    ['WITH RECURSIVE a AS (SELECT 1) SELECT | FROM a', ['WITH RECURSIVE a AS (SELECT 1)']],
  ])('%s sees common table expressions as far as they are defined, and nothing else', (marked, ctes) => {
    expect(at(marked).visible.map((reference) => reference.ctes)).toEqual(ctes);
  });

  test.each([
    'SELECT * FROM (SELECT | FROM a) AS s',
    'SELECT * FROM (SELECT | FROM a',
    'SELECT * FROM (FROM a WHERE |)',
  ])('%s does not see what is being written', (marked) => {
    expect(at(marked).visible).toEqual([{ from: 'a', name: 'a' }]);
  });
});
