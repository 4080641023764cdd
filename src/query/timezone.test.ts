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
])('resolveTimezone() makes %s %s', (timezone, name) => {
  expect(resolveTimezone(timezone)).toBe(name);
});

test('resolveTimezone() refuses a zone that does not exist, and names it', () => {
  expect(() => resolveTimezone("Mars/Base'; DROP")).toThrow(
    expect.objectContaining({ code: 'timezone_unknown', message: expect.stringContaining(`"Mars/Base'; DROP"`) }),
  );
});
