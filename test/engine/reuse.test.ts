import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bindings, loadBindings } from '../../src/engine/duckdb/bindings.ts';
import { readNames } from '../../src/engine/duckdb/reuse/ask-names.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, open, runUnlocked, temporaryFolder } from './duckdb.ts';

/** Connections and statements serve several queries: nothing of one may be seen in the next. */

const folder = temporaryFolder();
const csv = join(folder.path, 'sales.csv');
let engine: Engine;

beforeAll(async () => {
  const database = join(folder.path, 'kept.duckdb');
  await runUnlocked(
    database,
    'CREATE TABLE plain AS SELECT i FROM range(3) r(i)',
    'CREATE VIEW seeding AS SELECT setseed(0.5) AS s',
    'CREATE TABLE drawing (i INTEGER, r AS (setseed(i)))',
    'INSERT INTO drawing VALUES (0)',
    'CREATE MACRO abs(x) AS setseed(x)',
    'CREATE MACRO seeds() AS TABLE SELECT setseed(0.5) AS s',
  );
  writeFileSync(csv, 'a\n1\n');
  engine = await open({
    database,
    tables: [{ name: 'sales', path: csv }],
    allowedDirectories: [folder.path],
    directories: [folder.path],
  });
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

/** What one connection of DuckDB draws after `seeding`, when nothing comes between. */
async function drawnAfter(seed: string): Promise<string> {
  const bindings: Bindings = loadBindings();
  const database = await bindings.open(':memory:', bindings.create_config());
  const connection = await bindings.connect(database);
  try {
    await bindings.query(connection, `SELECT setseed(${seed})`);
    const [drawn] = await readNames(bindings, connection, 'SELECT random()::VARCHAR');
    return drawn ?? '';
  } finally {
    bindings.disconnect_sync(connection);
    bindings.close_sync(database);
  }
}

describe('a seed is gone with its query', () => {
  test.each([
    ['SELECT setseed(0.5)', '0.5'],
    ['SELECT * FROM seeding', '0.5'],
    ['SELECT * FROM seeds()', '0.5'],
    ['SELECT * FROM drawing', '0'],
    ['SELECT abs(0.5) FROM plain', '0.5'],
  ])('%s', async (sql, seed) => {
    const drawn = await drawnAfter(seed);
    // The control: DuckDB draws the same each time.
    expect(await drawnAfter(seed)).toBe(drawn);
    await ask(engine, sql);
    expect(await askColumn(engine, 'SELECT random()::VARCHAR')).not.toContain(drawn);
  });
});

describe('the same text is a new query', () => {
  test.each([
    'SELECT epoch_us(now())',
    'SELECT epoch_us(current_timestamp)',
    'SELECT epoch_us(current_localtimestamp())',
    'SELECT random()',
    'SELECT uuid()::VARCHAR',
  ])('%s', async (sql) => {
    const [first] = await askColumn(engine, sql);
    const [second] = await askColumn(engine, sql);
    expect(second).not.toBe(first);
  });

  test('in another time zone', async () => {
    const sql = `SELECT date_trunc('day', TIMESTAMPTZ '2026-06-01 23:30:00+00')::VARCHAR`;
    const days = [];
    for (const timezone of ['Europe/Berlin', 'America/New_York', 'Europe/Berlin']) {
      days.push((await ask(engine, sql, { timezone })).rows[0]?.[0]);
    }
    expect(days).toEqual(['2026-06-02 00:00:00+02', '2026-06-01 00:00:00-04', '2026-06-02 00:00:00+02']);
  });

  test('with digits as text, or not', async () => {
    const answers = [];
    for (const bigintAsText of [undefined, { exceptNames: [] }, { exceptNames: ['i'] }, undefined]) {
      const { fields } = await ask(engine, 'SELECT i FROM plain', bigintAsText === undefined ? {} : { bigintAsText });
      answers.push(fields);
    }
    expect(answers).toEqual([['i:int64'], ['i:utf8'], ['i:int64'], ['i:int64']]);
  });

  test('of a file that was replaced, with another column', async () => {
    const named = `SELECT * FROM read_csv('${csv}')`;
    for (const sql of ['SELECT * FROM sales', named]) {
      expect((await ask(engine, sql)).rows).toEqual([[1n]]);
    }
    writeFileSync(`${csv}.new`, 'b,c\n2,x\n');
    renameSync(`${csv}.new`, csv);
    for (const sql of ['SELECT * FROM sales', named]) {
      const { fields, rows } = await ask(engine, sql);
      expect([fields, rows]).toEqual([['b:int64', 'c:utf8'], [[2n, 'x']]]);
    }
  });

  test('after one that was cancelled', async () => {
    const sql = 'SELECT a.i + b.i + c.i AS n FROM plain a, plain b, plain c ORDER BY n';
    expect(await askColumn(engine, sql)).toHaveLength(27);
    const controller = new AbortController();
    const { batches } = await engine.query(sql, { signal: controller.signal });
    controller.abort();
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'cancelled' });
    expect(await askColumn(engine, sql)).toHaveLength(27);
  });

  test('beside itself, many times', async () => {
    const sql = 'SELECT i FROM plain ORDER BY i';
    const askAll = () => Promise.all(Array.from({ length: 40 }, () => askColumn(engine, sql)));
    const expected = Array.from({ length: 40 }, () => [0n, 1n, 2n]);
    expect(await askAll()).toEqual(expected);
    // Small ones come otherwise the second time: see runPrepared().
    expect(await askAll()).toEqual(expected);
  });
});
