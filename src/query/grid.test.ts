import { expect, test } from 'vitest';
import { finish } from '../steps/steps.ts';
import { gridOf } from './grid.ts';
import { parseInterval, type Step } from './interval.ts';

function grid(interval: string, timezone: string, from: string, to: string, maxBuckets = 1000): string[] | undefined {
  const step = { interval: parseInterval(interval), timezone } as Step;
  const bounds = finish(gridOf(step, Date.parse(from), Date.parse(to), maxBuckets));
  return bounds && Array.from(bounds, (timeNs) => new Date(Number(timeNs / 1_000_000n)).toISOString().slice(0, 16));
}

test.each([
  [
    '5m',
    'UTC',
    '2026-01-01T00:03Z',
    '2026-01-01T00:10Z',
    ['2026-01-01T00:00', '2026-01-01T00:05', '2026-01-01T00:10'],
    '2026-01-01T00:15',
  ],
  ['5m', 'UTC', '2026-01-01T00:05Z', '2026-01-01T00:09Z', ['2026-01-01T00:05'], '2026-01-01T00:10'],
  [
    '5h',
    'Europe/Berlin',
    '1969-12-31T23:00Z',
    '1970-01-01T05:00Z',
    ['1969-12-31T19:00', '1970-01-01T00:00', '1970-01-01T05:00'],
    '1970-01-01T10:00',
  ],
  [
    '1d',
    'UTC',
    '2026-01-01T12:00Z',
    '2026-01-03T00:00Z',
    ['2026-01-01T00:00', '2026-01-02T00:00', '2026-01-03T00:00'],
    '2026-01-04T00:00',
  ],
  [
    '1d',
    'Europe/Berlin',
    '2024-03-30T12:00Z',
    '2024-03-31T12:00Z',
    ['2024-03-29T23:00', '2024-03-30T23:00'],
    '2024-03-31T22:00',
  ],
  [
    '1d',
    'America/Sao_Paulo',
    '2018-11-03T12:00Z',
    '2018-11-04T12:00Z',
    ['2018-11-03T03:00', '2018-11-04T03:00'],
    '2018-11-05T02:00',
  ],
  [
    '1d',
    'Pacific/Apia',
    '2011-12-30T09:00Z',
    '2011-12-30T11:00Z',
    ['2011-12-29T10:00', '2011-12-30T10:00'],
    '2011-12-31T10:00',
  ],
  ['2d', 'UTC', '1969-12-31T00:00Z', '1970-01-02T00:00Z', ['1969-12-30T00:00', '1970-01-01T00:00'], '1970-01-03T00:00'],
  ['1w', 'UTC', '2026-01-01T00:00Z', '2026-01-06T00:00Z', ['2025-12-29T00:00', '2026-01-05T00:00'], '2026-01-12T00:00'],
  [
    '1M',
    'UTC',
    '2023-12-31T00:00Z',
    '2024-02-01T00:00Z',
    ['2023-12-01T00:00', '2024-01-01T00:00', '2024-02-01T00:00'],
    '2024-03-01T00:00',
  ],
  ['3M', 'UTC', '1999-12-31T00:00Z', '2000-01-01T00:00Z', ['1999-10-01T00:00', '2000-01-01T00:00'], '2000-04-01T00:00'],
  ['1y', 'UTC', '1969-06-01T00:00Z', '1970-06-01T00:00Z', ['1969-01-01T00:00', '1970-01-01T00:00'], '1971-01-01T00:00'],
])('gridOf() has buckets of %s in %s from %s to %s', (interval, timezone, from, to, beginnings, end) => {
  expect(grid(interval, timezone, from, to)).toEqual([...beginnings, end]);
});

test('gridOf() gives up before it makes more points than are wanted', () => {
  expect(grid('1ms', 'UTC', '0001-01-01T00:00Z', '9999-01-01T00:00Z')).toBeUndefined();
  expect(grid('1d', 'Europe/Berlin', '0001-01-01T00:00Z', '9999-01-01T00:00Z')).toBeUndefined();
  expect(grid('1s', 'UTC', '2026-01-01T00:00Z', '2026-01-01T00:01Z', 61)).toHaveLength(62);
  expect(grid('1s', 'UTC', '2026-01-01T00:00Z', '2026-01-01T00:01Z', 60)).toBeUndefined();
});

test('gridOf() stays within the years that nanoseconds reach', () => {
  expect(grid('100y', 'UTC', '0001-01-01T00:00Z', '9999-01-01T00:00Z')).toEqual(
    ['1700', '1800', '1900', '2000', '2100', '2200'].map((year) => `${year}-01-01T00:00`),
  );
});

test('gridOf() is empty for a range that ends before it begins', () => {
  expect(grid('1d', 'UTC', '2026-01-02T00:00Z', '2026-01-01T00:00Z')).toEqual([]);
});
