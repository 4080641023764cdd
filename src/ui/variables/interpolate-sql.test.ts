import { expect, test } from 'vitest';
import { SqlLexer } from '../../sql/lexer.ts';
import { interpolateSql } from './interpolate-sql.ts';
import type { FormatValue } from './variable-values.ts';

/** Replaces `$v` by the value, as Grafana calls back for it. */
function put(sql: string, value: unknown, multi = false): string {
  return interpolateSql(sql, (text, format: FormatValue) =>
    text.replaceAll(/\$v\b|\$\{v\}/g, () => format(value, { multi })),
  );
}

test.each([
  ['one value stands as it is', 'FROM $v', 'hosts', false, 'FROM hosts'],
  ['one of a list is a string', 'IN ($v)', 'a', true, "IN ('a')"],
  ['several are strings', 'IN ($v)', ['a', "b'c"], true, "IN ('a','b''c')"],
  ['none is NULL', 'IN ($v)', [], true, 'IN (NULL)'],
  ['numbers are numbers', 'IN ($v)', [1, 2.5], true, 'IN (1,2.5)'],
  ['a string keeps its ends', "= '$v'", "x' OR '1'='1", false, "= 'x'' OR ''1''=''1'"],
  ['a string of several is a list', "IN ('$v')", ['a', "b'c"], true, "IN ('a','b''c')"],
  ['backslashes escape in E strings', "= E'$v'", "\\' OR 1=1 --", false, "= E'\\\\'' OR 1=1 --'"],
  ['a quoted name keeps its ends', 'SELECT "$v"', 'a"b', false, 'SELECT "a""b"'],
  ['several quoted names are a list', 'SELECT "$v"', ['a', 'b'], true, 'SELECT "a","b"'],
  ['a dollar string stays where it can', 'SELECT $t$ $v $t$', "it's", false, "SELECT $t$ it's $t$"],
  ['a dollar string becomes a plain one where it cannot', 'SELECT $t$$v$t$', "a$t$'", false, "SELECT 'a$t$'''"],
  ['comments stay', 'SELECT 1 -- $v\n/* $v */', '\n*/ DROP', false, 'SELECT 1 -- $v\n/* $v */'],
  ['what follows an open string is still string', "= '$v", "'", false, "= '''"],
  ['a dollar in a value is no pattern', '= $v', '$&$1', false, '= $&$1'],
])('interpolateSql(): %s', (_, sql, value, multi, expected) => {
  expect(put(sql, value, multi)).toBe(expected);
});

test('a quote within the braces of a variable begins no name', () => {
  const seen: string[] = [];
  interpolateSql(`SELECT \${v["a b"]} FROM t`, (text) => {
    seen.push(text);
    return text;
  });
  expect(seen).toEqual([`SELECT \${v["a b"]} FROM t`]);
});

/** Characters that end, escape or begin something in SQL, and some that look like it. */
const alphabet = [
  ...`'"\\$-/*;E(),\n\r\0 ab1_é🦆`,
  '$$',
  '$t$',
  "''",
  '--',
  '/*',
  '*/',
  `\${v}`,
  '[[v]]',
  "E'",
  '\u2019',
];

/** A linear congruential generator, so that a failure can be had again. */
function texts(count: number): string[] {
  let state = 20_260_731;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: next(12) }, () => alphabet[next(alphabet.length)]).join(''),
  );
}

const places: readonly { sql: string; start: string; multi: boolean; unescaped: (body: string) => string }[] = [
  { sql: '$v', start: "'", multi: true, unescaped: (body) => body.replaceAll("''", "'") },
  { sql: "'$v'", start: "'", multi: false, unescaped: (body) => body.replaceAll("''", "'") },
  { sql: "E'$v'", start: "'", multi: false, unescaped: (body) => body.replaceAll(/''|\\\\/g, (pair) => pair.slice(1)) },
  { sql: '"$v"', start: '"', multi: false, unescaped: (body) => body.replaceAll('""', '"') },
  { sql: '$t$$v$t$', start: '', multi: false, unescaped: (body) => body },
];

test.each(places)(
  'any value in $sql is one region of the lexer that holds just that value',
  ({ sql, start, multi, unescaped }) => {
    for (const value of texts(3_000)) {
      const result = put(`SELECT ${sql} , 1`, value, multi);
      const lexer = new SqlLexer(result);
      const at = start === '' ? 'SELECT '.length : result.indexOf(start);
      const region = lexer.regionAt(at);
      expect(result.slice(region?.end), JSON.stringify(value)).toBe(' , 1');
      const body = result.slice(region?.bodyStart, region?.bodyEnd);
      expect(start === '' && result[at] === "'" ? body.replaceAll("''", "'") : unescaped(body)).toBe(value);
    }
  },
);
