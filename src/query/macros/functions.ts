import type { Fill } from '../../model/query.ts';
import { quoteName } from '../../sql/quote.ts';
import { tableColumns } from '../ad-hoc-columns.ts';
import { applyFilters, formatConditions } from '../ad-hoc-filters.ts';
import { formatInterval, type Interval, parseInterval } from '../interval.ts';
import * as sql from './duckdb-sql.ts';
import type { Expansion, FunctionMacro, MacroArgument, MacroCall } from './macro.ts';

const column: MacroArgument = { name: 'column' };
const group: readonly MacroArgument[] = [column, { name: 'interval' }, { name: 'fill', optional: true }];

/** The macros that are called. */
export const functionMacros: readonly FunctionMacro[] = [
  {
    ...define('$__time', [column], 'Names a time column as the one that Grafana uses'),
    expand: ({ arguments: [time = ''] }) => ({ sql: sql.alias(time, 'time') }),
  },
  {
    ...define(
      '$__timeEpoch',
      [column],
      'Writes a time column as a number of seconds since 1970, named as the one that Grafana uses',
    ),
    expand: ({ arguments: [time = ''] }) => ({ sql: sql.alias(sql.epochSeconds(time), 'time') }),
  },
  {
    ...define('$__timeFilter', [column], "Keeps the rows within the panel's time range"),
    expand: (call) => range(call, sql.timeLiteral),
  },
  {
    ...define('$__timeFrom', [], "The beginning of the panel's time range"),
    bare: true,
    expand: from(sql.timeLiteral),
  },
  { ...define('$__timeTo', [], "The end of the panel's time range"), bare: true, expand: to(sql.timeLiteral) },
  {
    ...define('$__dateFilter', [column], "Keeps the days within the panel's time range, for a column of dates in UTC"),
    expand: (call) => range(call, sql.dateLiteral),
  },
  {
    ...define(
      '$__timeGroup',
      group,
      'The beginning of the time bucket, such as 5m or 1d; fill is NULL, previous or a number',
    ),
    expand: timeGroup,
  },
  {
    ...define(
      '$__timeGroupAlias',
      group,
      'The beginning of the time bucket, such as 5m or 1d, named as the column that Grafana uses for time',
    ),
    expand: (call) => aliased(timeGroup(call)),
  },
  {
    ...define('$__timeInterval', [column], 'The beginning of the time bucket as wide as $__interval'),
    expand: (call) => bucketed(call, sql.timeBucket, panelInterval(call)),
  },
  {
    ...define('$__unixEpochFilter', [column], "Keeps the rows within the panel's time range, for seconds since 1970"),
    expand: (call) => range(call, epochSeconds),
  },
  {
    ...define('$__unixEpochFrom', [], "The beginning of the panel's time range in seconds since 1970"),
    expand: from(epochSeconds),
  },
  {
    ...define('$__unixEpochTo', [], "The end of the panel's time range in seconds since 1970"),
    expand: to(epochSeconds),
  },
  {
    ...define(
      '$__unixEpochNanoFilter',
      [column],
      "Keeps the rows within the panel's time range, for nanoseconds since 1970",
    ),
    expand: (call) => range(call, epochNanoseconds),
  },
  {
    ...define('$__unixEpochNanoFrom', [], "The beginning of the panel's time range in nanoseconds since 1970"),
    expand: from(epochNanoseconds),
  },
  {
    ...define('$__unixEpochNanoTo', [], "The end of the panel's time range in nanoseconds since 1970"),
    expand: to(epochNanoseconds),
  },
  {
    ...define(
      '$__unixEpochGroup',
      group,
      'The beginning of the time bucket, for seconds since 1970; fill is NULL, previous or a number',
    ),
    expand: unixEpochGroup,
  },
  {
    ...define(
      '$__unixEpochGroupAlias',
      group,
      'The beginning of the time bucket, for seconds since 1970, named as the column that Grafana uses for time',
    ),
    expand: (call) => aliased(unixEpochGroup(call)),
  },
  {
    ...define(
      '$__adHocFilters',
      [{ name: "'table'" }, { name: 'alias', optional: true }],
      "The conditions of the dashboard's ad hoc filters on columns of this table, or true; a join needs the table's alias",
    ),
    expand: adHocFilters,
  },
];

