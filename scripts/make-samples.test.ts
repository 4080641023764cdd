import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import duckdb from '@duckdb/node-bindings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSamples, samplePath } from './make-samples.ts';

const rows = 6 * 1440;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "quiver's samples-"));
  await makeSamples(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What DuckDB reads from a table or file, as CSV. */
async function csvOf(from: string): Promise<string> {
  const target = join(folder, 'out.txt');
  const database = await duckdb.open(':memory:');
  const connection = await duckdb.connect(database);
  await duckdb.query(
    connection,
    `ATTACH '${samplePath(folder, 'duckdb').replaceAll("'", "''")}' AS sample (READ_ONLY)`,
  );
  await duckdb.query(connection, `COPY (FROM ${from}) TO '${target.replaceAll("'", "''")}' (FORMAT csv, HEADER)`);
  duckdb.disconnect_sync(connection);
  duckdb.close_sync(database);
  return readFileSync(target, 'utf8');
}

describe('makeSamples()', () => {
  test('makes a day of readings, a row a minute for each station', () => {
    const lines = readFileSync(samplePath(folder, 'csv'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(1 + rows);
    expect(lines[0]).toBe('time,station,region,temperature,humidity,gusts,rain,remark,checksum');
    expect(lines[1]).toMatch(/^2026-01-01 00:00:00,bergen,north,/);
    expect(lines.at(-1)).toMatch(/^2026-01-01 23:59:00,utrecht,west,/);
  });

  test.each(['parquet', 'json'] as const)('writes the same rows as CSV and as %s', async (format) => {
    const file = `'${samplePath(folder, format).replaceAll("'", "''")}'`;
    expect(await csvOf(file)).toBe(readFileSync(samplePath(folder, 'csv'), 'utf8'));
  });

  test('writes the same rows into a DuckDB file, and its stations', async () => {
    expect(await csvOf('sample.readings')).toBe(readFileSync(samplePath(folder, 'csv'), 'utf8'));
    expect((await csvOf('sample.stations')).trimEnd().split('\n')).toHaveLength(1 + 6);
  });

  test('makes the same rows from the same seed, and others from another', async () => {
    const again = join(folder, 'again');
    await makeSamples(again, { formats: ['csv'] });
    const same = readFileSync(samplePath(again, 'csv'), 'utf8');
    await makeSamples(again, { formats: ['csv'], seed: 2 });
    const other = readFileSync(samplePath(again, 'csv'), 'utf8');
    expect(same).toBe(readFileSync(samplePath(folder, 'csv'), 'utf8'));
    expect(other).not.toBe(same);
  });

  test('makes as many rows, and only the formats, as asked', async () => {
    const few = join(folder, 'few');
    await makeSamples(few, { rows: 7, formats: ['csv'] });
    expect(readdirSync(few)).toEqual(['readings.csv']);
    expect(readFileSync(samplePath(few, 'csv'), 'utf8').trimEnd().split('\n')).toHaveLength(1 + 7);
  });

  test('carries nulls, texts of 40 characters, and longer remarks', () => {
    const cells = readFileSync(samplePath(folder, 'csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    expect(cells.every((row) => row[8]?.length === 40)).toBe(true);
    expect(cells.some((row) => row[4] === '')).toBe(true);
    expect(cells.some((row) => row[7]?.startsWith('Sensor cleaned'))).toBe(true);
  });
});
