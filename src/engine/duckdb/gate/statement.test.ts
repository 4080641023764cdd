import { expect, test } from 'vitest';
import { firstWord } from './statement.ts';

test.each([
  ['SELECT 1', 'SELECT'],
  ['  -- drop\n /* drop */ select 1', 'SELECT'],
  ['(SELECT 1)', ''],
  ['', ''],
])('firstWord() of %j is %j', (sql, word) => {
  expect(firstWord(sql)).toBe(word);
});
