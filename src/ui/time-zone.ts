import { getTimeZone } from '@grafana/data';

/**
 * The name of a dashboard's time zone for the engine's session. `browser` is the zone of this browser, which the backend cannot know;
 * nothing is what the user has chosen.
 */
export function sessionTimeZone(chosen: string | undefined): string {
  const zone = chosen || getTimeZone();
  return zone === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
}
