import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { loadBindings } from './bindings.ts';
import { Catalog } from './catalog.ts';
import { type DuckdbConfig, openDuckdb } from './index.ts';

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
