import { expect, test } from 'vitest';
import type { AdHocFilter } from '../../model/query.ts';
import type { QuiverQuery } from '../types.ts';
import { addFilter, queryHasFilter, toggleFilter } from './toggle-filter.ts';

const code: QuiverQuery = { refId: 'A', rawSql: 'SELECT 1', editorMode: 'code' };
const isA: AdHocFilter = { key: 'level', operator: '=', value: 'a' };
const isNotA: AdHocFilter = { ...isA, operator: '!=' };
const other: AdHocFilter = { key: 'host', operator: '=~', value: 'x' };
const options = { key: 'level', value: 'a' };

const withFilters = (...adHocFilters: AdHocFilter[]): QuiverQuery => ({ ...code, adHocFilters });

test.each([
  ['adds a filter', code, 'FILTER_FOR', withFilters(isA)],
  ['adds it behind others', withFilters(other), 'FILTER_OUT', withFilters(other, isNotA)],
  ['takes it away again', withFilters(isA, other), 'FILTER_FOR', withFilters(other)],
  ['leaves no key behind the last', withFilters(isNotA), 'FILTER_OUT', code],
  ['takes the place of the opposite', withFilters(isNotA, other), 'FILTER_FOR', withFilters(other, isA)],
] as const)('toggleFilter() %s', (_, query, type, expected) => {
  expect(toggleFilter(query, { type, options })).toEqual(expected);
});

test('toggleFilter() leaves the SQL and the builder of a built query alone', () => {
  const built: QuiverQuery = {
    ...code,
    editorMode: 'builder',
    builder: { columns: [], filters: [], groupBy: [], orderBy: [] },
  };
  expect(toggleFilter(built, { type: 'FILTER_FOR', options })).toEqual({ ...built, adHocFilters: [isA] });
});

test('an empty value is a filter, a value without a column is none', () => {
  const empty = { key: 'level', value: '' };
  expect(toggleFilter(code, { type: 'FILTER_FOR', options: empty }).adHocFilters).toEqual([{ ...isA, value: '' }]);
  expect(toggleFilter(code, { type: 'FILTER_FOR', options: { value: 'a' } as never })).toBe(code);
});

test('queryHasFilter() knows the value that rows must have, not the one that they must not have', () => {
  expect(queryHasFilter(withFilters(isA), options)).toBe(true);
  expect(queryHasFilter(withFilters(isNotA), options)).toBe(false);
  expect(queryHasFilter(code, options)).toBe(false);
});

test.each([
  ['ADD_FILTER', withFilters(isA), withFilters(isA)],
  ['ADD_FILTER', withFilters(isNotA), withFilters(isA)],
  ['ADD_FILTER_OUT', code, withFilters(isNotA)],
  ['ADD_STRING_FILTER', code, code],
])('addFilter() %s, however often it is asked', (type, query, expected) => {
  const once = addFilter(query, { type, options });
  expect(once).toEqual(expected);
  expect(addFilter(once, { type, options })).toEqual(expected);
});
