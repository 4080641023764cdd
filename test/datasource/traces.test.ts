import { expect, test } from 'vitest';
import { columnsOf, openAnswers } from './answers.ts';

test('spans of MAPs, STRUCTs, lists and INTERVALs come as the trace view takes them', async () => {
  const answers = openAnswers();
  const rawSql = `SELECT '00000000-0000-0000-0000-000000000001'::UUID AS trace_id, 1 AS span_id, NULL::INTEGER AS parent_span_id, 'get' AS name,
    'shop'::ENUM('shop') AS service, TIMESTAMP_NS '2026-01-01 00:00:00.000000001' AS start, INTERVAL '1.5 seconds' AS duration,
    MAP {'host': 'a'} AS resource_attributes, {'n': 1, 'ok': true} AS attributes,
    [{'time': TIMESTAMP '2026-01-01 00:00:01', 'name': 'retry', 'attributes': MAP {'a': 1}}] AS events`;
  const { status, frames } = await answers.ask({ rawSql, format: 'traces' }).finally(() => answers.close());
  expect(status).toBe(200);
  expect(columnsOf(frames[0])).toEqual({
    traceID: ['00000000-0000-0000-0000-000000000001'],
    spanID: ['1'],
    parentSpanID: [null],
    operationName: ['get'],
    serviceName: ['shop'],
    serviceTags: ['[{"key":"host","value":"a"}]'],
    startTime: [Date.UTC(2026, 0, 1) + 1e-6],
    duration: [1500],
    tags: ['[{"key":"n","value":1},{"key":"ok","value":true}]'],
    logs: [`[{"timestamp":${Date.UTC(2026, 0, 1, 0, 0, 1)},"fields":[{"key":"a","value":1}],"name":"retry"}]`],
  });
});
