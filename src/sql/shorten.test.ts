import { expect, test } from 'vitest';
import { shorten } from './shorten.ts';

test.each([
  ['abcd', 'abcd'],
  ['abcde', 'abcd…'],
  ['abc🌡ef', 'abc🌡…'],
  ['🌡🌡🌡🌡🌡', '🌡🌡🌡🌡…'],
])('shorten() leaves of %j at most four characters', (text, expected) => {
  expect(shorten(text, 4)).toBe(expected);
});
