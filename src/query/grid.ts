/// <reference lib="esnext.temporal" />
import { rowsPerStep, type Steps } from '../steps/steps.ts';
import type { Interval, Step } from './interval.ts';

/** Nanoseconds fit 64 bits within these milliseconds: the years 1677 to 2262. */
const maxMs = 9_223_372_036_854;
const dayMs = 86_400_000;

/**
 * The bounds of a range's buckets in nanoseconds: each bucket's beginning, from the one in which the range begins to the one in which it
 * ends, and the end of the last. They are those of the SQL that macros write (macros/duckdb-sql.ts). Undefined when there are more than
 * `maxBuckets`; empty when the range ends before it begins.
 */
export function* gridOf(
  step: Step,
  fromMs: number,
  toMs: number,
  maxBuckets: number,
): Steps<BigInt64Array<ArrayBuffer> | undefined> {
  const from = Math.max(fromMs, -maxMs);
  const to = Math.min(toMs, maxMs);
  if (to < from) {
    return new BigInt64Array();
  }
  const { unit, count } = step.interval;
  // No calendar bucket is shorter than its days at 23 hours.
  const leastMs = unit === 'millisecond' ? count : count * daysIn[unit] * (dayMs - 3_600_000);
  if ((to - from) / leastMs >= maxBuckets) {
    return undefined;
  }
  // Beside those within the range there is one before it, and one behind.
  const bounds = new BigInt64Array(Math.ceil((to - from) / leastMs) + 3);
  let length = 0;
  for (const timeMs of unit === 'millisecond' ? regularBounds(count, from, to) : calendarBounds(step, from, to)) {
    if (length % rowsPerStep === 0) {
      yield;
    }
    if (isRepresentable(timeMs)) {
      bounds[length++] = BigInt(timeMs) * 1_000_000n;
    }
  }
  return bounds.subarray(0, length);
}

const daysIn = { day: 1, week: 7, month: 28 } as const;

/** A bucket that reaches beyond is left out. */
function isRepresentable(timeMs: number): boolean {
  return timeMs >= -maxMs && timeMs <= maxMs;
}

function* regularBounds(widthMs: number, from: number, to: number): Iterable<number> {
  let timeMs = Math.floor(from / widthMs) * widthMs;
  for (; timeMs <= to; timeMs += widthMs) {
    yield timeMs;
  }
  yield timeMs;
}

function* calendarBounds({ interval, timezone }: Step, from: number, to: number): Iterable<number> {
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone).toPlainDate();
  let date = bucketOf(first, interval);
  for (let last = Number.NEGATIVE_INFINITY; last <= to; date = date.add(durationOf(interval))) {
    const timeMs = date.toZonedDateTime(timezone).epochMilliseconds;
    // A zone that crosses the date line skips a day, which then begins with the next: Pacific/Apia, 30 December 2011.
    if (timeMs !== last) {
      yield timeMs;
    }
    last = timeMs;
  }
}

/** Days are counted from the epoch, weeks from Monday, 3 January 2000, months from January 2000. */
function bucketOf(date: Temporal.PlainDate, interval: Interval): Temporal.PlainDate {
  const { unit, count } = interval;
  switch (unit) {
    case 'month': {
      const months = (date.year - 2000) * 12 + date.month - 1;
      return date.with({ day: 1 }).subtract({ months: remainder(months, count) });
    }
    case 'week': {
      const days = Temporal.PlainDate.from('2000-01-03').until(date).days;
      return date.subtract({ days: remainder(days, count * 7) });
    }
    default: {
      const days = Temporal.PlainDate.from('1970-01-01').until(date).days;
      return date.subtract({ days: remainder(days, count) });
    }
  }
}

function durationOf({ unit, count }: Interval): Temporal.DurationLike {
  switch (unit) {
    case 'month':
      return { months: count };
    case 'week':
      return { weeks: count };
    default:
      return { days: count };
  }
}

/** Never negative, unlike `%`. */
function remainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
