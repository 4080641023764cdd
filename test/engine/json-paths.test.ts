import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { askColumn, failureOf, open } from './duckdb.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await open();
});
afterAll(() => engine.close());

describe('paths into JSON', () => {
  const many = `'$' || repeat('[*]', 50000)`;
  const deep = `(repeat('[', 50000) || repeat(']', 50000))`;
  const functions = [
    'json_array_length',
    'json_exists',
    'json_extract',
    'json_extract_path',
    'json_extract_path_text',
    'json_extract_string',
    'json_keys',
    'json_type',
    'JSON_Value',
  ];
  test.each([
    ...functions.map((name) => `SELECT ${name}(${deep}, ${many})`),
    `SELECT ${deep}::JSON -> (${many})`,
    `SELECT ${deep}::JSON ->> (${many})`,
    `SELECT ${deep}.json_extract(${many})`,
    `SELECT json_extract(${deep}, ['$.a', ${many}])`,
    `SELECT json_extract(${deep}, '$${'[*]'.repeat(1001)}')`,
    `SELECT ${many} AS p, json_extract(${deep}, p)`,
    `SELECT ${many} AS p, json_extract(${deep}, alias.p)`,
    `SELECT json_extract(${deep}, P) FROM range(1) WHERE (${many} AS p) IS NOT NULL`,
    `SELECT ${deep}::JSON AS j, j -> (${many})`,
    `SELECT json_extract(${deep}, ${many} || current_user)`,
    `SELECT list_transform(${deep}::JSON -> (${many}), lambda x: x)`,
    `SELECT abs((${deep}::JSON AS j) -> (${many}))`,
  ])('that make DuckDB descend too deep end no process: %.80s', async (sql) => {
    expect((await failureOf(askColumn(engine, sql))).code).toMatch(/sql_refused|sql_syntax/);
  });

  test.each([
    [`SELECT json_extract('{"a": [1, 2]}', '$.a[*]')::VARCHAR`, '[1, 2]'],
    [`SELECT '{"a": 5}'::JSON ->> 'a'`, '5'],
    [`SELECT ('[7]'::JSON -> 0)::VARCHAR`, '7'],
    [`SELECT j ->> k FROM (SELECT '{"a": 5}'::JSON, 'a') t(j, k)`, '5'],
    [`SELECT json_extract(j, '$.' || t.k)::VARCHAR FROM (SELECT '{"a": 5}'::JSON AS j, 'a' AS k) t`, '5'],
    [`SELECT list_transform([1], x -> 2 + 3)::VARCHAR`, '[5]'],
    [`SELECT list_transform([1], lambda x: repeat('a', 2))::VARCHAR`, '[aa]'],
    [`SELECT COLUMNS(lambda c: c LIKE 'a%') FROM (SELECT 'x' AS a)`, 'x'],
  ])('that people write work: %s', async (sql, expected) => {
    expect(await askColumn(engine, sql)).toEqual([expected]);
  });
});
