import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answers, columnsOf, fieldsOf, openAnswers } from './answers.ts';

let answers: Answers;

beforeAll(() => {
  answers = openAnswers();
});

afterAll(() => answers.close());

test('every type of column finds its place in a log line', async () => {
  const rawSql = `SELECT TIMESTAMPTZ '2026-01-01 00:00:01+00' AS ts, 'warn'::ENUM('info', 'warn') AS level, 'broken' AS line, uuid_v AS id,
    MAP {'host': 'a', 'zone': NULL} AS labels, {'code': 7} AS detail, NULL AS nothing, 'x'::ENUM('x') AS kind
    FROM (SELECT '00000000-0000-0000-0000-000000000001'::UUID AS uuid_v)`;
  const { status, frames } = await answers.ask({ rawSql, format: 'logs' });
  expect(status).toBe(200);
  expect(fieldsOf(frames[0])).toEqual(['timestamp:timestamp', 'body:utf8', 'severity:utf8', 'id:utf8', 'labels:json']);
  expect(columnsOf(frames[0])).toEqual({
    timestamp: [BigInt(Date.UTC(2026, 0, 1, 0, 0, 1)) * 1_000_000n],
    body: ['broken'],
    severity: ['warn'],
    id: ['00000000-0000-0000-0000-000000000001'],
    labels: ['{"host":"a","detail":"{\\"code\\":7}","kind":"x"}'],
  });
});

test('an ad hoc filter acts on log lines by the names of the columns', async () => {
  const { frames } = await answers.ask({
    rawSql:
      "SELECT TIMESTAMP '2026-01-01' + to_seconds(i) AS time, 'line ' || i AS msg, 'h' || i % 2 AS host FROM range(4) r(i)",
    format: 'logs',
    adHocFilters: [{ key: 'host', operator: '=', value: 'h1' }],
  });
  expect(columnsOf(frames[0]).body).toEqual(['line 1', 'line 3']);
});

test('no lines are 200, with their fields', async () => {
  const rawSql = "SELECT TIMESTAMP '2026-01-01' AS time, 'x' AS body, 'y' AS host WHERE false";
  const { status, frames } = await answers.ask({ rawSql, format: 2 });
  expect(status).toBe(200);
  expect(fieldsOf(frames[0])).toEqual(['timestamp:timestamp', 'body:utf8', 'labels:json']);
});
