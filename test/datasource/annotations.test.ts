import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answers, columnsOf, fieldsOf, openAnswers, range } from './answers.ts';

let answers: Answers;

beforeAll(() => {
  answers = openAnswers();
});

afterAll(() => answers.close());

const fromNs = BigInt(range.fromMs) * 1_000_000n;

function ask(rawSql: string) {
  return answers.ask({ rawSql, format: 'table', queryType: 'annotation' });
}

test('columns have the names and types of an annotation, others stay', async () => {
  const { status, frames } =
    await ask(`SELECT ${range.fromMs} AS time, ${range.fromMs / 1000 + 1} AS time_end, 'v1'::ENUM('v1') AS Title,
    42 AS text, ['a', 'b'] AS tags, 9007199254740993 AS id, 'x' AS author`);
  expect(status).toBe(200);
  expect(fieldsOf(frames[0])).toEqual([
    'time:timestamp',
    'timeEnd:timestamp',
    'title:utf8',
    'text:utf8',
    'tags:utf8',
    'id:utf8',
    'author:utf8',
  ]);
  expect(columnsOf(frames[0])).toEqual({
    time: [fromNs],
    timeEnd: [fromNs + 1_000_000_000n],
    title: ['v1'],
    text: ['42'],
    tags: ['a,b'],
    id: ['9007199254740993'],
    author: ['x'],
  });
  expect(frames[0]?.meta).toMatchObject({ type: 'table' });
});

test.each([
  ["'a, b ,c'", 'a,b,c'],
  ["['a', NULL, 'b']", 'a,b'],
  ["MAP {'env': 'prod', 'n': '1'}", 'env:prod,n:1'],
  ['NULL', null],
  [`'["a"]'::JSON`, 'a'],
])('tags of %s are %s', async (sql, tags) => {
  const { frames } = await ask(`SELECT TIMESTAMP '2026-01-01' AS time, ${sql} AS tags`);
  expect(columnsOf(frames[0]).tags).toEqual([tags]);
});

test('without a time it is the first timestamp that is no end', async () => {
  const { frames } = await ask(
    "SELECT TIMESTAMP '2026-01-02' AS timeEnd, TIMESTAMP '2026-01-01' AS deployed, 'x' AS text",
  );
  expect(columnsOf(frames[0])).toMatchObject({ time: [fromNs], text: ['x'] });
});

test.each([
  ["SELECT 'x' AS text", 'no_time_column', 'Name one time'],
  ["SELECT 'soon' AS time, 'x' AS text", 'time_column_type', 'CAST(time AS TIMESTAMP)'],
])('%s is refused', async (sql, code, hint) => {
  const { status, error, frames } = await ask(sql);
  expect(status).toBe(400);
  expect(error?.message).toContain(hint);
  expect(frames[0]?.meta?.custom).toEqual({ code });
});

test('no annotations are 200, with their fields', async () => {
  const { status, frames } = await ask("SELECT TIMESTAMP '2026-01-01' AS time, 'x' AS text, ['a'] AS tags WHERE false");
  expect(status).toBe(200);
  expect(fieldsOf(frames[0])).toEqual(['time:timestamp', 'text:utf8', 'tags:utf8']);
});

test('a query type of somebody else asks for the rows', async () => {
  const { frames } = await answers.ask({ rawSql: 'SELECT 1 AS a', format: 'table', queryType: 'sql' });
  expect(columnsOf(frames[0])).toEqual({ a: [1] });
});
