import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test('nearest() counts letters put in, taken out or replaced, letter case aside', () => {
  expect(nearest('SUMM', ['count', 'sum', 'min'])).toBe('sum');
  expect(nearest('cont', ['count', 'sum'])).toBe('count');
  expect(nearest('min_', ['max_', 'min'])).toBe('min');
});

test('nearest() takes the first of several, and answers for a very long name', () => {
  expect(nearest('b', ['a', 'c'])).toBe('a');
  expect(nearest('x'.repeat(1_000_000), ['a'])).toBe('a');
});
