import { expect, test } from 'vitest';
import { importQuery } from './import-query.ts';

const sql = 'SELECT $__timeGroup(t, 5m), v FROM t';

test.each([
  [
    'PostgreSQL and MySQL',
    { rawSql: sql, rawQuery: true, format: 'time_series', editorMode: 'builder', sql: {} },
    'time_series',
  ],
  ['an old SQL Server panel', { rawSql: sql, format: 'table' }, 'table'],
  ['ClickHouse', { rawSql: sql, format: 2, queryType: 'logs', editorType: 'sql' }, 2],
  ["Altinity's ClickHouse", { query: sql, rawQuery: 'SELECT 2', format: 'logs' }, 'logs'],
  ['SQLite', { queryText: sql, rawQueryText: sql, queryType: 'time series', timeColumns: ['t'] }, 'time_series'],
  ['DuckDB', { rawSql: sql, format: 1, meta: {} }, 1],
  ['Athena', { rawSQL: sql, format: 0 }, 0],
])('importQuery() takes SQL and format of %s', (_, foreign, format) => {
  const imported = importQuery({ refId: 'A', ...foreign });
  expect(imported?.format).toBe(format);
  expect(Object.keys(imported ?? {}).sort()).toEqual(['editorMode', 'format', 'rawSql', 'refId']);
  expect(imported?.editorMode).toBe('code');
});

test('importQuery() changes nothing in the SQL', () => {
  expect(importQuery({ refId: 'A', ...{ rawSql: ` ${sql};\n` } })?.rawSql).toBe(` ${sql};\n`);
});

test.each(['rawSql', 'rawSQL', 'queryText', 'rawQueryText', 'rawQuery', 'query'])('SQL stands in %s', (key) => {
  const text = '-- all\n(WITH a AS (SELECT 1) SELECT * FROM a)';
  expect(importQuery({ refId: 'A', ...{ [key]: text } })?.rawSql).toBe(text);
});

test('importQuery() keeps what Grafana itself knows of a query, and invents no format', () => {
  const datasource = { uid: 'mysql' };
  const foreign = { refId: 'B', hide: true, key: 'k', datasource, rawSql: sql, format: 'heatmap' };
  expect(importQuery(foreign)).toEqual({ refId: 'B', hide: true, key: 'k', rawSql: sql, editorMode: 'code' });
});

test.each([
  ['Prometheus', { expr: 'rate(x[5m])' }],
  ['Elasticsearch', { query: 'select:me AND level:error' }],
  ['words that SQL has, too', { query: 'with errors from host' }],
  ['Splunk', { queryText: 'index=main | stats count' }],
  ['Flux', { query: 'from(bucket: "x")' }],
  ['a query that is empty', { rawSql: ' ' }],
  ['a flag named as another keeps SQL', { rawQuery: true }],
])('importQuery() makes nothing of %s', (_, foreign) => {
  expect(importQuery({ refId: 'A', ...foreign })).toBeUndefined();
});
