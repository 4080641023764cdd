import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FieldType } from '../../frame/column.ts';
import { type Bindings, type Connection, type Database, type LogicalType, loadBindings } from './bindings.ts';
import { typeIds } from './type-ids.ts';
import { columnTypeOf, jsonRow, typeTable } from './types.ts';

const bindings: Bindings = loadBindings();
let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await bindings.open(':memory:', bindings.create_config());
  connection = await bindings.connect(database);
});
afterAll(() => {
  bindings.disconnect_sync(connection);
  bindings.close_sync(database);
});

/** How docs/types.md calls a field. */
const words: Readonly<Partial<Record<FieldType, string>>> = {
  bool: 'boolean',
  timestamp: 'time',
  utf8: 'text',
  json: 'JSON',
};

/** Type → field, as docs/types.md has it: one field for all the types of a row, or one for each. */
function documentedFields(): Record<string, string> {
  const page = readFileSync(new URL('../../../docs/types.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| ([A-Z][^|]*) \| ([^|]+) \|/gm)].slice(1);
  return Object.fromEntries(
    rows.flatMap(([, types = '', fields = '']) => {
      const each = fields.split(', ');
      return types.split(', ').map((type, i) => [type, each[i] ?? fields]);
    }),
  );
}

/** The logical types of a statement's columns, by their names. */
async function columnsOf(sql: string): Promise<ReadonlyMap<string, LogicalType>> {
  const statement = await bindings.prepare(connection, sql);
  const indices = Array.from({ length: bindings.prepared_statement_column_count(statement) }, (_, i) => i);
  return new Map(
    indices.map((i) => [
      bindings.prepared_statement_column_name(statement, i),
      bindings.prepared_statement_column_logical_type(statement, i),
    ]),
  );
}

/** The types that a type is made of, itself first. */
function withChildren(logical: LogicalType): readonly number[] {
  const id: number = bindings.get_type_id(logical);
  const count = (length: number) => Array.from({ length }, (_, i) => i);
  const children: Readonly<Record<number, () => readonly LogicalType[]>> = {
    [typeIds.LIST]: () => [bindings.list_type_child_type(logical)],
    [typeIds.ARRAY]: () => [bindings.array_type_child_type(logical)],
    [typeIds.MAP]: () => [bindings.map_type_key_type(logical), bindings.map_type_value_type(logical)],
    [typeIds.STRUCT]: () =>
      count(bindings.struct_type_child_count(logical)).map((i) => bindings.struct_type_child_type(logical, i)),
    [typeIds.UNION]: () =>
      count(bindings.union_type_member_count(logical)).map((i) => bindings.union_type_member_type(logical, i)),
  };
  return [id, ...(children[id]?.() ?? []).flatMap(withChildren)];
}

describe('the table of types', () => {
  const known = { ...typeTable, JSON: jsonRow };

  test('says what docs/types.md says, and of no other type', () => {
    const fields = Object.entries(known).map(([name, { type }]) => [name, words[type] ?? type]);
    expect(documentedFields()).toEqual(Object.fromEntries(fields));
  });

  test('has a row for every type of DuckDB’s own test_all_types(), nested ones included', async () => {
    const columns = [...(await columnsOf('FROM test_all_types()'))];
    expect(columns.length).toBeGreaterThan(50);
    const ids: ReadonlySet<number> = new Set(Object.values(typeIds));
    const missing = columns.filter(([, logical]) => withChildren(logical).some((id) => id === 0 || !ids.has(id)));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  test('has a row for every type that DuckDB lists', async () => {
    const result = await bindings.query(
      connection,
      'SELECT DISTINCT logical_type FROM duckdb_types() WHERE internal ORDER BY ALL',
    );
    const chunk = await bindings.fetch_chunk(result);
    const names = chunk === null ? [] : textsOf(chunk);
    expect(names.length).toBeGreaterThan(35);
    expect(names.filter((name) => !(name in known))).toEqual([]);
  });

  test.each(Object.entries(typeTable))('gives a column of the type %s its field', async (name, row) => {
    const [selected] = (await columnsOf(`SELECT ${examples[name] ?? `NULL::${name}`} AS v`)).values();
    // DuckDB makes a bare NULL an INTEGER before it is a column.
    const logical = name === 'NULL' ? bindings.create_logical_type(typeIds.NULL as number) : selected;
    expect(columnTypeOf(bindings, logical as LogicalType)).toMatchObject(row);
  });

  test('reads a type that nobody has listed as text', () => {
    const later = { ...bindings, logical_type_get_alias: () => null, get_type_id: () => 99 } as unknown as Bindings;
    expect(columnTypeOf(later, {} as LogicalType)).toMatchObject({ type: 'utf8', reader: 'text', rewrite: 'text' });
  });

  test.each([
    `row(1, 2)`,
    `[row(1, 2)]`,
    `array_value(row(1, 2))`,
    `{'a': row(1, 2)}`,
    `MAP {'k': row(1, 2)}`,
    `union_value(n := row(1, 2))`,
  ])('reads as text what JSON would lose a member of: %s', async (sql) => {
    const [logical] = (await columnsOf(`SELECT ${sql} AS v`)).values();
    expect(columnTypeOf(bindings, logical as LogicalType)).toMatchObject({ type: 'utf8', rewrite: 'text' });
  });
});

/** What stands for a type whose name alone makes no column. */
const examples: Readonly<Record<string, string>> = {
  ENUM: `'a'::ENUM('a')`,
  LIST: '[1]',
  ARRAY: '[1]::INTEGER[1]',
  STRUCT: `{'a': 1}`,
  MAP: `MAP {row(1, 2): 1}`,
  UNION: 'union_value(n := 1)',
  NULL: 'NULL',
};

function textsOf(chunk: Parameters<Bindings['data_chunk_get_vector']>[0]): readonly string[] {
  const rows = bindings.data_chunk_get_size(chunk);
  const data = Buffer.from(bindings.vector_get_data(bindings.data_chunk_get_vector(chunk, 0), rows * 16).buffer);
  return Array.from({ length: rows }, (_, row) => {
    const length = data.readUInt32LE(row * 16);
    return length <= 12
      ? data.toString('utf8', row * 16 + 4, row * 16 + 4 + length)
      : Buffer.from(bindings.get_data_from_pointer(data.buffer as ArrayBuffer, row * 16 + 8, length)).toString();
  });
}
