import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AdHocFilter, AdHocOperator } from '../../src/model/query.ts';
import { type Answers, columnsOf, fieldsOf, openAnswers } from './answers.ts';

let answers: Answers;

beforeAll(() => {
  answers = openAnswers(`CREATE TABLE readings AS SELECT * FROM (VALUES
    (1, 'a', 1.5, TIMESTAMP '2026-01-01 00:10:00'), (2, 'b', 2.5, TIMESTAMP '2026-01-01 00:20:00'),
    (3, 'it''s', NULL, TIMESTAMP '2026-01-01 00:30:00'), (NULL, NULL, 4.5, TIMESTAMP '2026-01-01 00:40:00')) v(id, host, "va""lue", ts);
    CREATE TABLE sites AS SELECT 'a' AS host, 'north' AS region UNION ALL SELECT 'b', 'south'`);
});

afterAll(() => answers.close());

const all = 'SELECT id, host, "va""lue", ts FROM readings ORDER BY ts DESC';

function filter(key: string, operator: AdHocOperator, value: string, values?: readonly string[]): AdHocFilter {
  return { key, operator, value, ...(values && { values }) };
}

function askTable(rawSql: string, ...adHocFilters: readonly AdHocFilter[]) {
  return answers.ask({ rawSql, format: 'table', adHocFilters });
}

async function idsOf(rawSql: string, ...filters: readonly AdHocFilter[]): Promise<unknown[] | undefined> {
  const { error, frames } = await askTable(rawSql, ...filters);
  if (error) {
    throw new Error(error.message);
  }
  return columnsOf(frames[0]).id;
}

