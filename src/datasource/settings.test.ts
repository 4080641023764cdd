import { describe, expect, test } from 'vitest';
import { parseSettings } from './settings.ts';

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
    ['64MiB', 67_108_864],
    ['100', 100],
    [268_435_456, 268_435_456],
    [null, undefined],
  ])('takes %j as bytes of a result', (bytes, expected) => {
    expect(parse({ limits: { bytes } }).limits.bytes).toBe(expected);
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
    [{ duckdb: { tables: [{ name: '', path: 'p' }] } }, 'duckdb.tables.0.name: expected a name'],
    [{ duckdb: { directories: [''] } }, 'duckdb.directories.0: expected a path'],
    [{ limits: { rows: -1 } }, 'limits.rows: expected a whole number above 0'],
    [{ limits: { rows: 1.5 } }, 'limits.rows: expected a whole number above 0'],
    [{ limits: { rows: '10' } }, 'limits.rows: expected number, got string'],
    [{ limits: { timeoutSeconds: 0 } }, 'limits.timeoutSeconds: expected a number above 0'],
    [{ limits: { bytes: 'much' } }, 'limits.bytes: expected a size such as 512MiB'],
    [{ limits: { bytes: 0 } }, 'limits.bytes: expected a size such as 512MiB'],
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

function parse(settings: unknown) {
  return parseSettings(Buffer.from(JSON.stringify(settings)));
}
