import { expect, test } from 'vitest';
import { SqlLexer } from './lexer.ts';

/** What the region at the first `start` in the SQL covers. */
function covered(sql: string, start: string): string | undefined {
  const at = sql.indexOf(start);
  const region = new SqlLexer(sql).regionAt(at);
  return region && `${region.kind} ${sql.slice(at, region.end)}`;
}

test.each([
  ["select 'a''b' || 'c'", "'", "string 'a''b'"],
  ["select E'a\\'b' , 1", "'", "string 'a\\'b'"],
  ["select e'a\\\\' , 'x'", "'", "string 'a\\\\'"],
  ["select 'a\\' , 1", "'", "string 'a\\'"],
  ["select type'a\\' , 1", "'", "string 'a\\'"],
  ['select "a""b" . c', '"', 'name "a""b"'],
  ["select $$ it's $$ , 1", '$', "string $$ it's $$"],
  ['select $tag$ $$ $other$ $tag$ , 1', '$', 'string $tag$ $$ $other$ $tag$'],
  ["select 1 -- it's\n, 2", '--', "comment -- it's"],
  ["select 1 -- it's\r, 2", '--', "comment -- it's"],
  ["select 1 -- it's\r\n, 2", '--', "comment -- it's"],
  ['select 1 -- a\u2028b\fc', '--', 'comment -- a\u2028b\fc'],
  ["select e'a'\n'\\'b' , 'c'", "'", "string 'a'\n'\\'b'"],
  ["select e'a' -- it's\r\t --\n\u3000'\\'b' , 'c'", "'", "string 'a' -- it's\r\t --\n\u3000'\\'b'"],
  ["select e'a' '\\', 1", "'", "string 'a'"],
  ["select e'a' /* b */\n'\\', 1", "'", "string 'a'"],
  ["select e'a'\n-- b", "'", "string 'a'"],
  ["select é'\\' , 'x'", "'", "string '\\'"],
  ["select ée'\\' , 'x'", "'", "string '\\'"],
  ["select\u00a0e'\\'' , 'x'", "'", "string '\\''"],
  ['select $é$ $$ $é$ , 1', '$', 'string $é$ $$ $é$'],
  ['select\u00a0$$ ; $$ , 1', '$', 'string $$ ; $$'],
  ['select"a"$$ ; $$ , 1', '$', 'string $$ ; $$'],
  ['select /* a /* b */ c */ 1', '/*', 'comment /* a /* b */ c */'],
])('regionAt() sees in %s what is no code', (sql, start, expected) => {
  expect(covered(sql, start)).toBe(expected);
});

test.each([
  ['select a-b', '-'],
  ['select a/b', '/'],
  ['select $1', '$'],
  ['select $__from$__to', '$'],
  ['select $a$ $b$ $a', '$'],
  ['select a$b$c$b$', '$'],
  ['select é$$ ; $$', '$'],
  ['select 🦆$$ ; $$', '$'],
])('regionAt() sees in %s no more than code', (sql, start) => {
  expect(covered(sql, start)).toBeUndefined();
});

test.each([
  ['select a$b1é, 1', 'a', 'a$b1é'],
  ['$__from, 1', '$', '$__from'],
  ['売上.a', '売', '売上'],
  ['🦆\u3000a', '🦆', '🦆'],
  ['a, 1', ',', ''],
  ['a', 'a', 'a'],
])('wordEnd() sees in %s the word that begins at %s', (sql, start, word) => {
  const at = sql.indexOf(start, sql.startsWith('select') ? 7 : 0);
  expect(sql.slice(at, new SqlLexer(sql).wordEnd(at))).toBe(word);
});

test.each(["'abc", '"abc', '-- abc', '/* abc', '/* a /* b */', "E'abc\\"])('an open end covers the rest: %s', (sql) => {
  const region = new SqlLexer(sql).regionAt(sql.startsWith('E') ? 1 : 0);
  expect(region).toMatchObject({ end: expect.any(Number) });
  expect(region?.end).toBeGreaterThanOrEqual(sql.length);
});
