import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuilderColumn, BuilderFilter, BuilderOrder, BuilderQuery } from '../../src/model/builder.ts';
import type { ColumnKind } from '../../src/model/resources.ts';
import { expandMacros } from '../../src/query/interpolate.ts';
import { formatName } from '../../src/sql/names.ts';
import { quoteName } from '../../src/sql/quote.ts';
import { builderSql } from '../../src/ui/builder/builder-sql.ts';
import { aggregatesOf, isBareKind, operatorsOf } from '../../src/ui/builder/choices.ts';
import { valuesOf } from '../../src/ui/builder/operators.ts';
import { parseBuilderSql } from '../../src/ui/builder/parse-builder-sql.ts';
import { orderNames, settleBuilder } from '../../src/ui/builder/settle.ts';
import { interpolateSql } from '../../src/ui/variables/interpolate-sql.ts';
import type { FormatValue } from '../../src/ui/variables/variable-values.ts';
import { chooseSeed, Random } from '../random.ts';
import { openTestDatabase, type TestDatabase } from './duckdb.ts';

let database: TestDatabase;

const columns: Readonly<Record<string, { readonly type: string; readonly kind: ColumnKind }>> = {
  time: { type: 'TIMESTAMP', kind: 'time' },
  'started at': { type: 'TIMESTAMPTZ', kind: 'time' },
  day: { type: 'DATE', kind: 'time' },
  usage: { type: 'DOUBLE', kind: 'number' },
  order: { type: 'INTEGER', kind: 'number' },
  'a.b': { type: 'DECIMAL(10, 2)', kind: 'number' },
  温度: { type: 'BIGINT', kind: 'number' },
  host: { type: 'VARCHAR', kind: 'text' },
  'say "hi"': { type: 'VARCHAR', kind: 'text' },
  up: { type: 'BOOLEAN', kind: 'boolean' },
  '🦆': { type: 'INTEGER[]', kind: 'other' },
  "it's": { type: 'STRUCT(a INTEGER)', kind: 'other' },
};
const names = Object.keys(columns);
const table = `"Größe", in m²`;

beforeAll(async () => {
  database = await openTestDatabase();
  const definitions = Object.entries(columns).map(([name, { type }]) => `${quoteName(name)} ${type}`);
  await database.rows(`CREATE SCHEMA "select"; CREATE TABLE "select".${quoteName(table)} (${definitions.join(', ')})`);
  await database.rows(`INSERT INTO "select".${quoteName(table)} VALUES
    ('2026-01-01 00:00:10', '2026-01-01 00:00:10+00', '2026-01-01', 0.5, 1, 1.25, 20, 'a', 'x', true, [1], {a: 1}),
    ('2026-01-01 00:00:50', '2026-01-01 00:00:50+00', '2026-01-01', 1.5, 2, 2.25, NULL, 'b', 'y', false, NULL, NULL)`);
  await database.rows(`CREATE TABLE cpu (time TIMESTAMP, host VARCHAR, usage DOUBLE, cores INTEGER, up BOOLEAN)`);
  await database.rows(`INSERT INTO cpu VALUES
    ('2026-01-01 00:00:10', 'a', 1, 4, true), ('2026-01-01 00:00:50', 'a', 3, 4, true),
    ('2026-01-01 00:01:10', 'a', 5, 4, false), ('2026-01-01 00:01:20', 'it''s', 7, 8, true),
    ('2026-01-02 00:00:00', 'a', 9, 4, true)`);
});

afterAll(() => {
  database.close();
});

/** The rows as text, in the statement's order, for the last hour of the data's first ten minutes. */
function answer(sql: string): Promise<(string | null)[][]> {
  const toMs = Date.parse('2026-01-01T00:10:00Z');
  const expanded = expandMacros(sql, { fromMs: toMs - 3_600_000, toMs, intervalMs: 60_000, maxDataPoints: 60 });
  return database.rows(`SELECT COLUMNS(*)::VARCHAR FROM (${expanded.sql})`);
}

