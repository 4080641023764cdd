import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adminSettingsFrom } from './environment.ts';

describe('adminSettingsFrom()', () => {
  test('allows no directory and 16 queries at once where nothing is said', () => {
    const maxThreads = availableParallelism();
    expect(adminSettingsFrom({})).toMatchObject({ allowedDirectories: [], maxQueries: 16, maxThreads });
  });

  test('reads every variable', () => {
    const admin = adminSettingsFrom({
      GF_PLUGIN_ALLOWED_DIRECTORIES: ['/data', '', ' /more '].join(delimiter),
      GF_PLUGIN_MAX_ROWS: '10',
      GF_PLUGIN_MAX_BYTES: '1MiB',
      GF_PLUGIN_MAX_SECONDS: '5',
      GF_PLUGIN_MAX_QUERIES: '3',
      GF_PLUGIN_MAX_MEMORY: '2GB',
      GF_PLUGIN_MAX_PROCESS_MEMORY: '3GB',
      GF_PLUGIN_MAX_THREADS: '4',
      GF_PLUGIN_TEMPORARY_DIRECTORY: '/spill',
      GF_PLUGIN_MAX_TEMPORARY: '8GiB',
    });
    expect(admin).toEqual({
      allowedDirectories: ['/data', '/more'],
      maxRows: 10,
      maxBytes: 1_048_576,
      maxSeconds: 5,
      maxQueries: 3,
      maxMemoryBytes: 2_000_000_000,
      maxProcessMemoryBytes: 3_000_000_000,
      maxThreads: 4,
      temporary: { directory: '/spill', maxBytes: 8_589_934_592 },
    });
  });

  test('lets nothing spill to disk unless a directory is named', () => {
    expect(adminSettingsFrom({ GF_PLUGIN_MAX_TEMPORARY: '1GiB' }).temporary).toBeUndefined();
    expect(adminSettingsFrom({ GF_PLUGIN_TEMPORARY_DIRECTORY: '/spill' }).temporary?.maxBytes).toBe(4_294_967_296);
  });

  test('keeps an answer below 2 GiB whatever is asked', () => {
    expect(adminSettingsFrom({ GF_PLUGIN_MAX_BYTES: '8GiB' }).maxBytes).toBeLessThan(2 ** 31);
  });

  test('lets no query wait longer than a timer can', () => {
    expect(adminSettingsFrom({ GF_PLUGIN_MAX_SECONDS: '9999999' }).maxSeconds).toBe(86_400);
  });

  test.each([
    ['GF_PLUGIN_ALLOWED_DIRECTORIES', 'data'],
    ['GF_PLUGIN_ALLOWED_DIRECTORIES', ['/data', './more'].join(delimiter)],
    ['GF_PLUGIN_TEMPORARY_DIRECTORY', 'spill'],
    ['GF_PLUGIN_MAX_TEMPORARY', 'much'],
    ['GF_PLUGIN_MAX_ROWS', 'many'],
    ['GF_PLUGIN_MAX_ROWS', '0'],
    ['GF_PLUGIN_MAX_SECONDS', '1.5'],
    ['GF_PLUGIN_MAX_MEMORY', '1 elephant'],
    ['GF_PLUGIN_MAX_PROCESS_MEMORY', '90%'],
  ])('refuses %s=%s rather than running without a ceiling', (name, value) => {
    expect(() => adminSettingsFrom({ [name]: value })).toThrow(`Cannot use ${name}`);
  });
});
