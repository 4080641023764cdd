import { formatInterval } from '../interval.ts';
import type { MacroContext, ScalarMacro } from './macro.ts';

/** The words that expand everywhere. Grafana's frontend replaces most of them first; alerts and public dashboards come without it. */
export const scalarMacros: readonly ScalarMacro[] = [
  scalar(
    '$__interval',
    'The time between points that the panel has room for, as a duration such as 5m',
    ({ intervalMs }) => formatInterval(intervalMs),
  ),
  scalar('$__interval_ms', 'The time between points that the panel has room for, in milliseconds', ({ intervalMs }) =>
    String(intervalMs),
  ),
  scalar(
    '$__interval_s',
    'The time between points that the panel has room for, in whole seconds, at least 1',
    ({ intervalMs }) => String(Math.max(1, Math.floor(intervalMs / 1000))),
  ),
  scalar('$__range', "The panel's time range as a duration, such as 3600s", (context) => `${rangeSeconds(context)}s`),
  scalar('$__range_s', "The panel's time range in whole seconds", (context) => String(rangeSeconds(context))),
  scalar('$__range_ms', "The panel's time range in milliseconds", ({ fromMs, toMs }) => String(toMs - fromMs)),
  scalar('$__from', "The beginning of the panel's time range, in milliseconds since 1970", ({ fromMs }) =>
    String(fromMs),
  ),
  scalar('$__to', "The end of the panel's time range, in milliseconds since 1970", ({ toMs }) => String(toMs)),
  scalar(
    '$__searchFilter',
    "What somebody types into a variable's list, with % behind; % alone, which LIKE finds in every text, elsewhere",
    () => '%',
  ),
  scalar('$__maxDataPoints', 'The number of points that the panel has room for', ({ maxDataPoints }) =>
    String(maxDataPoints),
  ),
];

function scalar(name: string, help: string, expand: (context: MacroContext) => string): ScalarMacro {
  return { kind: 'scalar', name, help, expand };
}

function rangeSeconds({ fromMs, toMs }: MacroContext): number {
  return Math.round((toMs - fromMs) / 1000);
}