const empty: BuilderQuery = { table: { name: 'cpu' }, columns: [], filters: [], groupBy: [], orderBy: [] };

test('buckets are buckets although the table has a column of their name', async () => {
  const sql = builderSql({
    ...empty,
    groupByTime: { column: 'time', interval: '$__interval' },
    groupBy: ['host'],
    columns: [
      { name: 'usage', aggregate: 'avg' },
      { name: '*', aggregate: 'count' },
    ],
    filters: [{ column: 'time', operator: 'in time range', values: [] }],
    orderBy: [
      { by: 'time', direction: 'desc' },
      { by: 'host', direction: 'asc' },
    ],
  });
  expect(await answer(sql)).toEqual([
    ['2026-01-01 00:01:00', 'a', '5.0', '1'],
    ['2026-01-01 00:01:00', "it's", '7.0', '1'],
    ['2026-01-01 00:00:00', 'a', '2.0', '2'],
  ]);
});

test.each<[string, Partial<BuilderQuery>, (string | null)[][]]>([
  [
    'aggregates of all rows',
    {
      columns: [
        { name: 'host', aggregate: 'count_distinct' },
        { name: 'usage', aggregate: 'sum' },
        { name: 'usage', aggregate: 'median' },
        { name: 'usage', aggregate: 'p95' },
        { name: 'cores', aggregate: 'max' },
      ],
    },
    [['2', '25.0', '5.0', '8.6', '8']],
  ],
  [
    'the order of an aggregate that is not shown',
    { groupBy: ['host'], orderBy: [{ by: 'usage', aggregate: 'min', direction: 'desc' }], limit: 1 },
    [["it's"]],
  ],
  [
    'numbers, booleans and text',
    {
      columns: [{ name: 'usage' }],
      filters: [
        { column: 'cores', operator: 'in', values: ['4', '8'], bare: true },
        { column: 'up', operator: '=', values: ['true'], bare: true },
        { column: 'host', operator: '=', values: ["it's"] },
      ],
    },
    [['7.0']],
  ],
  [
    'a pattern and its negation',
    {
      columns: [{ name: 'usage' }],
      filters: [
        { column: 'host', operator: 'not like', values: ["%'%"] },
        { column: 'usage', operator: '>=', values: ['5'], bare: true },
      ],
      orderBy: [{ by: 'usage', direction: 'asc' }],
    },
    [['5.0'], ['9.0']],
  ],
])('DuckDB answers a builder with %s', async (_, builder, expected) => {
  expect(await answer(builderSql({ ...empty, ...builder }))).toEqual(expected);
});

describe('a dashboard variable', () => {
  const put = (sql: string, value: unknown) =>
    interpolateSql(sql, (text, format: FormatValue) => text.replaceAll('$v', () => format(value, { multi: true })));

  test.each<[BuilderFilter, unknown, string]>([
    [{ column: 'host', operator: '=', values: ['$v'] }, "it's", '1'],
    [{ column: 'host', operator: 'in', values: ['$v'] }, ["it's", 'a'], '5'],
    [{ column: 'host', operator: 'in', values: ['$v'], bare: true }, ["it's", 'a'], '5'],
    [{ column: 'host', operator: 'like', values: ['%$v%'] }, "'", '1'],
    [{ column: 'cores', operator: '=', values: ['$v'], bare: true }, '8', '1'],
    [{ column: 'cores', operator: 'not in', values: ['$v'], bare: true }, ['8', '9'], '4'],
  ])('filters as its value does: %j with %j', async (filter, value, count) => {
    const sql = builderSql({ ...empty, columns: [{ name: '*', aggregate: 'count' }], filters: [filter] });
    expect(await answer(put(sql, value))).toEqual([[count]]);
  });
});

const seed = chooseSeed();

