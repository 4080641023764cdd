import { describe, expect, test } from 'vitest';
import { significant, writesDecimal } from './digits.ts';
import { losesDigits } from './json-digits.ts';

test.each([
  ['0', '0'],
  ['-0.00', '0'],
  ['12.50', '125e2'],
  ['-0.00125e1', '125e-1'],
  ['1e+21', '1e22'],
  ['5e-324', '5e-323'],
  ['123456789012345678901234567890', '12345678901234567890123456789e30'],
])('significant() of %s', (text, expected) => {
  expect(significant(text)).toBe(expected);
});

test.each([
  [0.1, 1_000_000_000_000_000_000n, 19, true],
  [-0.07, -7n, 2, true],
  [9_007_199_254_740.99, 9_007_199_254_740_990n, 3, true],
  [9_007_199_254_740.99, 9_007_199_254_740_991n, 3, false],
  [2 ** 53, 9_007_199_254_740_993n, 0, false],
  [1e30, 10n ** 30n, 0, true],
  [2 ** 70, 2n ** 70n, 0, false],
])('writesDecimal() of %f for %i with scale %i', (value, integer, scale, expected) => {
  expect(writesDecimal(value, integer, scale)).toBe(expected);
});

describe('losesDigits()', () => {
  test.each([
    '9007199254740993',
    '{"id":-9007199254740993}',
    '[1, {"a": [123456789012345678901234567890]}]',
    '0.12345678901234567890',
    '[0.1,9007199254740993.0]',
    '{"a":{"b":-9007199254740993}}',
    '1234567890.123456789',
  ])('sees the number in %s', (json) => {
    expect(losesDigits(json)).toBe(true);
  });

  test.each([
    '9007199254740992',
    '0.30000000000000004',
    '1.7976931348623157e308',
    '100000000000000000000',
    '12345678901234567e3 ',
    '0.10000000000000000000',
    '0.0000000000000000000001',
    '"9007199254740993"',
    '{"text": "a, 9007199254740993, b"}',
    '{"9007199254740993": 1}',
    '["1234567890123456", 7]',
  ])('lets %s be', (json) => {
    expect(losesDigits(json)).toBe(false);
  });
});