describe('around a SELECT', () => {
  test.each<[AdHocFilter, unknown[]]>([
    [filter('host', '=', 'a'), [1]],
    [filter('host', '=', "it's"), [3]],
    [filter('host', '=', "' OR true OR host = '"), []],
    [filter('host', '!=', 'a'), [null, 3, 2]],
    [filter('host', '=~', '^[ab]$'), [2, 1]],
    [filter('host', '!~', '^[ab]$'), [null, 3]],
    [filter('host', '=|', 'a', ['a', "it's"]), [3, 1]],
    [filter('host', '=|', 'b'), [2]],
    [filter('host', '!=|', 'a', ['a', "it's"]), [null, 2]],
    [filter('HOST', '=', 'a'), [1]],
    [filter('id', '<', '2'), [1]],
    [filter('id', '<=', '2'), [2, 1]],
    [filter('id', '>', '2'), [3]],
    [filter('id', '>=', '2'), [3, 2]],
    [filter('id', '=', '2.5'), []],
    [filter('id', '>', '2.5'), [3]],
    [filter('id', '=|', '1', ['1', '2.5']), [1]],
    [filter('id', '=~', '[23]'), [3, 2]],
    [filter('id', '=~', '.2'), []],
    [filter('id', '=|', '1', ['1', '3']), [3, 1]],
    [filter('va"lue', '>', '1.5'), [null, 2]],
    [filter('ts', '<', '2026-01-01T00:30:00Z'), [2, 1]],
  ])('%o keeps the rows it says, in the order that the person asked for', async (one, ids) => {
    expect(await idsOf(all, one)).toEqual(ids);
  });

  test('several filters hold together', async () => {
    expect(await idsOf(all, filter('id', '<', '3'), filter('host', '!=', 'a'))).toEqual([2]);
  });

  test('a statement with a comment or a semicolon at its end can be wrapped', async () => {
    expect(await idsOf(`${all}; -- done`, filter('id', '=', '1'))).toEqual([1]);
    expect(await idsOf(`${all} -- done`, filter('id', '=', '1'))).toEqual([1]);
    expect(await idsOf(`WITH r AS (${all}) FROM r`, filter('id', '=', '1'))).toEqual([1]);
  });

  test.each([
    'VALUES (1), (2)',
    'FROM (VALUES (1), (2))',
    'SELECT 1 AS col0 UNION ALL SELECT 2',
    'SELECT 1 AS col0 /* x */ -- y',
  ])('%s can be wrapped', async (rawSql) => {
    const { frames } = await askTable(rawSql, filter('col0', '<', '2'));
    expect(columnsOf(frames[0])).toEqual({ col0: [1] });
  });

  test('a filter acts on what a LIMIT has left', async () => {
    expect(await idsOf(`${all} LIMIT 1`, filter('id', '=', '1'))).toEqual([]);
  });

  test('names that differ in letter case, or not at all, are columns of their own, and keep their names', async () => {
    const twice = 'SELECT 1 AS "A b", 2 AS "a B", 3 AS "a B" UNION ALL SELECT 4, 5, 6';
    for (const [key, value] of [
      ['A b', '1'],
      ['a B', '2'],
      ['a B_1', '3'],
    ] as const) {
      const { frames } = await askTable(twice, filter(key, '=', value));
      expect(columnsOf(frames[0])).toEqual({ 'A b': [1], 'a B': [2], 'a B_1': [3] });
    }
  });

  test('a filter that fails is named where columns go by their places, too', async () => {
    const { error } = await askTable('SELECT 1 AS A, 2 AS a', filter('a', '=', 'x'));
    expect(error?.message).toContain('Cannot apply the filter a = x: Could not convert');
  });

  test('the statement that ran is told', async () => {
    const { frames } = await askTable('SELECT 1 AS a', filter('a', '=', '1'));
    expect(frames[0]?.meta?.executedQueryString).toBe(`SELECT * FROM (SELECT 1 AS a\n) AS q WHERE "a" = '1'`);
  });

  test('a filter whose key is no column is not applied, and a notice says so', async () => {
    const { frames } = await askTable(all, filter('nothing', '=', 'x'), filter('id', '=', '1'));
    expect(columnsOf(frames[0]).id).toEqual([1]);
    expect(frames[0]?.meta?.notices).toEqual([
      { severity: 'info', text: 'The filter on nothing is not applied: the result has no such column' },
    ]);
  });

  test('the plan of a statement is not filtered', async () => {
    const { status, frames } = await askTable(`EXPLAIN ${all}`, filter('id', '=', '1'));
    expect(status).toBe(200);
    expect(frames[0]?.meta?.notices).toEqual([expect.objectContaining({ severity: 'info' })]);
  });

  test.each([
    [filter('id', '=', 'abc'), 'Cannot apply the filter id = abc: Could not convert'],
    [filter('id', '!=|', '1', ['1', 'abc']), 'Cannot apply the filter id !=| 1, abc: Could not convert'],
    [filter('ts', '>', 'soon'), 'Cannot apply the filter ts > soon: '],
    [filter('host', '=~', '['), 'Cannot apply the filter host =~ [: '],
  ])('a value that does not suit the column is an error that names the filter %o', async (one, message) => {
    const { status, error, frames } = await askTable(all, filter('id', '>', '0'), one);
    expect(status).toBe(400);
    expect(error?.message).toContain(message);
    expect(frames[0]?.meta?.custom).toEqual({ code: 'filter_invalid' });
  });

  test("an error of the person's SQL keeps its place, found before the statement runs or while it does", async () => {
    for (const rawSql of [
      'SELECT $__interval_ms, nowhere AS id',
      "SELECT $__interval_ms AS id, 'x' || CAST('y' AS INTEGER)",
    ]) {
      const { frames } = await askTable(rawSql, filter('id', '=', '60000'));
      const place = frames[0]?.meta?.custom?.position;
      expect(rawSql.slice(place as number)).toMatch(/^(nowhere|CAST)/);
    }
  });

  test('what is refused without filters is refused with them', async () => {
    const { status, frames } = await askTable("SELECT getenv('HOME') AS id", filter('id', '=', '1'));
    expect(status).toBe(403);
    expect(frames[0]?.meta?.custom).toMatchObject({ code: 'sql_refused' });
  });

  test('the columns keep names and types, digits of big numbers too', async () => {
    const big = { rawSql: 'SELECT 9007199254740993 AS n, 1 AS a, 2 AS a', format: 'table' };
    const { frames } = await answers.ask({ ...big, adHocFilters: [filter('n', '>', '1')] }, {}, { bigintAsText: true });
    expect(fieldsOf(frames[0])).toEqual(['n:utf8', 'a:int32', 'a_1:int32']);
    expect(columnsOf(frames[0]).n).toEqual(['9007199254740993']);
  });

  test.each(['minmax', 'lttb', 'average'])('%s chooses among the rows that are left', async (downsample) => {
    const rawSql =
      "SELECT TIMESTAMP '2026-01-01' + to_milliseconds(i * 100) AS time, i::DOUBLE AS value FROM range(36000) r(i)";
    const { frames } = await answers.ask({ rawSql, downsample, adHocFilters: [filter('value', '<', '10000')] });
    const values = columnsOf(frames[0]).value as number[];
    expect(values.length).toBeGreaterThan(10);
    expect(Math.max(...values)).toBeLessThan(10_000);
    expect(frames[0]?.meta?.notices?.[0]?.text).toContain('from 10000 rows');
  });

  test('a filter that fails beside a downsampling is named too', async () => {
    const rawSql = "SELECT TIMESTAMP '2026-01-01' + to_seconds(i) AS time, i::DOUBLE AS value FROM range(9) r(i)";
    const { error } = await answers.ask({ rawSql, downsample: 'lttb', adHocFilters: [filter('value', '=', 'x')] });
    expect(error?.message).toContain('Cannot apply the filter value = x');
  });
});

