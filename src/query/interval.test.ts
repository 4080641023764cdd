import { expect, test } from 'vitest';
import { formatInterval, parseInterval } from './interval.ts';

test.each([
  ['5m', 'millisecond', 300_000],
  ['1h30m', 'millisecond', 5_400_000],
  ['1.5h', 'millisecond', 5_400_000],
  ['1.1s', 'millisecond', 1100],
  ['20ms', 'millisecond', 20],
  ['90', 'millisecond', 90_000],
  ['24h', 'millisecond', 86_400_000],
  ['1d', 'day', 1],
  ['2w', 'week', 2],
  ['1M', 'month', 1],
  ['5y', 'month', 60],
  ['1000y', 'month', 12_000],
] as const)('parseInterval() reads %s', (text, unit, count) => {
  expect(parseInterval(text)).toEqual({ unit, count });
});

test.each([
  '',
  '0s',
  '0',
  '-5m',
  '5 minutes',
  'm',
  '5m ',
  '1d12h',
  '0.5ms',
  '1001y',
  '99999999999999999999h',
  '1e3s',
  '5µs',
])('parseInterval() knows no interval %o', (text) => {
  expect(parseInterval(text)).toBeUndefined();
});

test.each([
  [0, '1ms'],
  [999, '999ms'],
  [1500, '1s'],
  [300_000, '5m'],
  [7_200_000, '2h'],
  [86_400_000, '1d'],
  [7 * 86_400_000, '7d'],
  [400 * 86_400_000, '1y'],
])('formatInterval() writes %d ms as %s, as Grafana does', (intervalMs, text) => {
  expect(formatInterval(intervalMs)).toBe(text);
});
