import { describe, expect, test } from 'vitest';
import { settingAt, withSetting } from './settings-path.ts';

const saved = { future: [1], duckdb: { database: '/a.duckdb', pragma: { x: 1 } }, limits: { rows: 5 } };

describe('withSetting()', () => {
  test('changes one key, and keeps all others, unknown ones too', () => {
    expect(withSetting(saved, 'duckdb.threads', 3)).toEqual({
      future: [1],
      duckdb: { database: '/a.duckdb', pragma: { x: 1 }, threads: 3 },
      limits: { rows: 5 },
    });
  });

  test('takes a key away where there is no value', () => {
    expect(withSetting(saved, 'duckdb.database', undefined)).toEqual({ ...saved, duckdb: { pragma: { x: 1 } } });
  });

  test('leaves what it was given as it was', () => {
    const before = structuredClone(saved);
    withSetting(saved, 'limits.rows', 6);
    expect(saved).toEqual(before);
  });

  test('makes the group that is missing, or none at all', () => {
    expect(withSetting({}, 'limits.rows', 6)).toEqual({ limits: { rows: 6 } });
    expect(withSetting({ duckdb: null }, 'duckdb.threads', 2)).toEqual({ duckdb: { threads: 2 } });
  });
});

test('settingAt() finds a value, and nothing where there is none', () => {
  expect(settingAt(saved, 'limits.rows')).toBe(5);
  expect(settingAt(saved, 'timeInterval')).toBeUndefined();
  expect(settingAt({ duckdb: 'x' }, 'duckdb.threads')).toBeUndefined();
});
