import { describe, expect, test } from 'vitest';
import { millisecondsPerUnit, parseDuration } from './span-duration.ts';

describe('parseDuration()', () => {
  test.each([
    ['00:00:00', 0],
    ['00:00:00.1', 100],
    ['00:00:00.000001', 0.001],
    ['-00:00:01.5', -1500],
    ['26:03:04', ((26 * 60 + 3) * 60 + 4) * 1000],
    ['1 day', 86_400_000],
    ['2 days 00:00:03', 2 * 86_400_000 + 3000],
    ['1 month -1 days', 29 * 86_400_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['', ' ', 'x', '12', '1:2', '1 week', '00:00:00 x'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

test.each([
  ['duration', 1],
  ['duration_ms', 1],
  ['Duration_Ns', 1e-6],
  ['duration_nano', 1e-6],
  ['durationUs', 1e-3],
  ['duration_micros', 1e-3],
  ['duration_seconds', 1000],
])('a number in %s is %d milliseconds', (name, milliseconds) => {
  expect(millisecondsPerUnit(name)).toBe(milliseconds);
});
