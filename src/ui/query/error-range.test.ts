import { expect, test } from 'vitest';
import { errorRange } from './error-range.ts';

function underlined(sql: string, offset: number): string {
  const { start, end } = errorRange(sql, offset);
  return sql.slice(start, end);
}

test.each([
  ['a word', 'SELECT nme FROM t', 7, 'nme'],
  ['a name in quotes', 'SELECT "odd nme" FROM t', 7, '"odd nme"'],
  ['a string', "SELECT 'a b'::INT", 7, "'a b'"],
  ['a macro', 'WHERE $__timeFiler(t)', 6, '$__timeFiler'],
  ['one character where it is no word', 'SELECT )(', 7, ')'],
  ['a word of other letters', 'SELECT 温度 FROM t', 7, '温度'],
  ['the last word at the end', 'SELECT a FROM\n', 14, 'FROM'],
  ['the last character at the end where it is no word', 'SELECT (', 8, '('],
  ['the last word behind the end', 'SELECT a FROM', 99, 'FROM'],
  ['nothing where there is nothing', '', 0, ''],
])('an error underlines %s', (_, sql, offset, text) => {
  expect(underlined(sql, offset)).toBe(text);
});
