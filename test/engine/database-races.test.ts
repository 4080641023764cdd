import { closeSync, copyFileSync, openSync, readFileSync, renameSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadBindings } from '../../src/engine/duckdb/bindings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const database = at('d.duckdb');
const none = new AbortController().signal;
/** Longer than a file must have been left alone to be read again. */
const quietMs = 1200;
let engine: Engine;
let reports: string[] = [];

/** Of three versions no two have the same layout; in each, all of x is the version's number. */
const rowsOf = [0, 150_000, 100_000, 200_000];
const selects = [
  '',
  `SELECT 1 AS x, i, md5(i::VARCHAR) AS m, [i, 1] AS l`,
  `SELECT [i, i, 2] AS l, 2 AS x, 'abc' || i // 7 AS m, i * 2 AS i`,
  `SELECT i, repeat(chr((65 + i % 20)::INTEGER), (i % 40)::INTEGER) AS m, 3 AS x, [3] AS l`,
];
const versions = [1, 2, 3];
const fileOf = (version: number) => at(`${version}.duckdb`);

beforeAll(async () => {
  for (const version of versions) {
    await runUnlocked(fileOf(version), `CREATE TABLE t AS ${selects[version]} FROM range(${rowsOf[version]}) r(i)`);
  }
});
beforeEach(async () => {
  publish(1);
  reports = [];
  engine = await open({ database, allowedDirectories: [folder.path], report: (message) => reports.push(message) });
});
afterEach(async () => {
  await engine.close();
  rmSync(database, { force: true });
  rmSync(`${database}.wal`, { force: true });
});
afterAll(() => folder.remove());

/** As one should. */
function publish(version: number): void {
  copyFileSync(fileOf(version), `${database}.next`);
  renameSync(`${database}.next`, database);
}

/** As one should not: the same file gets other bytes. */
async function overwrite(version: number, pauseMs?: number): Promise<void> {
  const bytes = readFileSync(fileOf(version));
  const step = pauseMs === undefined ? bytes.length : 1 << 18;
  const file = openSync(database, 'r+');
  for (let offset = 0; offset < bytes.length; offset += step) {
    writeSync(file, bytes, offset, Math.min(step, bytes.length - offset), offset);
    await sleep(pauseMs ?? 0);
  }
  closeSync(file);
  truncateSync(database, bytes.length);
}

/** Which version a query read. A mixture is an error of the test. */
async function versionRead(): Promise<number> {
  const { rows } = await ask(engine, 'SELECT min(x), max(x), count(*), max(length(m)), max(l)::VARCHAR FROM t');
  const [least, most, count] = rows[0] ?? [];
  expect([most, Number(count)]).toEqual([least, rowsOf[Number(least)]]);
  return Number(least);
}

async function readWhile(work: Promise<void>, readers: number): Promise<ReadonlySet<string>> {
  const outcomes = new Set<string>();
  let isOver = false;
  const read = async () => {
    while (!isOver) {
      const outcome = await versionRead().then(String, (error) => (error.name === 'EngineError' ? error.code : error));
      outcomes.add(outcome);
      await sleep(1);
    }
  };
  const reading = Array.from({ length: readers }, read);
  await work.finally(() => {
    isOver = true;
  });
  await Promise.all(reading);
  return outcomes;
}

describe('a database that is replaced by a rename', () => {
  test('200 times while eight read it is read whole each time, and never fails', { timeout: 60_000 }, async () => {
    const replace = async () => {
      for (let i = 0; i < 200; i++) {
        publish(versions[i % 3] as number);
        await sleep(5);
      }
    };
    const outcomes = await readWhile(replace(), 8);
    // Which of them are met is the machine's affair.
    expect(['1', '2', '3']).toEqual(expect.arrayContaining([...outcomes]));
    expect(outcomes.size).toBeGreaterThan(1);
    expect(await versionRead()).toBe(2);
  });
});

