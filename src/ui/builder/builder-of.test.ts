import { expect, test } from 'vitest';
import type { BuilderQuery } from '../../model/builder.ts';
import { builderOf } from './builder-of.ts';

const empty: BuilderQuery = { columns: [], filters: [], groupBy: [], orderBy: [] };
/** With a filter that still lacks its value, which no SQL tells. */
const saved: BuilderQuery = {
  ...empty,
  table: { name: 't' },
  filters: [{ column: 'a', operator: '=', values: [] }],
};

test.each<[string, { builder?: unknown; rawSql?: string }, BuilderQuery, boolean]>([
  ['nothing', {}, empty, false],
  ['the saved one where it has written the SQL', { builder: saved, rawSql: 'SELECT *\nFROM t' }, saved, false],
  ['the saved one where there is no SQL', { builder: saved, rawSql: ' ' }, saved, false],
  [
    'the SQL where it has been changed',
    { builder: saved, rawSql: 'SELECT * FROM u' },
    { ...empty, table: { name: 'u' } },
    false,
  ],
  ['the saved one beside SQL that it cannot show', { builder: saved, rawSql: 'SELECT 1' }, saved, true],
  ['nothing beside SQL that it cannot show', { rawSql: 'SELECT 1' }, empty, true],
])('builderOf() shows %s', (_, query, builder, replacesSql) => {
  expect(builderOf(query as Parameters<typeof builderOf>[0])).toEqual({ builder, replacesSql });
});

test.each<[string, unknown]>([
  ['no object', 'x'],
  ['no lists', {}],
  ['a list of nothing', { ...saved, columns: [null] }],
  ['an aggregate to come', { ...saved, columns: [{ name: 'a', aggregate: 'mode' }] }],
  ['an operator to come', { ...saved, filters: [{ column: 'a', operator: '~', values: [] }] }],
  ['values that are no texts', { ...saved, filters: [{ column: 'a', operator: '=', values: [1] }] }],
  ['a table without a name', { ...saved, table: {} }],
  ['a group by time without a column', { ...saved, groupByTime: {} }],
  ['a group that is no name', { ...saved, groupBy: [{}] }],
  ['an order by nothing', { ...saved, orderBy: [{ direction: 'asc' }] }],
  ['a limit that is no number', { ...saved, limit: '1' }],
])('builderOf() goes by the SQL where what is saved has %s', (_, builder) => {
  const query = { builder, rawSql: 'SELECT 1' } as Parameters<typeof builderOf>[0];
  expect(builderOf(query)).toEqual({ builder: empty, replacesSql: true });
});

test('builderOf() keeps keys that it does not know', () => {
  const future = { ...saved, future: 1 } as BuilderQuery;
  expect(builderOf({ builder: future, rawSql: '' }).builder).toBe(future);
});
