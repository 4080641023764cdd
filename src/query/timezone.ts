import { QueryError } from './errors.ts';

/**
 * The zone in which a query's days begin, as an IANA name, or undefined for the default (the engine's own, UTC unless an admin says otherwise).
 * `utc`, `browser` and the empty text are Grafana's words for what only the frontend knows; alerts send them too.
 *
 * @throws QueryError `timezone_unknown`
 */
export function resolveTimezone(timezone: string | undefined): string | undefined {
  switch (timezone?.toLowerCase()) {
    case undefined:
    case '':
    case 'browser':
      return undefined;
    case 'utc':
      return 'UTC';
  }
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new QueryError(
      'timezone_unknown',
      `Cannot use the time zone ${JSON.stringify(timezone)}: there is none of that name`,
      {
        hint: 'Give an IANA name, such as Europe/Berlin or UTC',
        cause,
      },
    );
  }
}
