import { expect, test } from 'vitest';
import { firstWord, hasSecondStatement } from './statement.ts';

test.each([
  ['SELECT 1', 'SELECT'],
  ['  -- drop\n /* drop */ select 1', 'SELECT'],
  ['(SELECT 1)', ''],
  ['', ''],
])('firstWord() of %j is %j', (sql, word) => {
  expect(firstWord(sql)).toBe(word);
});

test.each([
  ['SELECT 1; SELECT 2', true],
  ['SELECT 1; (SELECT 2)', true],
  ['SELECT 1;; -- x', false],
  ['SELECT 1; /* x */ ;\r-- y', false],
  [`SELECT 1; 'x'`, true],
  [`SELECT 1 AS é$$; SELECT '$$'`, true],
  [`SELECT ';' -- ; x`, false],
])('hasSecondStatement() of %j is %j', (sql, expected) => {
  expect(hasSecondStatement(sql)).toBe(expected);
});
