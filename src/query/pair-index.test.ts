import { expect, test } from 'vitest';
import { PairIndex } from './pair-index.ts';

test('PairIndex numbers pairs in their order, and knows them again after it has grown', () => {
  const index = new PairIndex();
  const pairs = Array.from({ length: 5000 }, (_, i) => [(i * 1_000_000_007) | 0, ~i] as const);
  expect(pairs.map(([first, second]) => index.idOf(first, second))).toEqual(pairs.map((_, i) => i));
  expect(pairs.map(([first, second]) => index.idOf(first, second))).toEqual(pairs.map((_, i) => i));
  expect([...index.pairs]).toEqual(pairs.flat());
});

test('PairIndex keeps apart a pair and its reverse', () => {
  const index = new PairIndex();
  expect([index.idOf(1, 2), index.idOf(2, 1), index.idOf(-1, -1), index.idOf(1, 2)]).toEqual([0, 1, 2, 0]);
});
