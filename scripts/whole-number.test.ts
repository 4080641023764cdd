import { describe, expect, test } from 'vitest';
import { wholeNumber } from './whole-number.ts';

describe('wholeNumber()', () => {
  test.each([
    ['0', 0, 0],
    ['1', 1, 1],
    ['1e5', 0, 100_000],
    ['4294967295', 0, 4_294_967_295],
  ])('reads %j, at least %i', (text, least, expected) => {
    expect(wholeNumber('seed', text, least)).toBe(expected);
  });

  test.each([
    ['many', 0],
    ['', 0],
    ['1.5', 0],
    ['-1', 0],
    ['0', 1],
    ['9007199254740992', 0],
  ])('refuses %j, at least %i', (text, least) => {
    expect(() => wholeNumber('seed', text, least)).toThrow(
      `Cannot use --seed: expected a whole number from ${least} on, got ${text}`,
    );
  });
});
