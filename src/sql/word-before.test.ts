import { expect, test } from 'vitest';
import { wordBefore } from './word-before.ts';

/** The word before the bar, which stands for the cursor. */
function wordOf(marked: string): string {
  const position = marked.indexOf('|');
  const sql = marked.replace('|', '');
  return sql.slice(wordBefore(sql, position), position);
}

test.each([
  ['SELECT na|', 'na'],
  ['SELECT na|me FROM t', 'na'],
  ['SELECT |', ''],
  ['|', ''],
  ['SELECT t.na|', 'na'],
  ['SELECT t.|', ''],
  ['SELECT 温度|', '温度'],
  ['WHERE $__time|', '$__time'],
  [`WHERE x = \${ho|}`, '${ho'],
  ['WHERE x = $|', '$'],
  ['SELECT a$b|', '$b'],
])('in code, the word of %s is %s', (marked, word) => {
  expect(wordOf(marked)).toBe(word);
});

test.each([
  ['SELECT "odd na|', '"odd na'],
  ['SELECT "odd na|me" FROM t', '"odd na'],
  ['SELECT t."|', '"'],
  ['SELECT "a" |', ''],
  ['SELECT "a""b|', '"a""b'],
])('a quoted name is one word with its quote: %s', (marked, word) => {
  expect(wordOf(marked)).toBe(word);
});

test.each([
  ["WHERE x = 'SELECT na|'", ''],
  ["WHERE x = '$ho|'", '$ho'],
  ["WHERE x = '${ho|'", '${ho'],
  ["WHERE x = 'a' AND na|", 'na'],
  ['-- na|', ''],
  ['-- na\nna|', 'na'],
  ['/* na| */', ''],
])('in strings and comments only what begins with a dollar is a word: %s', (marked, word) => {
  expect(wordOf(marked)).toBe(word);
});
