import { expect, test } from 'vitest';
import { orderOf } from '../../src/query/order-of.ts';
import { finish } from '../../src/steps/steps.ts';
import { Random } from '../random.ts';

const compare = <T>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** The engine's own sort, which is stable (ECMAScript 2019). */
function sorted<T>(values: readonly T[]): number[] {
  return values.map((_, i) => i).sort((a, b) => compare(values[a] as T, values[b] as T));
}

test.each([0, 1, 2, 100, 40_000])('orderOf() puts %i integers in order, equal ones as they came', (count) => {
  const random = new Random(count);
  // Few bits make equal ones.
  for (const bits of [3, 9, 17, 32]) {
    const integers = Int32Array.from({ length: count }, () => random.below(2 ** 32) >> (32 - bits));
    expect([...finish(orderOf(integers, 1))]).toEqual(sorted([...integers]));
  }
});

test('orderOf() puts 64-bit integers in order, both ends and all bytes', () => {
  const ends = [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)];
  const powers = Array.from({ length: 63 }, (_, bit) => 2n ** BigInt(bit));
  const values = [...ends, ...powers, ...powers.map((power) => -power), ...powers.map((power) => power + 1n), ...ends];
  const words = new Int32Array(BigInt64Array.from(values).buffer);
  expect([...finish(orderOf(words, 2))]).toEqual(sorted(values));
});