describe('a file that init SQL has attached and that is written in place', () => {
  test('is an error for who reads it then, and is read anew once it has been left alone', async () => {
    const config = { directories: [folder.path], allowedDirectories: [folder.path] };
    const own: string[] = [];
    const initSql = `ATTACH '${database}' AS x`;
    const attaching = await open({ ...config, initSql, report: (message) => own.push(message) });
    try {
      expect(await askColumn(attaching, 'SELECT max(x) FROM x.t')).toEqual([1]);
      await overwrite(2);
      expect(await failureOf(ask(attaching, 'SELECT max(m) FROM x.t'))).toMatchObject({
        code: 'database_busy',
        message: 'Cannot read the database: d.duckdb was written in place while it was open',
      });
      expect(own).toEqual([expect.stringContaining('written in place')]);
      await sleep(quietMs);
      expect(await askColumn(attaching, 'SELECT max(x) FROM x.t')).toEqual([2]);
    } finally {
      await attaching.close();
    }
  });
});

describe('a database that is written in place', () => {
  test('is an error that says how to publish, until it has been left alone, and is then read', async () => {
    expect(await versionRead()).toBe(1);
    await overwrite(2);
    expect(await failureOf(versionRead())).toMatchObject({
      code: 'database_busy',
      message: 'Cannot read the database: d.duckdb was written in place while it was open',
      hint: expect.stringContaining('write a new file beside it, and rename that over the old one'),
    });
    expect(await failureOf(engine.health(none))).toMatchObject({ code: 'database_busy' });
    await sleep(quietMs);
    expect(await versionRead()).toBe(2);
    expect((await engine.health(none)).tables).toEqual(['t']);
    expect(reports).toEqual([expect.stringContaining('written in place')]);
  });

  test('while its rows are read is an error, not a mixture', async () => {
    const { batches } = await engine.query('SELECT x, m FROM t WHERE x > 0', { signal: none });
    const rows = batches[Symbol.asyncIterator]();
    expect((await rows.next()).done).toBe(false);
    await overwrite(3);
    const readAll = async () => {
      while ((await rows.next()).done !== true) {}
    };
    expect(await failureOf(readAll())).toMatchObject({ code: 'database_busy' });
  });

  test('and then replaced as it should be is read at once', async () => {
    await overwrite(2);
    expect(await failureOf(versionRead())).toMatchObject({ code: 'database_busy' });
    publish(3);
    expect(await versionRead()).toBe(3);
  });

  test('by who cuts it off is an error, and no older rows are told', async () => {
    truncateSync(database, 300_000);
    expect(await failureOf(versionRead())).toMatchObject({ code: 'database_busy' });
    await sleep(quietMs);
    expect(await failureOf(versionRead())).toMatchObject({ code: 'file_invalid' });
    expect(await failureOf(engine.health(none))).toMatchObject({ code: 'file_invalid' });
    publish(2);
    expect(await versionRead()).toBe(2);
  });

  test('slowly, again and again, is never read half, and does not end the process', { timeout: 60_000 }, async () => {
    const write = async () => {
      for (const version of [2, 3, 1, 2]) {
        await overwrite(version, 3);
        await expect.poll(() => versionRead().catch(() => 0), { timeout: 20_000, interval: 100 }).toBe(version);
      }
    };
    const outcomes = await readWhile(write(), 3);
    const expected = ['1', '2', '3', 'database_busy'];
    expect([...outcomes].filter((outcome) => !expected.includes(outcome))).toEqual([]);
  });
});

