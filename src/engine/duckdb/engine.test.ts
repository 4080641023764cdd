import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { loadBindings } from './bindings.ts';
import { type DuckdbConfig, openDuckdb } from './index.ts';
import { Catalog } from './reuse/catalog.ts';

const config: DuckdbConfig = {
  tables: [],
  directories: [],
  allowedDirectories: [],
  memoryLimit: '1GiB',
  threads: 1,
  timezone: 'UTC',
};
// The native library's functions can neither be replaced in place nor be spread.
vi.mock('./bindings.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./bindings.ts')>();
  const bindings = original.loadBindings();
  const names = Object.getOwnPropertyNames(bindings) as (keyof typeof bindings)[];
  const copy = Object.fromEntries(names.map((name) => [name, bindings[name]]));
  return { ...original, loadBindings: () => copy };
});
const bindings = loadBindings();
let opened: MockInstance[];
let closed: MockInstance[];

beforeEach(() => {
  opened = [vi.spyOn(bindings, 'open'), vi.spyOn(bindings, 'connect')];
  closed = [vi.spyOn(bindings, 'close_sync'), vi.spyOn(bindings, 'disconnect_sync')];
});
afterEach(() => {
  vi.restoreAllMocks();
});

const calls = (spies: readonly MockInstance[]) => spies.map(({ mock }) => mock.calls.length);

describe('openDuckdb() closes what it has opened', () => {
  test('when the settings turn out to be wrong', async () => {
    await expect(openDuckdb({ ...config, timezone: 'Nowhere/Here' })).rejects.toThrow(/Nowhere/);
    expect(calls(opened)).toEqual([1, 1]);
    expect(calls(closed)).toEqual([1, 1]);
  });

  test('when two tables have one name', async () => {
    const tables = ['t', 'T'].map((name) => ({ name, path: '/nowhere/t.csv' }));
    await expect(openDuckdb({ ...config, tables })).rejects.toThrow(/two tables/);
    expect(calls(closed)).toEqual(calls(opened));
  });

  test('when the file’s catalog cannot be read', async () => {
    vi.spyOn(Catalog, 'read').mockRejectedValue(new Error('broken'));
    await expect(openDuckdb(config)).rejects.toThrow(/roken/);
    expect(calls(closed)).toEqual(calls(opened));
  });

  test('when the parser cannot be prepared', async () => {
    vi.spyOn(bindings, 'prepare').mockRejectedValue(new Error('broken'));
    await expect(openDuckdb(config)).rejects.toThrow(/roken/);
    expect(calls(opened)).toEqual([1, 2]);
    expect(calls(closed)).toEqual([1, 2]);
  });

  test('on close, once', async () => {
    const engine = await openDuckdb(config);
    await engine.close();
    await engine.close();
    expect(calls(closed)).toEqual(calls(opened));
  });
});

test('DuckDB is asked once for the tables of a file, however many want to know', async () => {
  const { signal } = new AbortController();
  const folder = mkdtempSync(join(tmpdir(), 'quiver-engine-'));
  const database = join(folder, 'd.duckdb');
  const writer = await bindings.open(database, bindings.create_config());
  const connection = await bindings.connect(writer);
  await bindings.query(connection, 'CREATE TABLE a(x INTEGER); CREATE VIEW b AS FROM a');
  bindings.disconnect_sync(connection);
  bindings.close_sync(writer);
  const query = vi.spyOn(bindings, 'query');
  const file = await openDuckdb({ ...config, database, allowedDirectories: [folder] });
  expect((await file.catalog.tables('main', { limit: 9 }, signal)).items.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(await file.describe('FROM a', { signal })).toEqual([{ name: 'x', type: 'int32' }]);
  expect((await file.health(signal)).tables).toEqual(['a', 'b']);
  expect(query.mock.calls.filter(([, sql]) => sql.includes('duckdb_tables()'))).toHaveLength(1);
  await file.close();
  rmSync(folder, { recursive: true });
});

describe('describe()', () => {
  const options = { signal: new AbortController().signal };

  test('tells names and types of the columns, and runs nothing', async () => {
    const execute = vi.spyOn(bindings, 'execute_prepared_streaming');
    const engine = await openDuckdb(config);
    const sql =
      "SELECT DATE '2026-01-01' AS d, 'x' AS t, 1.5::DECIMAL(4, 1) AS a, [1] AS a, error('run')::VARCHAR AS e;\n-- end";
    expect(await engine.describe(sql, options)).toEqual([
      { name: 'd', type: 'timestamp' },
      { name: 't', type: 'utf8' },
      { name: 'a', type: 'float64' },
      { name: 'a', type: 'json' },
      { name: 'e', type: 'utf8' },
    ]);
    expect(await engine.describe('EXPLAIN SELECT 1', options)).toEqual([]);
    expect(execute).not.toHaveBeenCalled();
    await engine.close();
    expect(calls(closed)).toEqual(calls(opened));
  });

  test.each([
    ['SELECT getenv(1)', 'sql_refused'],
    ["COPY (SELECT 1) TO '/tmp/x'", 'sql_not_select'],
    ['SELECT 1) AS q; SELECT (1', 'sql_syntax'],
    ['SELECT 1; SELECT 2', 'sql_multiple_statements'],
  ])('%s passes no other gate than a query', async (sql, code) => {
    const engine = await openDuckdb(config);
    const failure = expect.objectContaining({ code });
    await expect(engine.query(sql, options)).rejects.toEqual(failure);
    await expect(engine.describe(sql, options)).rejects.toEqual(failure);
    await engine.close();
    expect(calls(closed)).toEqual(calls(opened));
  });
});
