import { describe, expect, test } from 'vitest';
import { admit } from './gate.ts';

/** What stands in the tree of `SELECT * FROM …`. */
const from = (reference: object) => JSON.stringify({ error: false, statements: [{ node: { from_table: reference } }] });
const reference = (type: string, more: object) => ({ type, alias: '', sample: null, query_location: 14, ...more });
const call = (name: string, children: readonly object[] = []) =>
  reference('TABLE_FUNCTION', { function: { function_name: name, query_location: 14, children } });
const text = (value: string) => ({ type: 'VALUE_CONSTANT', alias: '', value: { is_null: false, value } });
const none: ReadonlySet<string> = new Set();
const sql = 'SELECT * FROM something';

describe('admit()', () => {
  test('refuses a table function that it does not know, unless it is a macro of the attached file', () => {
    const tree = from(call('brand_new'));
    expect(() => admit(sql, tree, none)).toThrow(expect.objectContaining({ code: 'sql_refused', position: 14 }));
    expect(admit(sql, tree, new Set(['brand_new'])).files).toEqual([]);
  });

  test('a macro of the attached file does not open the function whose name it takes', () => {
    expect(() => admit(sql, from(call('Query')), new Set(['query']))).toThrow(
      expect.objectContaining({ code: 'sql_refused' }),
    );
  });

  test('names that JavaScript’s objects have are not known by that', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(() => admit(sql, from(call(name)), none)).toThrow(/not among those known/);
    }
    const scalar = from(call('range', [{ function_name: 'constructor', query_location: 7 }]));
    expect(() => admit(sql, scalar, none)).toThrow(/none of those known/);
  });

  test('refuses a kind of table reference that a later version might bring', () => {
    expect(() => admit(sql, from(reference('REMOTE_TABLE', {})), none)).toThrow(/REMOTE_TABLE/);
  });

  test('collects the tables, and every path of a function that reads files', () => {
    const list = { function_name: 'list_value', alias: '', type: 'FUNCTION', children: [text('/a'), text('/b')] };
    const named = { ...text(','), alias: 'delim' };
    expect(admit(sql, from(call('read_csv', [list, named])), none).files.map(({ path }) => path)).toEqual(['/a', '/b']);
    const table = reference('BASE_TABLE', { table_name: 'Sales', schema_name: '', catalog_name: '' });
    expect(admit(sql, from(table), none).tables).toEqual(new Set(['Sales']));
  });

  test('refuses a path that is reckoned, missing or no text', () => {
    const column = { type: 'COLUMN_REF', alias: '', column_names: ['x'] };
    const number = { type: 'VALUE_CONSTANT', alias: '', value: { is_null: false, value: 3 } };
    for (const children of [[], [column], [number], [text('/a'), column]]) {
      expect(() => admit(sql, from(call('read_csv', children)), none)).toThrow(/written out/);
    }
  });

  test.each(['data.csv', 'x.JSON', 'a.parquet', 'dir/x', 'C:\\x', 'x.ndjson.gz', 'x.duckdb', 'x*'])(
    'takes %s for a file, also when its parts stand apart',
    (name) => {
      const table = reference('BASE_TABLE', { table_name: name, schema_name: '', catalog_name: '' });
      expect(admit(sql, from(table), none).fileLikeTables.map(({ path }) => path)).toEqual([name]);
    },
  );

  test('joins schema and table before it looks for a file', () => {
    const table = reference('BASE_TABLE', { table_name: 'csv', schema_name: 'data', catalog_name: '' });
    expect(admit(sql, from(table), none).fileLikeTables.map(({ path }) => path)).toEqual(['data.csv']);
  });

  test('finds what hangs deep without a deep stack', () => {
    const depth = 50_000;
    const tree = `${'{"child":'.repeat(depth)}${JSON.stringify(call('query'))}${'}'.repeat(depth)}`;
    expect(() => admit(sql, `{"error":false,"statements":[${tree}]}`, none)).toThrow(/query/);
  });
});
