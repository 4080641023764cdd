/** A width of time buckets. Milliseconds are counted from the epoch; days, weeks and months follow the calendar. */
export interface Interval {
  readonly unit: 'millisecond' | 'day' | 'week' | 'month';
  /** A whole number, 1 or more. */
  readonly count: number;
}

/** What stands between two points of a grid: an interval, and the IANA zone in which its days begin. */
export interface Step {
  readonly interval: Interval;
  readonly timezone: string;
}

/** No bucket is wider, so that no arithmetic on one can overflow. */
const maxYears = 1000;

const calendarUnits: Readonly<Record<string, { unit: Interval['unit']; factor: number; perYear: number }>> = {
  d: { unit: 'day', factor: 1, perYear: 366 },
  w: { unit: 'week', factor: 1, perYear: 53 },
  M: { unit: 'month', factor: 1, perYear: 12 },
  y: { unit: 'month', factor: 12, perYear: 1 },
};

const millisecondsIn: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

const duration = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const durationPart = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/**
 * Reads an interval as Grafana writes it: `5m`, `1h30m`, `1.5h`, `1d`, `2w`, `1M` (month), `1y`; a bare number is seconds.
 * Undefined when it is none, is not a whole number of milliseconds above zero, or exceeds 1,000 years.
 */
export function parseInterval(text: string): Interval | undefined {
  const calendar = /^(\d+)([dwMy])$/.exec(text);
  const interval = calendar
    ? parseCalendar(calendar)
    : { unit: 'millisecond' as const, count: parseMilliseconds(text) };
  return Number.isSafeInteger(interval.count) && interval.count > 0 ? interval : undefined;
}

function parseCalendar([, count, letter]: RegExpExecArray): Interval {
  const { unit, factor, perYear } = calendarUnits[letter as string] as (typeof calendarUnits)[string];
  return { unit, count: Number(count) <= maxYears * perYear ? Number(count) * factor : Number.NaN };
}

function parseMilliseconds(text: string): number {
  const withUnit = /^\d+(?:\.\d+)?$/.test(text) ? `${text}s` : text;
  if (!duration.test(withUnit)) {
    return Number.NaN;
  }
  let total = 0;
  for (const [, count, unit] of withUnit.matchAll(durationPart)) {
    total += Number(count) * (millisecondsIn[unit as string] ?? Number.NaN);
  }
  // In binary, 1.1 s are 1100.0000000000002 ms.
  const rounded = Math.round(total * 1000) / 1000;
  return rounded <= maxYears * 366 * 86_400_000 ? rounded : Number.NaN;
}

/** Writes milliseconds as Grafana does for `$__interval`: the largest unit that fits, rounded down (gtime.FormatInterval). */
export function formatInterval(intervalMs: number): string {
  for (const [unit, width] of [
    ['y', 365 * 86_400_000],
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const) {
    if (intervalMs >= width) {
      return `${Math.floor(intervalMs / width)}${unit}`;
    }
  }
  return '1ms';
}
