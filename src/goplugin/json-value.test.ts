import { expect, test } from 'vitest';
import { toJson } from './json-value.ts';

function roundTrip(value: unknown): unknown {
  return JSON.parse(JSON.stringify({ value: toJson(value) })).value;
}

test.each<[string, unknown, unknown]>([
  ['text', 'a', 'a'],
  ['a number', 1.5, 1.5],
  ['a boolean', false, false],
  ['null', null, null],
  ['undefined', undefined, null],
  ['NaN', Number.NaN, 'NaN'],
  ['infinity', Number.NEGATIVE_INFINITY, '-Infinity'],
  ['a bigint', 2n ** 64n, '18446744073709551616'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['a function', function named() {}, '[function named]'],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a date that is none', new Date(Number.NaN), 'Invalid Date'],
  ['bytes', new Uint8Array(3), '[3 bytes]'],
  ['a list', [1, [2n]], [1, ['2']]],
  ['a set', new Set(['a']), ['a']],
  ['a map', new Map<unknown, unknown>([[1, { a: 2 }]]), { 1: { a: 2 } }],
  ['an object', { a: { b: undefined } }, { a: { b: null } }],
  ['an error', new TypeError('wrong'), 'TypeError: wrong'],
  ['an error with causes', new Error('a', { cause: new RangeError('b') }), 'a, because RangeError: b'],
  ['a lone surrogate', '\ud800', '\ud800'],
])('toJson() keeps the meaning of %s', (_, value, expected) => {
  expect(roundTrip(value)).toEqual(expected);
});

test('toJson() names a cycle, and takes the same value twice for none', () => {
  const shared = { a: 1 };
  const value: Record<string, unknown> = { shared, again: shared };
  value.self = value;
  expect(roundTrip(value)).toEqual({ shared, again: shared, self: '[circular]' });
});

test('toJson() ends at an error that causes itself', () => {
  const error = new Error('a');
  error.cause = error;
  expect(roundTrip(error)).toMatch(/^a, because a/);
});

test('toJson() cuts long texts, long lists, wide objects and deep trees', () => {
  expect(roundTrip('x'.repeat(10_000))).toBe(`${'x'.repeat(8192)}… [1808 more characters]`);
  expect(roundTrip(Array(102).fill(0))).toEqual([...Array(100).fill(0), '[2 more]']);
  expect(
    Object.keys(roundTrip(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]))) as object),
  ).toHaveLength(101);
  const deep: Record<string, unknown> = {};
  let inner = deep;
  for (let depth = 0; depth < 100_000; depth++) {
    inner = inner.a = {} as Record<string, unknown>;
  }
  expect(roundTrip(deep)).toEqual({ a: { a: { a: { a: { a: '[deeper]' } } } } });
});

test('toJson() survives values that throw', () => {
  const getter = {
    ok: 1,
    get bad(): never {
      throw new Error('no');
    },
  };
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no keys');
      },
    },
  );
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(roundTrip({ getter, proxy, revoked })).toEqual({
    getter: { ok: 1, bad: '[unreadable]' },
    proxy: '[unreadable: no keys]',
    revoked: expect.stringMatching(/^\[unreadable/),
  });
});

test('toJson() takes __proto__ for a key like any other', () => {
  expect(JSON.stringify(toJson(JSON.parse('{"__proto__": 1}')))).toBe('{"__proto__":1}');
});