describe('a log beside the database', () => {
  test('is read with it, also one that comes later; its file is not written to', async () => {
    const { log } = await withLog(7);
    expect(await askColumn(engine, 'SELECT DISTINCT x FROM t ORDER BY x')).toEqual([7]);
    renameSync(log, `${database}.wal`);
    expect(await askColumn(engine, 'SELECT DISTINCT x FROM t ORDER BY x')).toEqual([7, 107]);
    expect(await askColumn(engine, 'SELECT y FROM late')).toEqual([7]);
  });

  test('of another database is not added to this one', async () => {
    const { log } = await withLog(7);
    renameSync(log, `${database}.wal`);
    expect(await askColumn(engine, 'SELECT DISTINCT x FROM t ORDER BY x')).toEqual([7, 107]);
    // The new one is younger than the log that its producer forgot.
    await sleep(20);
    await runUnlocked(at('new'), 'CREATE TABLE t AS SELECT 8 AS x');
    renameSync(at('new'), database);
    expect(await askColumn(engine, 'SELECT DISTINCT x FROM t ORDER BY x')).toEqual([7, 107]);
    expect(await failureOf(engine.health(none))).toMatchObject({
      code: 'file_invalid',
      message: expect.stringMatching(/^Cannot open the database: d\.duckdb\.wal is older than d\.duckdb/),
      hint: expect.stringContaining('remove d.duckdb.wal'),
    });
    rmSync(`${database}.wal`);
    expect(await askColumn(engine, 'SELECT DISTINCT x FROM t')).toEqual([8]);
  });

  /** Puts a database in place whose last rows are in its log alone. */
  async function withLog(value: number): Promise<{ readonly log: string }> {
    const path = at('logged');
    const bindings = loadBindings();
    const writer = await bindings.open(path, bindings.create_config());
    const connection = await bindings.connect(writer);
    for (const sql of [
      `CREATE TABLE t AS SELECT ${value} AS x FROM range(1000)`,
      'CHECKPOINT',
      'PRAGMA disable_checkpoint_on_shutdown',
      `INSERT INTO t SELECT ${value + 100} FROM range(10)`,
      `CREATE TABLE late AS SELECT ${value} AS y`,
    ]) {
      await bindings.query(connection, sql);
    }
    bindings.disconnect_sync(connection);
    bindings.close_sync(writer);
    renameSync(path, database);
    return { log: `${path}.wal` };
  }
});

describe('a database with damaged blocks', () => {
  beforeEach(async () => {
    const path = at('damaged');
    await runUnlocked(
      path,
      'CREATE TABLE whole AS SELECT 1 AS x',
      `CREATE TABLE bad AS SELECT i, (i * i % 5000)::VARCHAR AS m, 'x' || md5(i::VARCHAR) AS h, [i, i + 1] AS l FROM range(120000) r(i)`,
    );
    swapBlocks(path, 1, 8);
    renameSync(path, database);
  });

  // Each block has its right checksum, so that DuckDB trusts it, fails in its own code, and gives the whole instance up.
  test('is an error of the query that meets them; the next one finds a new instance', async () => {
    expect(await askColumn(engine, 'SELECT x FROM whole')).toEqual([1]);
    for (let i = 0; i < 3; i++) {
      expect(await failureOf(ask(engine, 'SELECT max(l)::VARCHAR FROM bad'))).toMatchObject({
        code: 'file_invalid',
        message: expect.stringMatching(/^The database file is damaged: .*corrupt database file/i),
      });
      expect(await askColumn(engine, 'SELECT x FROM whole')).toEqual([1]);
    }
    expect(reports).toHaveLength(3);
    expect((await engine.health(none)).tables).toEqual(['bad', 'whole']);
  });

  test('does not fail the neighbours of who meets them', async () => {
    const bad = Array.from({ length: 2 }, () => failureOf(ask(engine, 'SELECT max(l)::VARCHAR FROM bad')));
    const good = Array.from({ length: 8 }, () => askColumn(engine, 'SELECT x FROM whole'));
    expect(await Promise.all(good)).toEqual(good.map(() => [1]));
    expect((await Promise.all(bad)).map(({ code }) => code)).toContain('file_invalid');
  });

  function swapBlocks(path: string, one: number, other: number): void {
    const [headers, size] = [12_288, 262_144];
    const bytes = readFileSync(path);
    const [from, to] = [headers + one * size, headers + other * size];
    const kept = Buffer.from(bytes.subarray(from, from + size));
    bytes.copy(bytes, from, to, to + size);
    kept.copy(bytes, to);
    const file = openSync(path, 'r+');
    writeSync(file, bytes);
    closeSync(file);
  }
});
