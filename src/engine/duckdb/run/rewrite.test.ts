import { expect, test } from 'vitest';
import type { ColumnType } from '../types.ts';
import { needsRewrite, rewriteSelect } from './rewrite.ts';

const logical = {} as ColumnType['logical'];
const plain: ColumnType = { type: 'int32', reader: 'copy', logical };
const text: ColumnType = { type: 'utf8', reader: 'text', rewrite: 'text', logical };
const json: ColumnType = { type: 'json', reader: 'json', rewrite: 'json', logical };

test('needsRewrite() asks for it only where a column cannot be read', () => {
  expect(needsRewrite([plain, plain])).toBe(false);
  expect(needsRewrite([plain, text])).toBe(true);
});

test('rewriteSelect() casts by position, and ends a trailing comment', () => {
  expect(rewriteSelect({ sql: 'FROM t; -- all', hidden: ['/data'] }, [plain, text, json])).toEqual({
    hidden: ['/data'],
    sql: 'FROM t',
    prefix: 'SELECT #1, CAST(#2 AS VARCHAR), to_json(#3) FROM (',
    suffix: '\n) AS q',
  });
});
