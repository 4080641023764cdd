import { describe, expect, test } from 'vitest';
import { adminSettingsFrom } from './environment.ts';
import { engineResourcesFor, limitsFor, parseSettings } from './settings.ts';

describe('parseSettings()', () => {
  test('makes DuckDB in memory of nothing at all', () => {
    const nothing = { engine: 'duckdb', bigintAsText: false, duckdb: { tables: [], directories: [] }, limits: {} };
    expect(parseSettings(new Uint8Array())).toEqual(nothing);
    expect(parse({ duckdb: { database: '', tables: null } })).toEqual(nothing);
  });

  test('reads every key, and ignores those of Grafana', () => {
    const duckdb = {
      database: '/data/a.duckdb',
      tables: [{ name: 't', path: '/data/*.csv', format: 'csv' }],
      directories: ['/data'],
      initSql: 'CREATE VIEW v AS SELECT 1',
      memoryLimit: '2GiB',
      threads: 4,
      timezone: 'Europe/Berlin',
    };
    const limits = { rows: 1, bytes: 2, timeoutSeconds: 0.5 };
    const settings = { engine: 'duckdb', bigintAsText: true, duckdb, limits };
    expect(parse({ ...settings, timeInterval: '10s', tlsSkipVerify: true })).toEqual(settings);
  });

  test.each([
    [{ engine: 'oracle' }, 'engine: '],
    [{ bigintAsText: 'yes' }, 'bigintAsText: expected boolean'],
    [{ duckdb: { tables: [{ name: 't' }] } }, 'duckdb.tables.0.path: expected string, got nothing'],
    [
      { duckdb: { tables: [{ name: 't', path: 'p', format: 'xls' }] } },
      'duckdb.tables.0.format: expected one of "csv"|"parquet"|"json"',
    ],
    [{ duckdb: { memoryLimit: 'much' } }, 'duckdb.memoryLimit: expected a size'],
    [{ duckdb: { initSql: ['CREATE'] } }, 'duckdb.initSql: expected string'],
    [{ duckdb: { threads: 0 } }, 'duckdb.threads: '],
    [{ duckdb: { timezone: 'Mars/Olympus' } }, 'duckdb.timezone: expected an IANA name'],
    [{ limits: { rows: -1 } }, 'limits.rows: expected number to be >0'],
    [[], 'expected object, got array'],
  ])('refuses %j and names the key', (settings, message) => {
    expect(() => parse(settings)).toThrow(
      expect.objectContaining({ code: 'settings_invalid', message: expect.stringContaining(message) }),
    );
  });

  test('gives each of many settings its own, and tells a failure each time', () => {
    const text = (i: number) => Buffer.from(`{"duckdb": {"threads": ${i}}}`);
    for (const round of [1, 2]) {
      for (let i = 1; i <= 150; i++) {
        expect([round, parseSettings(text(i)).duckdb.threads]).toEqual([round, i]);
      }
      expect(() => parseSettings(text(-1))).toThrow('duckdb.threads');
    }
  });

  test('refuses what is not JSON', () => {
    expect(() => parseSettings(Buffer.from('{'))).toThrow("Cannot use the data source's settings: ");
  });
});

describe('limitsFor()', () => {
  test('has defaults, takes what settings ask, and no more than the admin allows', () => {
    const admin = adminSettingsFrom({ GF_PLUGIN_MAX_ROWS: '2000000', GF_PLUGIN_MAX_SECONDS: '30' });
    expect(limitsFor({}, admin)).toEqual({ rows: 1_000_000, bytes: 268_435_456, timeoutMs: 30_000 });
    expect(limitsFor({ rows: 5_000_000, bytes: 1, timeoutSeconds: 0.5 }, admin)).toEqual({
      rows: 2_000_000,
      bytes: 1,
      timeoutMs: 500,
    });
  });

  test('the queries of one request share the 2 GiB that a host takes', () => {
    const admin = adminSettingsFrom({});
    const bytes = (queries: number) => limitsFor({ bytes: 2 ** 31 }, admin, queries).bytes;
    expect(bytes(1)).toBeGreaterThan(2e9);
    for (const queries of [0, 1, 2, 7, 100]) {
      expect(queries * bytes(queries)).toBeLessThan(2 ** 31);
    }
  });
});

describe('engineResourcesFor()', () => {
  test('has defaults, takes what settings ask, and no more than the admin allows', () => {
    const admin = adminSettingsFrom({ GF_PLUGIN_MAX_MEMORY: '3GiB', GF_PLUGIN_MAX_THREADS: '3' });
    const none = { tables: [], directories: [] };
    expect(engineResourcesFor(none, admin)).toEqual({ memoryBytes: 2 ** 30, threads: 2 });
    expect(engineResourcesFor({ ...none, memoryLimit: '4GiB', threads: 9 }, admin)).toEqual({
      memoryBytes: 3 * 2 ** 30,
      threads: 3,
    });
  });
});

function parse(settings: unknown) {
  return parseSettings(Buffer.from(JSON.stringify(settings)));
}