test(`DuckDB takes whatever the builder can make, and it is read back (FUZZ_SEED=${seed})`, async () => {
  const random = new Random(seed);
  for (let count = 0; count < 500; count++) {
    const builder = randomBuilder(random);
    const sql = builderSql(builder);
    await expect(answer(sql), sql).resolves.toBeDefined();
    const parsed = parseBuilderSql(sql);
    expect(parsed && builderSql(parsed), JSON.stringify(builder)).toBe(sql);
  }
});

test('the words that need quotes are those of DuckDB', async () => {
  const words = await database.rows(
    `SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category IN ('reserved', 'type_function')`,
  );
  expect(words.length).toBeGreaterThan(50);
  expect(words.flatMap(([word]) => (formatName(word ?? '') === word ? [word] : []))).toEqual([]);
});

test('a word of DuckDB without quotes is a name', async () => {
  const words = await database.rows('SELECT DISTINCT keyword_name FROM duckdb_keywords() ORDER BY ALL');
  for (const [word] of words) {
    const name = formatName(word ?? '');
    const sql = `SELECT ${name} AS ${name} FROM (SELECT 'x' AS ${name}) AS ${name} WHERE ${name} = 'x'`;
    await expect(database.rows(`${sql} ORDER BY ${name}`), sql).resolves.toEqual([['x']]);
  }
});

function randomBuilder(random: Random): BuilderQuery {
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: random.below(most + 1) }, make);
  const times = names.filter((name) => columns[name]?.kind === 'time');
  const builder: BuilderQuery = {
    table: { schema: 'select', name: table },
    columns: some(3, () => randomColumn(random)),
    filters: some(3, () => randomFilter(random)),
    ...(random.happens(0.4) && {
      groupByTime: { column: random.pick(times), interval: random.pick(['$__interval', '5m', '1d', '1M']) },
    }),
    groupBy: [...new Set(some(2, () => random.pick(names)))],
    orderBy: [],
    ...(random.happens(0.5) && { limit: random.below(100) }),
  };
  const orders = some(3, () => randomOrder(random, [...orderNames(builder, names), ...names]));
  return settleBuilder({ ...builder, orderBy: orders }, names);
}

function randomColumn(random: Random): BuilderColumn {
  const name = random.pick(names);
  const aggregate = random.pick([undefined, ...aggregatesOf[columns[name]?.kind ?? 'other']]);
  return {
    ...(aggregate === 'count' && random.happens(0.5) ? { name: '*' } : { name }),
    ...(aggregate && { aggregate }),
    ...(random.happens(0.4) && { alias: random.pick(['x', 'time', 'Avg (%)', 'a"b', 'desc', ...names]) }),
  };
}

const values: Readonly<Record<ColumnKind, readonly string[]>> = {
  time: ['2026-01-01', '2026-01-01 00:00:30'],
  number: ['1', '-2.5', '1e3', ''],
  text: ['a', "it's", '', '--', '温🦆', '5', 'true', '"', '\\'],
  boolean: ['true', 'false'],
  other: [],
};

function randomFilter(random: Random): BuilderFilter {
  const column = random.pick(names);
  const kind = columns[column]?.kind ?? 'other';
  const operator = random.pick(operatorsOf[kind]);
  const most = { none: 0, one: 1, list: 4 }[valuesOf(operator)];
  return {
    column,
    operator,
    values: Array.from({ length: random.below(most + 1) }, () => random.pick(values[kind])),
    ...(isBareKind(kind) && { bare: true }),
  };
}

function randomOrder(random: Random, orders: readonly string[]): BuilderOrder {
  const direction = random.pick(['asc', 'desc'] as const);
  const by = random.pick(names);
  const aggregate = random.pick(aggregatesOf[columns[by]?.kind ?? 'other']);
  return random.happens(0.5) ? { by: random.pick(orders), direction } : { by, aggregate, direction };
}
