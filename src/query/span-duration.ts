import { plainName } from './column-names.ts';

/** Milliseconds in a number of the unit that a column's name ends with: `duration_ns`; without one it is milliseconds. */
export function millisecondsPerUnit(name: string): number {
  const unit = /(seconds|secs|sec|millis|ms|micros|us|nanos|nano|ns)$/.exec(plainName(name))?.[1] ?? 'ms';
  return perUnit[unit] ?? 1;
}

const perUnit: Readonly<Record<string, number>> = {
  seconds: 1000,
  secs: 1000,
  sec: 1000,
  millis: 1,
  ms: 1,
  micros: 1e-3,
  us: 1e-3,
  nanos: 1e-6,
  nano: 1e-6,
  ns: 1e-6,
};

const dayMs = 86_400_000;
const perPart: Readonly<Record<string, number>> = { year: 360 * dayMs, month: 30 * dayMs, day: dayMs };

/** Milliseconds of an interval as DuckDB writes it, `2 days 00:00:03.5`, or a number as text; undefined for what is neither. Months have 30 days. */
export function parseDuration(text: string): number | undefined {
  const match = /^((?:-?\d+ (?:year|month|day)s? ?)*)(?:(-?)(\d+):(\d\d):(\d\d(?:\.\d+)?))?$/.exec(text.trim());
  if (match === null || text.trim() === '') {
    return undefined;
  }
  const [, parts = '', sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const dayPart = Array.from(parts.matchAll(/(-?\d+) (year|month|day)/g)).reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (perPart[unit] as number),
    0,
  );
  // As whole nanoseconds, so that 0.1 s are 100 ms and no more.
  const clockNs = Math.round(Number(seconds) * 1e9) + (Number(hours) * 60 + Number(minutes)) * 60e9;
  return dayPart + (sign === '-' ? -1 : 1) * (clockNs / 1e6);
}
