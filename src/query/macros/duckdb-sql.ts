import { quoteText } from '../../sql/quote.ts';
import type { Interval } from '../interval.ts';

/*
 * Every piece of SQL that macros write, in DuckDB's words. An engine that speaks otherwise gets a file with the same functions.
 *
 * DuckDB's time_bucket() keeps its argument's type and is right before 1970. It counts milliseconds, days and weeks from Monday, 3 January
 * 2000, months from January 2000, all in UTC whatever the session's zone is.
 */

const originMs = Date.UTC(2000, 0, 3);
const dayMs = 86_400_000;

/** A literal that takes the type of what it is compared with: TIMESTAMP, TIMESTAMPTZ, TIMESTAMP_NS, DATE or text. */
export function timeLiteral(timeMs: number): string {
  return `'${new Date(timeMs).toISOString()}'`;
}

export function dateLiteral(timeMs: number): string {
  return `'${new Date(timeMs).toISOString().slice(0, 10)}'`;
}

/** BETWEEN rather than two comparisons: NOT in front negates the whole, and the expression runs once. */
export function between(expression: string, from: string, to: string): string {
  return `${expression} BETWEEN ${from} AND ${to}`;
}

export function alias(expression: string, name: string): string {
  return `${expression} AS "${name}"`;
}

/** Seconds since the epoch of a date or timestamp, with their fraction. */
export function epochSeconds(expression: string): string {
  return `epoch(${expression})`;
}

/**
 * The beginning of the bucket in which a date or timestamp lies, in the type of the expression (a DATE may become a TIMESTAMP).
 * Milliseconds and days are counted from the epoch, weeks begin on Monday. Days and longer begin at midnight in `timezone`.
 */
export function timeBucket(expression: string, interval: Interval, timezone: string): string {
  if (interval.unit === 'millisecond' || timezone === 'UTC') {
    return isColumn(expression) ? columnBucket(expression, interval) : utcBucket(expression, interval);
  }
  // Wall-clock time as a naive timestamp, bucketed, and back. Taking away the distance keeps the type of the expression, which a cast
  // cannot do for naive and zoned columns alike.
  const zone = quoteText(timezone);
  const local = `timezone(${zone}, make_timestamptz(epoch_us(${expression})))`;
  const start = `epoch_us(timezone(${zone}, ${utcBucket(local, interval)}))`;
  return `((${expression}) - to_microseconds(epoch_us(${expression}) - ${start}))`;
}

/** The same for a number of seconds since the epoch; the answer is such a number too, a DOUBLE, in which no INTEGER overflows. */
export function epochBucket(expression: string, interval: Interval, timezone: string): string {
  const seconds = secondsOf(interval, timezone);
  if (seconds === undefined) {
    return epochSeconds(timeBucket(`make_timestamp(CAST(floor((${expression}) * 1e6) AS BIGINT))`, interval, timezone));
  }
  return Number.isInteger(seconds)
    ? `(floor((${expression}) / ${seconds}) * ${seconds})`
    : `(floor((${expression}) * 1e3 / ${interval.count}) * ${interval.count} / 1e3)`;
}

/** A column's name, quoted or not, with what qualifies it: cheap to repeat, and the same each time. */
function isColumn(expression: string): boolean {
  return /^(?:[A-Za-z_]\w*|"(?:[^"]|"")+")(?:\.(?:[A-Za-z_]\w*|"(?:[^"]|"")+"))*$/.test(expression);
}

/**
 * The same as `utcBucket`, on whole microseconds where the type has them and the time is of the years 1970 to 9999: a query that groups by
 * it takes two thirds of the CPU, for TIMESTAMPTZ a quarter, and by days or months 1/300 (ICU's calendar costs microseconds a row). DuckDB
 * knows the column's type before it runs, and keeps one of the branches. A day at either end is left out, since a bare literal is in the
 * session's zone. Infinity, NULL, what lies outside and other types take the last branch, which also gives the answer its type.
 */
function columnBucket(column: string, interval: Interval): string {
  const bucket = utcBucket(column, interval);
  const micros = `epoch_us(${column})`;
  const within = `${column} BETWEEN '1970-01-02' AND '9999-12-30'`;
  const naive = microsecondBucket(micros, interval);
  const zoned = naive ?? `epoch_us(${utcBucket(`make_timestamp(${micros})`, interval)})`;
  return [
    'CASE',
    ...(naive === undefined
      ? []
      : [`WHEN typeof(${column}) = 'TIMESTAMP' AND ${within} THEN make_timestamp(${naive})`]),
    `WHEN typeof(${column}) = 'TIMESTAMP WITH TIME ZONE' AND ${within} THEN cast_to_type(make_timestamptz(${zoned}), ${bucket})`,
    `ELSE ${bucket} END`,
  ].join(' ');
}

/** Of microseconds since 1970 that are not negative, for which `//` rounds down; undefined for months, which are no number of them. */
function microsecondBucket(micros: string, { unit, count }: Interval): string | undefined {
  switch (unit) {
    case 'millisecond':
      return floorTo(micros, count, 0);
    case 'day':
      return floorTo(micros, count * dayMs, 0);
    case 'week':
      return floorTo(micros, count * 7 * dayMs, originMs);
    case 'month':
      return undefined;
  }
}

/** The last of the times that lie a number of widths from `firstMs` and not after `micros`. */
function floorTo(micros: string, widthMs: number, firstMs: number): string {
  const width = `${widthMs}000`;
  const shift = offsetFromEpoch(firstMs, widthMs);
  return shift === 0
    ? `${micros} // ${width} * ${width}`
    : `(${micros} + ${shift}000) // ${width} * ${width} - ${shift}000`;
}

function utcBucket(expression: string, { unit, count }: Interval): string {
  switch (unit) {
    case 'millisecond':
      return millisecondBucket(expression, count);
    case 'day': {
      const offset = offsetFromEpoch(originMs / dayMs, count);
      return offset === 0
        ? `time_bucket(INTERVAL '${count} days', ${expression})`
        : `time_bucket(INTERVAL '${count} days', ${expression}, INTERVAL '${offset} days')`;
    }
    case 'week':
      return `time_bucket(INTERVAL '${count * 7} days', ${expression})`;
    case 'month':
      return `time_bucket(INTERVAL '${count} months', ${expression})`;
  }
}

function millisecondBucket(expression: string, milliseconds: number): string {
  const offset = offsetFromEpoch(originMs, milliseconds);
  if (dayMs % milliseconds === 0) {
    return `time_bucket(${intervalLiteral(milliseconds)}, ${expression})`;
  }
  // A bucket may begin within the day before: adding nothing makes a DATE a TIMESTAMP, which can say so, and leaves others as they are.
  return `time_bucket(${intervalLiteral(milliseconds)}, (${expression}) + INTERVAL '0 seconds', ${intervalLiteral(offset)})`;
}

/** How far buckets counted from `origin` must move, so that one begins at the epoch. */
function offsetFromEpoch(origin: number, width: number): number {
  return (width - (origin % width)) % width;
}

function intervalLiteral(milliseconds: number): string {
  return milliseconds % 1000 === 0
    ? `INTERVAL '${milliseconds / 1000} seconds'`
    : `INTERVAL '${milliseconds} milliseconds'`;
}

/** The width in seconds, where it is always the same and counted from the epoch. */
function secondsOf({ unit, count }: Interval, timezone: string): number | undefined {
  if (unit === 'millisecond') {
    return count / 1000;
  }
  return unit === 'day' && timezone === 'UTC' ? count * 86_400 : undefined;
}
