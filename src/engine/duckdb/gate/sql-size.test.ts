import { describe, expect, test } from 'vitest';
import { checkSize, maxDenseComments, maxSqlLength } from './sql-size.ts';

describe('checkSize()', () => {
  test('lets a statement of the greatest length through, and none longer', () => {
    const sql = 'SELECT 1'.padEnd(maxSqlLength);
    checkSize(sql);
    expect(() => checkSize(`${sql} `)).toThrow(expect.objectContaining({ code: 'sql_refused' }));
  });

  test.each([
    ['nested', (count: number) => `${'/*'.repeat((count + 1) / 2)}${'*/'.repeat((count + 1) / 2)}`],
    ['beside each other', (count: number) => '/**/'.repeat(count)],
    ['between operators', (count: number) => `-${'+/**/'.repeat(count)}`],
    ['open', (count: number) => '/*'.repeat(count)],
  ])('lets %s comments without blanks through up to the limit', (_, comments) => {
    checkSize(`SELECT 1 ${comments(maxDenseComments)}`);
    expect(() => checkSize(`SELECT 1 ${comments(maxDenseComments + 1)}`)).toThrow(
      expect.objectContaining({ code: 'sql_refused', position: 9 }),
    );
  });

  test('lets any number of comments with blanks between through, and a long line of stars', () => {
    checkSize(`SELECT 1 ${'/* */ '.repeat(10_000)}`);
    checkSize(`/${'*'.repeat(10_000)}/ SELECT 1`);
  });

  test('refuses a zero character', () => {
    expect(() => checkSize('SELECT 1 --\0')).toThrow(expect.objectContaining({ code: 'sql_syntax', position: 11 }));
  });
});
