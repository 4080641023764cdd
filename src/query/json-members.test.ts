import { expect, test } from 'vitest';
import type { VariableColumn } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';
import { hasKey, isNullMember, isStringMember, lastOfEach, type Member, membersAt } from './json-members.ts';

/** The row stands between others, whose bytes are none of its. */
function membersOf(text: string): readonly Member[] | undefined {
  return membersAt(columnFrom('json', ['{"before":1}', text, '{"behind":1}']) as VariableColumn, 1);
}

/** Keys and values as they are written. */
function written(members: readonly Member[] | undefined): string[][] | undefined {
  return members?.map(({ key, keyStart, keyEnd, bytes, valueStart, valueEnd }) => [
    Buffer.from(key.subarray(keyStart, keyEnd)).toString(),
    Buffer.from(bytes.subarray(valueStart, valueEnd)).toString(),
  ]);
}

test.each([
  ['{}', []],
  [' { } ', []],
  ['{"a":1}', [['"a"', '1']]],
  [
    '{"a":-1.5e3,"b":true,"c":null}',
    [
      ['"a"', '-1.5e3'],
      ['"b"', 'true'],
      ['"c"', 'null'],
    ],
  ],
  [
    ' {\n"a" :\t1 , "b": "x" } ',
    [
      ['"a"', '1'],
      ['"b"', '"x"'],
    ],
  ],
  [
    '{"":"","日本":"🦆"}',
    [
      ['""', '""'],
      ['"日本"', '"🦆"'],
    ],
  ],
  [
    String.raw`{"a\"b":"c\\","d":"},{\"e\":1"}`,
    [
      [String.raw`"a\"b"`, String.raw`"c\\"`],
      ['"d"', String.raw`"},{\"e\":1"`],
    ],
  ],
  [
    '{"a":{"b":[1,{"c":"]}"}]},"d":[],"e":[[1],[2]]}',
    [
      ['"a"', '{"b":[1,{"c":"]}"}]}'],
      ['"d"', '[]'],
      ['"e"', '[[1],[2]]'],
    ],
  ],
])('membersAt() finds keys and values in %s', (text, members) => {
  expect(written(membersOf(text))).toEqual(members);
});

test.each(['[1]', '"{}"', '1', 'null', ' [{"a":1}]', ''])('membersAt() knows that %j is no object', (text) => {
  expect(membersOf(text)).toBeUndefined();
});

test('a member tells what its value is', () => {
  const members = membersOf('{"a":null,"b":"null","c":0}') ?? [];
  expect(members.map(isNullMember)).toEqual([true, false, false]);
  expect(members.map(isStringMember)).toEqual([false, true, false]);
  expect(members.map((member) => hasKey(member, Buffer.from('"b"')))).toEqual([false, true, false]);
});

test.each([3, 100])('lastOfEach() takes the last of equal keys, among %i too', (count) => {
  const many = Array.from({ length: count }, (_, i) => `"k${i}":${i}`);
  const members = membersOf(`{"a":1,"b":2,${many.join(',')},"a":3,"ab":4}`) ?? [];
  const last = written(lastOfEach(members)) ?? [];
  expect(last.filter(([key]) => /^"[ab]+"$/.test(key ?? '')).toSorted()).toEqual([
    ['"a"', '3'],
    ['"ab"', '4'],
    ['"b"', '2'],
  ]);
  expect(last).toHaveLength(count + 3);
});
