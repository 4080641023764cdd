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

function parse(settings: unknown) {
  return parseSettings(Buffer.from(JSON.stringify(settings)));
}
