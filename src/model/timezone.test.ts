import { expect, test } from 'vitest';
import { isTimezone } from './timezone.ts';

test('isTimezone() knows names, in any case, and neither offsets nor Grafana’s own words', () => {
  expect(['UTC', 'Europe/Berlin', 'asia/kolkata', 'Etc/GMT+5', 'EST5EDT'].filter((name) => !isTimezone(name))).toEqual(
    [],
  );
  expect(['', 'browser', '+05:30', '-08', 'GMT+5', 'Mars/Base', ' UTC'].filter(isTimezone)).toEqual([]);
});
