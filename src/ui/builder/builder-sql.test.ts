import { expect, test } from 'vitest';
import type { BuilderQuery } from '../../model/builder.ts';
import { builderSql } from './builder-sql.ts';

const empty: BuilderQuery = { columns: [], filters: [], groupBy: [], orderBy: [] };
const hosts: BuilderQuery = { ...empty, table: { name: 'hosts' } };

test('builderSql() writes nothing without a table', () => {
  expect(builderSql({ ...empty, limit: 10 })).toBe('');
});

test('builderSql() writes a time series as a person would', () => {
  const sql = builderSql({
    table: { name: 'cpu' },
    groupByTime: { column: 'ts', interval: '$__interval' },
    groupBy: ['host'],
    columns: [
      { name: 'usage', aggregate: 'avg' },
      { name: '*', aggregate: 'count', alias: 'rows' },
    ],
    filters: [
      { column: 'ts', operator: 'in time range', values: [] },
      { column: 'usage', operator: '>', values: ['0.5'], bare: true },
    ],
    orderBy: [{ by: 'time', direction: 'asc' }],
    limit: 1000,
  });
  expect(sql).toBe(`SELECT
  $__timeGroup(ts, '$__interval') AS time,
  host,
  avg(usage),
  count(*) AS rows
FROM cpu
WHERE $__timeFilter(ts)
  AND usage > 0.5
GROUP BY 1, 2
ORDER BY time
LIMIT 1000`);
});

test.each<[string, Partial<BuilderQuery>, string]>([
  ['every column', {}, 'SELECT *\nFROM hosts'],
  ['a short list in one line', { columns: [{ name: 'a' }, { name: 'b', alias: 'c' }] }, 'SELECT a, b AS c\nFROM hosts'],
  ['a schema', { table: { schema: 'my shop', name: 'orders' } }, 'SELECT *\nFROM "my shop".orders'],
  [
    'a table of another attached file, as the catalogue writes it',
    { table: { schema: 'archive.old', name: 'orders', sql: 'archive."old".orders' } },
    'SELECT *\nFROM archive."old".orders',
  ],
  ['an aggregate of the whole table', { columns: [{ name: 'a', aggregate: 'count' }] }, 'SELECT count(a)\nFROM hosts'],
  ['groups alone, which are what differs', { groupBy: ['dc', 'rack'] }, 'SELECT dc, rack\nFROM hosts\nGROUP BY 1, 2'],
  [
    'a plain column beside an aggregate, a group too',
    { columns: [{ name: 'a', aggregate: 'sum' }, { name: 'b' }] },
    'SELECT sum(a), b\nFROM hosts\nGROUP BY 2',
  ],
  [
    'every aggregate',
    {
      columns: [
        { name: 'a', aggregate: 'count_distinct' },
        { name: 'a', aggregate: 'median' },
        { name: 'a', aggregate: 'p95' },
        { name: 'a', aggregate: 'stddev' },
      ],
    },
    'SELECT count(DISTINCT a), median(a), quantile_cont(a, 0.95), stddev(a)\nFROM hosts',
  ],
  [
    'orders by names, aggregates and both directions',
    {
      groupBy: ['dc'],
      orderBy: [
        { by: '*', aggregate: 'count', direction: 'desc' },
        { by: 'dc', direction: 'asc' },
      ],
    },
    'SELECT dc\nFROM hosts\nGROUP BY 1\nORDER BY count(*) DESC, dc',
  ],
])('builderSql() writes %s', (_, builder, expected) => {
  expect(builderSql({ ...hosts, ...builder })).toBe(expected);
});

test.each<[string, string]>([
  ['plain', 'plain'],
  ['Mixed_1', 'Mixed_1'],
  ['order', '"order"'],
  ['Select', '"Select"'],
  ['a b', '"a b"'],
  ['a.b', '"a.b"'],
  ['1st', '"1st"'],
  ['say "hi"', '"say ""hi"""'],
  ['温度', '"温度"'],
  ['🦆', '"🦆"'],
  ["it's", `"it's"`],
  ['*', '"*"'],
])('builderSql() writes the name %s as %s', (name, sql) => {
  const filters = [{ column: name, operator: 'is null', values: [] }] as const;
  expect(builderSql({ ...empty, table: { name }, columns: [{ name, alias: name }], filters })).toBe(
    `SELECT ${sql} AS ${sql}\nFROM ${sql}\nWHERE ${sql} IS NULL`,
  );
});

test.each<[string, BuilderQuery['filters'][number], string]>([
  ['text is quoted', { column: 'a', operator: '=', values: ["it's; --"] }, "a = 'it''s; --'"],
  ['digits in a column of text are text', { column: 'a', operator: '=', values: ['5'] }, "a = '5'"],
  ['a number is bare', { column: 'a', operator: '>=', values: ['-1.5e3'], bare: true }, 'a >= -1.5e3'],
  ['a boolean is bare', { column: 'a', operator: '!=', values: ['true'], bare: true }, 'a != true'],
  ['what is no number is text', { column: 'a', operator: '=', values: ['1; x'], bare: true }, "a = '1; x'"],
  ['a variable is quoted as text is', { column: 'a', operator: '=', values: [`\${host}`] }, `a = '\${host}'`],
  ['a variable is bare as a number is', { column: 'a', operator: 'in', values: ['$host'], bare: true }, 'a IN ($host)'],
  ['a list', { column: 'a', operator: 'not in', values: ['x', '$y'] }, "a NOT IN ('x', '$y')"],
  ['a pattern', { column: 'a', operator: 'not like', values: ['%x%'] }, "a NOT LIKE '%x%'"],
  ['no value', { column: 'a', operator: 'is not null', values: [] }, 'a IS NOT NULL'],
  ['a range', { column: 'a b', operator: 'in time range', values: [] }, '$__timeFilter("a b")'],
  ['empty text is a value', { column: 'a', operator: '=', values: [''] }, "a = ''"],
])('builderSql() writes a condition: %s', (_, filter, condition) => {
  expect(builderSql({ ...hosts, filters: [filter] })).toBe(`SELECT *\nFROM hosts\nWHERE ${condition}`);
});

test.each<BuilderQuery['filters'][number]>([
  { column: 'a', operator: '=', values: [] },
  { column: 'a', operator: 'in', values: [] },
  { column: 'a', operator: '>', values: [''], bare: true },
])('builderSql() leaves out $operator without a value', (filter) => {
  expect(builderSql({ ...hosts, filters: [filter] })).toBe('SELECT *\nFROM hosts');
});
