import { expect, test } from 'vitest';
import { findMacro, macros, nearestMacro } from './index.ts';

test('every macro is named once, with $__', () => {
  const names = macros.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^\$__\w+$/.test(name))).toEqual([]);
});

test('every macro has a signature that begins with its name, and one sentence of help without full stop', () => {
  const wrong = macros.filter(
    ({ name, signature, help }) => !signature.startsWith(name) || !/^[A-Z].*[^.]$/.test(help) || help.includes('\n'),
  );
  expect(wrong).toEqual([]);
});

test('a help text means something without the one before it', () => {
  expect(macros.filter(({ help }) => /\b(same|above|before|it)\b/i.test(help))).toEqual([]);
});

test('the table has the names that Grafana users know', () => {
  expect(macros.map(({ name }) => name.slice(3)).sort()).toEqual(
    [
      'time timeEpoch timeFilter timeFrom timeTo dateFilter timeGroup timeGroupAlias timeInterval',
      'unixEpochFilter unixEpochFrom unixEpochTo unixEpochNanoFilter unixEpochNanoFrom unixEpochNanoTo',
      'unixEpochGroup unixEpochGroupAlias adHocFilters',
      'interval interval_ms interval_s range range_s range_ms from to maxDataPoints searchFilter',
    ]
      .flatMap((line) => line.split(' '))
      .sort(),
  );
});

test('findMacro() knows exact names only', () => {
  expect(findMacro('$__timeFilter')?.name).toBe('$__timeFilter');
  expect(findMacro('timeFilter')).toBeUndefined();
  expect(findMacro('$__timefilter')).toBeUndefined();
  expect(findMacro('constructor')).toBeUndefined();
});

test('nearestMacro() answers for a very long name too', () => {
  expect(nearestMacro(`$__timeFilter${'x'.repeat(1_000_000)}`).name).toMatch(/^\$__/);
});
