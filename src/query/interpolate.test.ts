import { describe, expect, test } from 'vitest';
import { expandMacros, originalPosition } from './interpolate.ts';
import type { MacroContext } from './macros/macro.ts';

const context: MacroContext = {
  fromMs: Date.parse('2026-01-02T03:04:05.678Z'),
  toMs: Date.parse('2026-01-02T04:04:05.678Z'),
  intervalMs: 20_000,
  maxDataPoints: 180,
};

const fromIso = "'2026-01-02T03:04:05.678Z'";
const toIso = "'2026-01-02T04:04:05.678Z'";

function expand(sql: string): string {
  return expandMacros(sql, context).sql;
}

function failure(sql: string): unknown {
  try {
    expand(sql);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('words', () => {
  test.each([
    ['$__interval', '20s'],
    ['$__interval_ms', '20000'],
    ['$__interval_s', '20'],
    ['$__range', '3600s'],
    ['$__range_s', '3600'],
    ['$__range_ms', '3600000'],
    ['$__from', '1767323045678'],
    ['$__to', '1767326645678'],
    ['$__maxDataPoints', '180'],
    ['$__searchFilter', '%'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    ['${__from}', '1767323045678'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    ['${__interval_ms}', '20000'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    ['${__interval:raw}', '20s'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    ['${__from:date}', '2026-01-02T03:04:05.678Z'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    ['${__to:date:iso}', '2026-01-02T04:04:05.678Z'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    ['${__from:date:seconds}', '1767323045'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    ['${__from:date:YYYY-MM-DD HH:mm:ss.SSS}', '2026-01-02 03:04:05.678'],
  ])('%s becomes %s in code, strings, quoted names and dollar quotes', (word, text) => {
    expect(expand(`select ${word}, 'a${word}.b', "c${word}-d", E'\\'${word}', $q$${word}$q$`)).toBe(
      `select ${text}, 'a${text}.b', "c${text}-d", E'\\'${text}', $q$${text}$q$`,
    );
  });

  test('take empty parentheses in code, as some data sources write them', () => {
    expect(expand("select $__interval_ms(), '$__interval_ms()'")).toBe("select 20000, '20000()'");
  });

  test('stay in comments', () => {
    expect(expand('select 1 -- $__from\n/* $__to /* $__interval */ */')).toBe(
      'select 1 -- $__from\n/* $__to /* $__interval */ */',
    );
  });

  test('expand behind a line comment that only a carriage return ends', () => {
    expect(expand("select 1 -- it's $__from\r, $__interval_ms")).toBe("select 1 -- it's $__from\r, 20000");
  });

  test.each([
    '$__intervalX',
    '$__interval_msX',
    '$__timeFromX',
    '$__unknown',
    '$interval',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    '${__unknown}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    '${__from:csv}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    '${__interval:date}',
    '$1',
    '$',
  ])('%s is none and stays', (text) => {
    expect(expand(`select ${text} , '${text}'`)).toBe(`select ${text} , '${text}'`);
  });

  test('expand behind a letter, as part of a name', () => {
    expect(expand('from metrics_$__interval')).toBe('from metrics_20s');
  });

  test('expand where no closing tag makes them a dollar quote', () => {
    expect(expand('select $__from$__to')).toBe('select 17673230456781767326645678');
  });

  test('leave the tag of a dollar quote alone', () => {
    expect(expand('select $__from$ $__to $__from$')).toBe('select $__from$ 1767326645678 $__from$');
  });

  test('a range below one second is at least one second in $__interval_s', () => {
    expect(expandMacros('$__interval_s', { ...context, intervalMs: 20 }).sql).toBe('1');
  });
});

describe('calls', () => {
  test.each([
    ['$__time(t)', 't AS "time"'],
    ['$__timeEpoch(t)', 'epoch(t) AS "time"'],
    ['$__timeFilter(t)', `t BETWEEN ${fromIso} AND ${toIso}`],
    ['$__timeFrom()', fromIso],
    ['$__timeFrom', fromIso],
    ['$__timeTo()', toIso],
    ['$__timeTo', toIso],
    ['$__dateFilter(d)', "d BETWEEN '2026-01-02' AND '2026-01-02'"],
    ['$__unixEpochFilter(e)', 'e BETWEEN 1767323045 AND 1767326645'],
    ['$__unixEpochFrom()', '1767323045'],
    ['$__unixEpochTo()', '1767326645'],
    ['$__unixEpochNanoFilter(e)', 'e BETWEEN 1767323045678000000 AND 1767326645678000000'],
    ['$__unixEpochNanoFrom()', '1767323045678000000'],
    ['$__unixEpochNanoTo()', '1767326645678000000'],
    ["$__timeGroup(f(t), '5m')", "time_bucket(INTERVAL '300 seconds', f(t))"],
    ["$__timeGroupAlias(t + 1,'1M')", 'time_bucket(INTERVAL \'1 months\', t + 1) AS "time"'],
    ['$__timeInterval((t))', "time_bucket(INTERVAL '20 seconds', (t))"],
    ["$__unixEpochGroup(e, '5m')", '(floor((e) / 300) * 300)'],
    ["$__unixEpochGroupAlias(e, '5m')", '(floor((e) / 300) * 300) AS "time"'],
  ])('%s becomes %s', (call, text) => {
    expect(expand(`select ${call} from x`)).toBe(`select ${text} from x`);
  });

  test.each(['t', 'big.t', '"the time"', 'a."b""c".d'])('group the column %s by whole microseconds', (t) => {
    expect(expand(`$__timeGroup(${t}, '5m')`)).toBe(
      `CASE WHEN typeof(${t}) = 'TIMESTAMP' AND ${t} BETWEEN '1970-01-02' AND '9999-12-30'` +
        ` THEN make_timestamp(epoch_us(${t}) // 300000000 * 300000000)` +
        ` WHEN typeof(${t}) = 'TIMESTAMP WITH TIME ZONE' AND ${t} BETWEEN '1970-01-02' AND '9999-12-30'` +
        ` THEN cast_to_type(make_timestamptz(epoch_us(${t}) // 300000000 * 300000000), time_bucket(INTERVAL '300 seconds', ${t}))` +
        ` ELSE time_bucket(INTERVAL '300 seconds', ${t}) END`,
    );
  });

  test.each([
    ["'$__timeFilter(t)'"],
    ['"$__timeFilter(t)"'],
    ['-- $__timeFilter(t)'],
    ['/* $__timeFilter(t */'],
    ['$$ $__timeFilter(t) $$'],
    ["'$__unknown(t)'"],
    ["E'\\' $__timeFilter(t)'"],
  ])('%s stays', (sql) => {
    expect(expand(sql)).toBe(sql);
  });

  test('take the interval from $__interval, quoted or not', () => {
    const bucket = "time_bucket(INTERVAL '20 seconds', t::DATE)";
    const calls = ['$__interval', "'$__interval'", '"20s"'].map((interval) => `$__timeGroup(t::DATE, ${interval})`);
    expect(expand(calls.join(' '))).toBe(`${bucket} ${bucket} ${bucket}`);
  });

  test('take arguments with parentheses, brackets, commas, strings, quoted names and comments', () => {
    expect(expand('$__timeFilter(f(a, [b, c], {d: 1}, \')\', "x)", $$,)$$ /* ), */))')).toBe(
      `f(a, [b, c], {d: 1}, ')', "x)", $$,)$$  ) BETWEEN ${fromIso} AND ${toIso}`,
    );
  });

  test('drop comments from arguments, which would swallow what follows', () => {
    expect(expand('$__timeFilter(t -- the time\n)')).toBe(`t BETWEEN ${fromIso} AND ${toIso}`);
  });

  test('expand within arguments', () => {
    expect(expand('$__timeFilter(greatest($__timeFrom(), "c$__interval"))')).toBe(
      `greatest(${fromIso}, "c20s") BETWEEN ${fromIso} AND ${toIso}`,
    );
  });

  test('take blanks before the parenthesis and around arguments', () => {
    expect(expand("$__timeGroup ( f(t) , '5m' )")).toBe("time_bucket(INTERVAL '300 seconds', f(t))");
  });

  test('write ranges before 1970 and exact nanoseconds', () => {
    const old = { ...context, fromMs: -1, toMs: 0 };
    expect(expandMacros('$__timeFilter(t)|$__unixEpochFilter(e)|$__unixEpochNanoFrom()', old).sql).toBe(
      "t BETWEEN '1969-12-31T23:59:59.999Z' AND '1970-01-01T00:00:00.000Z'|e BETWEEN -1 AND 0|-1000000",
    );
  });
});

describe('what macros ask of the result', () => {
  test.each([
    ['NULL', { mode: 'null' }],
    ['null', { mode: 'null' }],
    ['previous', { mode: 'previous' }],
    ["'previous'", { mode: 'previous' }],
    ['0', { mode: 'value', value: 0 }],
    ['-1.5', { mode: 'value', value: -1.5 }],
  ])('a fill of %s', (text, fill) => {
    expect(expandMacros(`$__timeGroup(t, '5m', ${text})`, context)).toMatchObject({
      fill,
      step: { interval: { unit: 'millisecond', count: 300_000 }, timezone: 'UTC' },
    });
  });

  test('no fill without one, but the step', () => {
    const expanded = expandMacros("$__timeGroupAlias(t, '1d')", { ...context, timezone: 'Europe/Berlin' });
    expect(expanded).not.toHaveProperty('fill');
    expect(expanded.step).toEqual({ interval: { unit: 'day', count: 1 }, timezone: 'Europe/Berlin' });
  });

  test('neither without grouping', () => {
    expect(Object.keys(expandMacros('$__timeFilter(t)', context)).sort()).toEqual(['adHocTables', 'segments', 'sql']);
  });

  test('the step of the group with the fill, where there are several', () => {
    expect(
      expandMacros("$__timeGroup(a, '1h'), $__timeGroup(b, '5m', 0), $__timeGroup(c, '1m', NULL)", context),
    ).toMatchObject({ fill: { mode: 'value', value: 0 }, step: { interval: { count: 300_000 } } });
  });
});

describe('mistakes', () => {
  test('an unknown call is named, with the nearest macro and its position', () => {
    expect(failure('select $__timefilter(t)')).toMatchObject({
      code: 'macro_unknown',
      message: 'Cannot expand $__timefilter: there is no macro of that name',
      hint: 'The nearest is $__timeFilter(column)',
      position: 7,
    });
  });

  test('a call that the frontend replaces says so, where it comes through as it is', () => {
    expect(failure('WHERE $__conditionalAll(host IN ($host), $host)')).toMatchObject({
      code: 'macro_arguments',
      message: 'Cannot expand $__conditionalAll: the frontend replaces it, and has not',
      hint: expect.stringContaining('It is written $__conditionalAll(condition, $variable)'),
      position: 6,
    });
  });

  test.each([
    ['$__timeGrp(t)', '$__timeGroup(column, interval[, fill])'],
    ['$__unixEpochNanoFiltre(t)', '$__unixEpochNanoFilter(column)'],
    ['$__fromm(t)', '$__from'],
  ])('%s is nearest to %s', (call, nearest) => {
    expect(failure(call)).toMatchObject({ code: 'macro_unknown', hint: `The nearest is ${nearest}` });
  });

  test.each([
    ['$__timeFilter', 'its arguments are missing'],
    ['$__timeFilter()', 'it takes 1 argument, got 0'],
    ['$__timeFilter(a, b)', 'it takes 1 argument, got 2'],
    ['$__timeFrom(a)', 'it takes no arguments, got 1'],
    ['$__timeGroup(t)', 'it takes 2 or 3 arguments, got 1'],
    ['$__timeGroup(t,)', 'its argument 2 is empty'],
    ['$__timeGroup(/* t */, 1h)', 'its argument 1 is empty'],
    [
      "$__timeGroup(t, '5 minutes')",
      "its interval is '5 minutes', expected one such as '30s', '5m', '1h', '1d', '1w', '1M' or '1y'",
    ],
    ['$__timeGroup(t, 0s)', "its interval is 0s, expected one such as '30s', '5m', '1h', '1d', '1w', '1M' or '1y'"],
    ["$__timeGroup(t, '5m', last)", 'its fill is last, expected NULL, previous or a number'],
    ["$__timeGroup(t, '5m', '')", "its fill is '', expected NULL, previous or a number"],
    ["$__timeGroup(t, '5m'", 'its closing parenthesis is missing'],
    ["$__timeGroup(t, '5m)", 'its closing parenthesis is missing'],
    ['$__timeFilter(t -- )', 'its closing parenthesis is missing'],
  ])('%s: %s', (call, reason) => {
    const name = /^\$\w+/.exec(call)?.[0];
    expect(failure(`select ${call}`)).toMatchObject({
      code: 'macro_arguments',
      message: `Cannot expand ${name}: ${reason}`,
      hint: expect.stringContaining(`It is written ${name}(`),
      position: 7,
    });
  });

  test('in an argument have their own position', () => {
    expect(failure('select $__timeFilter($__timeTo(1))')).toMatchObject({ code: 'macro_arguments', position: 21 });
  });

  test('a date format with letters that mean nothing is refused', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana writes variables so.
    expect(failure("select '${__from:date:dddd}'")).toMatchObject({ code: 'macro_arguments', position: 8 });
  });

  test('calls within calls end at a limit, not in a full stack', () => {
    expect(failure('$__time('.repeat(50_000))).toMatchObject({ code: 'macro_arguments' });
    expect(failure(`${'$__time('.repeat(40)}t${')'.repeat(40)}`)).toMatchObject({
      message: 'Cannot expand $__time: it stands within 32 others',
    });
  });

  test.each([Number.NaN, 0.5, Date.UTC(10_000, 0), 8.64e15, Number.NEGATIVE_INFINITY])(
    'a range that ends at %d has no literals',
    (toMs) => {
      expect(() => expandMacros('select 1', { ...context, toMs })).toThrow(
        expect.objectContaining({ code: 'time_range_invalid' }),
      );
    },
  );
});

describe('originalPosition()', () => {
  const sql = "select $__timeGroup(t, '5m'), oops, '$__interval' from x";
  const expanded = expandMacros(sql, context);

  test.each(['select', 'oops', "' from", ' x'])('finds %o where the person wrote it', (text) => {
    expect(originalPosition(expanded, expanded.sql.indexOf(text))).toBe(sql.indexOf(text));
  });

  test.each([
    ['INTERVAL', '$__timeGroup'],
    ['300', '$__timeGroup'],
    ['20s', '$__interval'],
  ])('finds for %s the beginning of %s', (text, macro) => {
    expect(originalPosition(expanded, expanded.sql.indexOf(text))).toBe(sql.indexOf(macro));
  });

  test('keeps the end at the end, and what lies behind it too', () => {
    expect(originalPosition(expanded, expanded.sql.length)).toBe(sql.length);
    expect(originalPosition(expanded, expanded.sql.length + 10)).toBe(sql.length);
  });
});
