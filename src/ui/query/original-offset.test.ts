import { expect, test } from 'vitest';
import { originalOffset } from './original-offset.ts';

const values: Readonly<Record<string, string>> = { host: "'web-1','web-2'", n: '5', none: '' };
const replaceVariables = (sql: string) => sql.replace(/\$\{?(\w+)\}?/g, (text, name) => values[name] ?? text);

/** The original text from the place on that the sent text has at `found`. */
function restFrom(sql: string, found: string): string | undefined {
  const offset = originalOffset(sql, replaceVariables(sql).indexOf(found), replaceVariables);
  return offset === undefined ? undefined : sql.slice(offset);
}

test.each([
  ['SELECT nme FROM t', 'nme', 'nme FROM t'],
  ['SELECT nme FROM t WHERE h IN ($host)', 'nme', 'nme FROM t WHERE h IN ($host)'],
  ['SELECT 1 FROM t WHERE h IN ($host) AND nme = 1', 'nme', 'nme = 1'],
  [`SELECT 1 FROM t WHERE h IN (\${host}) AND a = \${n} AND nme`, 'nme', 'nme'],
  ['SELECT 1 WHERE h IN ($host) AND $none x', 'x', 'x'],
  ['SELECT $__timeGroup(t, $n) FROM nme', 'nme', 'nme'],
])('a place behind variables is found again: %s', (sql, found, rest) => {
  expect(restFrom(sql, found)).toBe(rest);
});

test("a place within a variable's value is the variable's", () => {
  expect(restFrom('SELECT 1 WHERE h IN ($host) LIMIT 1', 'web-2')).toBe('$host) LIMIT 1');
});

test('the end of what was sent is the end of the original', () => {
  const sql = 'SELECT $host FROM';
  expect(originalOffset(sql, replaceVariables(sql).length, replaceVariables)).toBe(sql.length);
  expect(originalOffset(sql, replaceVariables(sql).length + 1, replaceVariables)).toBeUndefined();
});

test('where the text before a variable becomes another without what follows, there is no place', () => {
  const last = (sql: string) => (sql.endsWith('END') ? sql.replace('$n', '5') : sql.replace('$n', '77'));
  expect(originalOffset('SELECT $n nme END', 10, last)).toBeUndefined();
  const changedBefore = (sql: string) => sql.replace('$__conditionalAll(a, $n)', '1=1');
  expect(originalOffset('SELECT $__conditionalAll(a, $n) nme', 12, changedBefore)).toBeUndefined();
});
