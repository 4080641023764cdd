import { expect, test } from 'vitest';
import { formatSql } from './format-sql.ts';
import { isSameSql } from './same-sql.ts';

test('a query is laid out, with its macros and variables as they are', () => {
  const sql = `select $__timeGroup(ts, '5m') as time, avg(v) from t where $__timeFilter(ts) and host in (\${host:csv}) and x = '$y' and n > $n group by 1`;
  expect(formatSql(sql)).toBe(
    [
      'select',
      "  $__timeGroup(ts, '5m') as time,",
      '  avg(v)',
      'from',
      '  t',
      'where',
      '  $__timeFilter(ts)',
      `  and host in (\${host:csv})`,
      "  and x = '$y'",
      '  and n > $n',
      'group by',
      '  1',
    ].join('\n'),
  );
});

test.each([
  ['the formatter does not understand it', 'select $a$ x  y $a$, 1'],
  ['it is no SQL', 'select (((('],
  ['a string would change', "select '$__timeFilter (ts)'"],
])('a query stays as it is where %s', (_, sql) => {
  expect(formatSql(sql)).toBeUndefined();
});

test.each([
  ['blanks', 'select  a\n,b', 'select a, b'],
  ["a comment's lines", 'select 1 /* a\n b */', 'select 1\n  /* a\n     b */'],
  ['blanks around operators', 'a=-1', 'a = -1'],
])('texts that differ in %s are the same SQL', (_, a, b) => {
  expect(isSameSql(a, b)).toBe(true);
});

test.each([
  ['a letter', 'select a', 'select A'],
  ['blanks within a string', "select 'a  b'", "select 'a b'"],
  ['blanks within a name', 'select "a  b"', 'select "a b"'],
  ['an operator in two', 'a -> b', 'a - > b'],
  ['a number in two', 'select 10', 'select 1 0'],
  ['two words in one', 'select a b', 'select ab'],
  ['a comment that swallows what follows', 'select 1 -- c\n, 2', 'select 1 -- c , 2'],
  ['a variable in two', `\${a:csv}`, `\${a: csv}`],
])('texts that differ in %s are not the same SQL', (_, a, b) => {
  expect(isSameSql(a, b)).toBe(false);
});
