import { describe, expect, test } from 'vitest';
import { adminSettingsFrom } from './environment.ts';
import { engineResourcesFor, limitsFor } from './limits.ts';

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
