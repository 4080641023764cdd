import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { askColumn, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder();
const database = join(folder.path, 'd.duckdb');
const none = new AbortController().signal;
let engine: Engine;
let count = 0;

/** A database whose table t holds the value, ready to be put in place. */
async function make(value: number, ...statements: readonly string[]): Promise<string> {
  const path = join(folder.path, `new${count++}.duckdb`);
  await runUnlocked(path, `CREATE TABLE t AS SELECT ${value} AS x FROM range(200000)`, ...statements);
  return path;
}
const value = () => askColumn(engine, 'SELECT DISTINCT x FROM t');

beforeEach(async () => {
  renameSync(await make(1), database);
  writeFileSync(join(folder.path, 'c.csv'), 'y\n7\n');
  const tables = [{ name: 'c', path: join(folder.path, 'c.csv') }];
  engine = await open({ database, tables, allowedDirectories: [folder.path], threads: 1 });
});
afterEach(async () => {
  await engine.close();
  rmSync(database, { force: true });
});
afterAll(() => folder.remove());

describe('a database file that is replaced', () => {
  test('is read by the next query, with its new tables and macros, and by health', async () => {
    expect(await value()).toEqual([1]);
    renameSync(await make(2, 'CREATE TABLE u AS SELECT 3 AS x', 'CREATE MACRO m() AS TABLE SELECT 4 AS x'), database);
    expect(await value()).toEqual([2]);
    expect(await askColumn(engine, 'SELECT x FROM u UNION ALL FROM m() UNION ALL FROM c')).toEqual([3n, 4n, 7n]);
    expect((await engine.health(none)).tables).toEqual(['c', 't', 'u']);
  });

  test('does not disturb who still reads the old one', async () => {
    const { batches } = await engine.query('SELECT x FROM t', { signal: none });
    const rows = batches[Symbol.asyncIterator]();
    let seen = (await rows.next()).value?.rowCount ?? 0;
    renameSync(await make(2), database);
    expect(await value()).toEqual([2]);
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
      expect(next.value.columns[0]).toMatchObject({ values: new Int32Array(next.value.rowCount).fill(1) });
      seen += next.value.rowCount;
    }
    expect(seen).toBe(200_000);
    expect(await value()).toEqual([2]);
  });

  test('is opened once, however many ask', async () => {
    renameSync(await make(2), database);
    const values = await Promise.all(Array.from({ length: 12 }, value));
    expect(values).toEqual(values.map(() => [2]));
  });

  test('a hundred times is read each time', { timeout: 30_000 }, async () => {
    const files = [await make(2), await make(3)];
    for (let i = 0; i < 100; i++) {
      copyFileSync(files[i % 2] as string, `${database}.next`);
      renameSync(`${database}.next`, database);
      expect(await value()).toEqual([2 + (i % 2)]);
    }
  });

  test('by a link that points elsewhere is read too', async () => {
    const link = join(folder.path, 'link.duckdb');
    const [a, b] = [await make(5), await make(6)];
    symlinkSync(a, link);
    const linked = await open({ database: link, allowedDirectories: [folder.path] });
    expect(await askColumn(linked, 'SELECT DISTINCT x FROM t')).toEqual([5]);
    symlinkSync(b, `${link}.next`);
    renameSync(`${link}.next`, link);
    expect(await askColumn(linked, 'SELECT DISTINCT x FROM t')).toEqual([6]);
    await linked.close();
  });
});

describe('a database file that can no longer be opened', () => {
  test.each([
    ['it is gone', 'file_missing', () => rmSync(database)],
    ['it is no database', 'file_invalid', () => replaceBy('no database '.repeat(2000))],
    ['it is empty', 'file_invalid', () => replaceBy('')],
  ])('is told by health, while queries read the last good one, and is read once it is mended: %s', async (...row) => {
    const [, code, damage] = row;
    damage();
    expect(await value()).toEqual([1]);
    expect(await failureOf(engine.health(none))).toMatchObject({
      code,
      message: expect.stringMatching(/^Cannot open the database: d\.duckdb .*; queries still read/),
    });
    renameSync(await make(2), database);
    expect(await value()).toEqual([2]);
    expect((await engine.health(none)).tables).toContain('t');
  });

  test('is tried again although it has not changed: its writer may have let go of it', async () => {
    const next = await make(2);
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'hold-database.ts'), next]);
    await once(writer.stdout, 'data');
    renameSync(next, database);
    expect(await value()).toEqual([1]);
    expect(await failureOf(engine.health(none))).toMatchObject({ code: 'database_busy' });
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    // Longer than the time between two tries.
    await sleep(1100);
    expect(await value()).toEqual([2]);
  });
});

function replaceBy(content: string): void {
  writeFileSync(`${database}.next`, content);
  renameSync(`${database}.next`, database);
}
