import { expect, test } from 'vitest';
import { resolveTimezone } from './timezone.ts';

test.each([undefined, '', 'browser'])('resolveTimezone() leaves %o to the engine', (timezone) => {
  expect(resolveTimezone(timezone)).toBeUndefined();
});

test.each([
  ['utc', 'UTC'],
  ['UTC', 'UTC'],
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Asia/Calcutta', 'Asia/Calcutta'],
])('resolveTimezone() makes %s %s', (timezone, name) => {
  expect(resolveTimezone(timezone)).toBe(name);
});

test.each(['+05:30', '-08', '+0530', '\u2212'])(
  'resolveTimezone() refuses %j, which the engine knows no zone by',
  (timezone) => {
    expect(() => resolveTimezone(timezone)).toThrow(expect.objectContaining({ code: 'timezone_unknown' }));
  },
);

test('resolveTimezone() refuses a zone that does not exist, and names it', () => {
  expect(() => resolveTimezone("Mars/Base'; DROP")).toThrow(
    expect.objectContaining({ code: 'timezone_unknown', message: expect.stringContaining(`"Mars/Base'; DROP"`) }),
  );
});
