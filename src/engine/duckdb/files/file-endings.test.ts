import { expect, test } from 'vitest';
import { formatOfFile, isDatabaseFile, looksLikeFile } from './file-endings.ts';

test.each([
  ['/a/b.csv', 'csv'],
  ['b.TSV', 'csv'],
  ['b.csv.gz', 'csv'],
  ['b.JSONL.ZST', 'json'],
  ['b.c.parquet', 'parquet'],
  ['b.duckdb', undefined],
  ['b.xlsx', undefined],
  ['b.gz', undefined],
  ['csv', undefined],
  ['b.constructor', undefined],
])('formatOfFile() of %s is %s', (path, format) => {
  expect(formatOfFile(path)).toBe(format);
});

test('isDatabaseFile() goes by the last ending', () => {
  expect(['a.db', 'a.DuckDB', '/x/a.ddb', 'a.db.csv', 'db', 'a.db/b'].map(isDatabaseFile)).toEqual([
    ...[true, true, true],
    ...[false, false, false],
  ]);
});

test.each(['a.csv', 'a.csv?x', 'dir/a', 'C:\\a', 'a.lance', 'a*', 'a[1]'])(
  'looksLikeFile() takes %s for one',
  (name) => {
    expect(looksLikeFile(name)).toBe(true);
  },
);

test.each(['sales', 'archive.sales', 'a.csvs', 'a_csv'])('looksLikeFile() takes %s for none', (name) => {
  expect(looksLikeFile(name)).toBe(false);
});
