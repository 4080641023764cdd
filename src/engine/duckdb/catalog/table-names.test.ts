import { expect, test } from 'vitest';
import type { TableEntry } from '../reuse/table-entries.ts';
import { tableOf, tablesFrom } from './table-names.ts';

const entry = (path: string, kind: TableEntry['kind'] = 'table'): TableEntry => {
  const [database = '', schema = '', name = ''] = path.split('/');
  return { database, schema, name, kind, isPlain: true };
};

function namesOf(paths: readonly string[], fileTables: readonly string[] = []) {
  const tables = tablesFrom(
    paths.map((path) => entry(path)),
    { catalog: 'shop', fileTables },
  );
  return tables.map(({ schema, sql }) => `${schema} → ${sql}`);
}

test.each([
  ['the file’s own schema needs no name', ['shop/main/orders'], ['main → orders']],
  ['another one does', ['shop/archive/orders'], ['archive → archive.orders']],
  ['names are quoted where they must be', ['shop/an a/"x"'], ['an a → "an a"."""x"""']],
  ['what init SQL has made stands beside the file’s', ['memory/main/v', 'shop/main/a'], ['main → a', 'main → v']],
  ['what the file hides is left out', ['memory/main/A', 'shop/main/a'], ['main → a']],
  ['of another file all is named', ['more/main/t', 'more/deep/t'], ['more → more.main.t', 'more.deep → more.deep.t']],
  [
    'a schema with a database’s name is qualified',
    ['shop/more/t', 'more/main/u'],
    ['more → shop.more.t', 'more → more.main.u'],
  ],
])('%s', (_, paths, names) => {
  expect(namesOf(paths)).toEqual(names);
});

test('a table of the settings is there once, whether its view has been made or not', () => {
  expect(namesOf(['memory/main/Visits'], ['visits', 'gone'])).toEqual(['main → gone', 'main → visits']);
});

test('a table of the settings that the file hides is the file’s', () => {
  const tables = tablesFrom([entry('shop/main/visits')], { catalog: 'shop', fileTables: ['visits'] });
  expect(tables).toEqual([{ schema: 'main', name: 'visits', kind: 'table', sql: 'visits' }]);
});

test('tableOf() finds the table that DuckDB means', () => {
  const tables = tablesFrom([entry('shop/main/a'), entry('more/deep/a')], { catalog: 'shop', fileTables: [] });
  expect(tableOf(entry('more/deep/a'), tables, 'shop')?.sql).toBe('more.deep.a');
  expect(tableOf(entry('other/main/a'), tables, 'shop')).toBeUndefined();
});