function define(name: string, parameters: readonly MacroArgument[], help: string) {
  return { kind: 'function', name, arguments: parameters, help } as const;
}

type TimeWriter = (timeMs: number) => string;

function range({ arguments: [time = ''], context }: MacroCall, write: TimeWriter): Expansion {
  return { sql: sql.between(time, write(context.fromMs), write(context.toMs)) };
}

function from(write: TimeWriter): FunctionMacro['expand'] {
  return ({ context }) => ({ sql: write(context.fromMs) });
}

function to(write: TimeWriter): FunctionMacro['expand'] {
  return ({ context }) => ({ sql: write(context.toMs) });
}

function epochSeconds(timeMs: number): string {
  return String(Math.floor(timeMs / 1000));
}

/** Exact: nanoseconds are beyond what a number can hold. */
function epochNanoseconds(timeMs: number): string {
  return String(BigInt(timeMs) * 1_000_000n);
}

/** The columns are asked for by whoever expands; until they are known, no filter applies. */
function adHocFilters({ arguments: [tableText = '', aliasText], context: { adHoc } }: MacroCall): Expansion {
  const table = textOfString(tableText);
  const alias = aliasText === undefined ? undefined : quotedName(textOfString(aliasText));
  const columns = tableColumns(adHoc?.columns.get(table) ?? [], adHoc?.isLogs ?? false, alias);
  return {
    sql: formatConditions(applyFilters(adHoc?.filters ?? [], columns)),
    adHocTable: { table, ...(alias !== undefined && { alias }) },
  };
}

function textOfString(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
}

/** A name as SQL takes it, quoted already or not. */
function quotedName(name: string): string {
  return /^"(?:[^"]|"")*"$/.test(name) ? name : quoteName(name);
}

function timeGroup(call: MacroCall): Expansion {
  return bucketed(call, sql.timeBucket, intervalArgument(call));
}

function unixEpochGroup(call: MacroCall): Expansion {
  return bucketed(call, sql.epochBucket, intervalArgument(call));
}

type BucketWriter = (expression: string, interval: Interval, timezone: string) => string;

function bucketed(call: MacroCall, write: BucketWriter, interval: Interval): Expansion {
  const [time = '', , fillText] = call.arguments;
  const timezone = call.context.timezone ?? 'UTC';
  const expansion = { sql: write(time, interval, timezone), step: { interval, timezone } };
  return fillText === undefined ? expansion : { ...expansion, fill: fillArgument(call, fillText) };
}

function aliased(expansion: Expansion): Expansion {
  return { ...expansion, sql: sql.alias(expansion.sql, 'time') };
}

function intervalArgument({ arguments: [, text = ''], refuse }: MacroCall): Interval {
  return (
    parseInterval(unquote(text)) ??
    refuse(`its interval is ${text}, expected one such as '30s', '5m', '1h', '1d', '1w', '1M' or '1y'`)
  );
}

/** Goes through `$__interval`'s text, so that both macros make the same buckets. */
function panelInterval({ context: { intervalMs }, refuse }: MacroCall): Interval {
  return parseInterval(formatInterval(intervalMs)) ?? refuse(`the panel's interval is ${intervalMs} ms`);
}

function fillArgument({ refuse }: MacroCall, text: string): Fill {
  const word = unquote(text);
  switch (word.toLowerCase()) {
    case 'null':
      return { mode: 'null' };
    case 'previous':
      return { mode: 'previous' };
  }
  const value = Number(word);
  return word !== '' && Number.isFinite(value)
    ? { mode: 'value', value }
    : refuse(`its fill is ${text}, expected NULL, previous or a number`);
}

function unquote(text: string): string {
  return /^(['"])(.*)\1$/s.exec(text)?.[2]?.trim() ?? text;
}
