/** Whether this is the name of an IANA time zone, in any case. Offsets such as `+05:30` are none: engines know no zone by them. */
export function isTimezone(name: string): boolean {
  return ianaName(name) !== undefined;
}

/** As IANA writes it. A name that has become a link of another (Asia/Kolkata is Asia/Calcutta to ICU) stays what it was: `strftime` shows it. */
export function ianaName(timezone: string): string | undefined {
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
