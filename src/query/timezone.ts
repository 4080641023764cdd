import { QueryError } from './errors.ts';

/**
 * The zone in which a query's days begin, as an IANA name, or undefined for the data source's, which is UTC unless its settings say otherwise.
 * `utc`, `browser` and the empty text are Grafana's words for what only the frontend knows; alerts send them too.
 *
 * @throws QueryError `timezone_unknown`
 */
export function resolveTimezone(timezone: string | undefined): string | undefined {
  if (timezone === undefined) {
    return undefined;
  }
  switch (timezone.toLowerCase()) {
    case '':
    case 'browser':
      return undefined;
    case 'utc':
      return 'UTC';
  }
  const name = ianaName(timezone);
  if (name === undefined) {
    throw new QueryError(
      'timezone_unknown',
      `Cannot use the time zone ${JSON.stringify(timezone)}: there is none of that name`,
      { hint: 'Give an IANA name, such as Europe/Berlin or UTC' },
    );
  }
  return name;
}

/** Whether this is the name of an IANA time zone, in any case. Offsets such as `+05:30` are none: engines know no zone by them. */
export function isTimezone(name: string): boolean {
  return ianaName(name) !== undefined;
}

/** As IANA writes it. A name that has become a link of another (Asia/Kolkata is Asia/Calcutta to ICU) stays what it was: `strftime` shows it. */
function ianaName(timezone: string): string | undefined {
  const known = ianaNames.get(timezone);
  if (known !== undefined || !/^[a-z]/i.test(timezone)) {
    return known;
  }
  try {
    const name = new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone;
    const kept = name.toLowerCase() === timezone.toLowerCase() ? name : timezone;
    if (ianaNames.size < maxNames) {
      ianaNames.set(timezone, kept);
    }
    return kept;
  } catch {
    return undefined;
  }
}

/** By the name as written: a formatter costs 90 µs, and every query of a dashboard names its zone. There are some 600, in any case. */
const ianaNames = new Map<string, string>();
const maxNames = 1000;
