import { ianaName } from '../model/timezone.ts';
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