describe('$__adHocFilters', () => {
  test('becomes the conditions on columns of its table, wherever they end up', async () => {
    const sql = `SELECT count(*) AS id FROM readings WHERE $__adHocFilters('readings')
      AND EXISTS (SELECT 1 FROM sites WHERE NOT $__adHocFilters('sites') AND sites.host = readings.host)`;
    const filters = [filter('id', '>', '0'), filter('region', '=', 'north')];
    expect(await idsOf(sql, ...filters)).toEqual([1n]);
    const { frames } = await askTable(sql, ...filters);
    const executed = frames[0]?.meta?.executedQueryString;
    expect(executed).toContain(`FROM readings WHERE ("id" > '0')`);
    expect(executed).toContain(`FROM sites WHERE NOT ("region" = 'north')`);
  });

  test.each(["'main.readings'", `'"readings"'`, 'readings', `'main."readings"'`])(
    'takes the table as %s',
    async (table) => {
      expect(await idsOf(`SELECT id FROM readings WHERE $__adHocFilters(${table})`, filter('id', '=', '2'))).toEqual([
        2,
      ]);
    },
  );

  const join = 'SELECT r.id FROM readings r JOIN sites ON sites.host = r.host WHERE';

  test.each(['r', "'r'", '"r"'])('takes the alias as %s, where a join has two columns of the name', async (alias) => {
    expect(await idsOf(`${join} $__adHocFilters('readings', ${alias})`, filter('host', '=', 'b'))).toEqual([2]);
  });

  test('says that a name is ambiguous where there is no alias', async () => {
    const { status, error } = await askTable(`${join} $__adHocFilters('readings')`, filter('host', '=', 'b'));
    expect(status).toBe(400);
    expect(error?.message).toMatch(/ambiguous/i);
  });

  test('takes one table by two names', async () => {
    const sql = `SELECT a.id FROM readings a, readings "b c" WHERE a.id < "b c".id
      AND $__adHocFilters('readings', a) AND NOT $__adHocFilters('readings', "b c") ORDER BY a.id`;
    expect(await idsOf(sql, filter('id', '<', '2'))).toEqual([1, 1]);
  });

  test('names the filter that fails beside an alias', async () => {
    const sql = "SELECT id FROM readings r WHERE $__adHocFilters('readings', r)";
    for (const one of [filter('id', '=', 'abc'), filter('host', '=~', '[')]) {
      const { error } = await askTable(sql, filter('id', '>', '0'), one);
      expect(error?.message).toContain(`Cannot apply the filter ${one.key} ${one.operator} ${one.value}: `);
    }
  });

  test('is true where no filter applies, and a notice tells which', async () => {
    const sql = "SELECT id FROM readings WHERE $__adHocFilters('readings') ORDER BY id";
    expect(await idsOf(sql)).toHaveLength(4);
    const { frames } = await askTable(sql, filter('region', '=', 'north'));
    expect(columnsOf(frames[0]).id).toHaveLength(4);
    expect(frames[0]?.meta?.notices).toEqual([
      { severity: 'info', text: 'The filter on region is not applied: the table readings has no such column' },
    ]);
  });

  test('names its place where the table is missing', async () => {
    const sql = "SELECT 1 AS id WHERE $__adHocFilters('nowhere')";
    const { status, error, frames } = await askTable(sql, filter('id', '=', '2'));
    expect(status).toBe(400);
    expect(error?.message).toMatch(/^Cannot expand \$__adHocFilters: .*nowhere/);
    expect(frames[0]?.meta?.custom).toEqual({ code: 'sql_invalid', position: sql.indexOf('$') });
  });

  test.each([filter('id', '=', 'abc'), filter('host', '=~', '[')])('names the filter that fails: %o', async (one) => {
    const sql = "SELECT id FROM readings WHERE $__adHocFilters('readings')";
    const { error, frames } = await askTable(sql, filter('id', '>', '0'), one);
    expect(error?.message).toContain(`Cannot apply the filter ${one.key} ${one.operator} ${one.value}: `);
    expect(frames[0]?.meta?.custom).toEqual({ code: 'filter_invalid' });
  });

  test("keeps the place of an error in the person's SQL behind it", async () => {
    const sql = "SELECT id FROM readings WHERE $__adHocFilters('readings') AND nowhere = 1";
    const { frames } = await askTable(sql, filter('id', '>', '0'));
    expect(frames[0]?.meta?.custom).toEqual({ code: 'sql_invalid', position: sql.indexOf('nowhere') });
  });
});

test('a filter of another shape is refused', async () => {
  const { status, error } = await answers.ask({
    rawSql: all,
    format: 'table',
    adHocFilters: [{ key: 'id', operator: '~~', value: '' }],
  });
  expect(status).toBe(400);
  expect(error?.message).toContain('adHocFilters.0.operator');
});
