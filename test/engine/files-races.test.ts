import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { type Answer, ask, askColumn, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder('data');
const data = join(folder.path, 'data');
const formats = ['parquet', 'csv', 'json'] as const;
type Format = (typeof formats)[number];
const fileOf = (version: number, format: Format) => join(folder.path, `${version}.${format}`);
const target = (format: Format) => join(data, `t.${format}`);

/** Versions 1 and 2 differ in their columns' order and types and in their rows; 1 and 3 in every value, and in no byte of their length. */
const rowsOf = [0, 30_000, 50_000, 30_000];
const selects = ['', `1 AS x, i, 'one' AS s`, `'two' AS s, 2.5 AS x, [i] AS l`, `3 AS x, i, 'two' AS s`];

beforeAll(async () => {
  const copies = [1, 2, 3].flatMap((version) =>
    formats.map((format) => {
      const rows = `SELECT ${selects[version]} FROM range(${rowsOf[version]}) r(i)`;
      return `COPY (${rows}) TO '${fileOf(version, format)}' ${format === 'parquet' ? '(COMPRESSION uncompressed)' : ''}`;
    }),
  );
  await runUnlocked(':memory:', ...copies);
});
afterAll(() => folder.remove());

function publish(version: number, format: Format): void {
  copyFileSync(fileOf(version, format), `${target(format)}.next`);
  renameSync(`${target(format)}.next`, target(format));
}

/** Columns, all that is in x, and how many rows. */
function describeAnswer({ fields, rows }: Answer): string {
  const x = fields.findIndex((field) => field.startsWith('x:'));
  return `${fields} ${[...new Set(rows.map((row) => row[x]))]} ${rows.length}`;
}

/** The same file gets other bytes, as `cp` and `rsync --inplace` write. */
function overwrite(version: number, format: Format): void {
  const bytes = readFileSync(fileOf(version, format));
  const file = openSync(target(format), 'r+');
  writeSync(file, bytes);
  closeSync(file);
  truncateSync(target(format), bytes.length);
}

async function withEngine(format: Format, work: (engine: Engine) => Promise<void>): Promise<void> {
  const tables = [{ name: 't', path: target(format) }];
  const engine = await open({ tables, directories: [data], allowedDirectories: [data] });
  await work(engine).finally(() => engine.close());
}

describe.each(formats)('a %s file', (format) => {
  test.each([
    ['table', 't'],
    ['path', `'${target(format)}'`],
  ])(
    'that is replaced again and again while six read it by its %s is read whole each time',
    { timeout: 60_000 },
    async (_, source) => {
      publish(1, format);
      await withEngine(format, async (engine) => {
        const outcomes = new Set<unknown>();
        let isOver = false;
        const read = async () => {
          while (!isOver) {
            outcomes.add(await ask(engine, `SELECT * FROM ${source}`).then(describeAnswer, String));
          }
        };
        const reading = Array.from({ length: 6 }, read);
        for (let i = 0; i < 40; i++) {
          publish(2 - (i % 2), format);
          await sleep(30);
        }
        isOver = true;
        await Promise.all(reading);
        const [int, double] = format === 'parquet' ? ['int32', 'float64'] : ['int64', 'float64'];
        const list = format === 'csv' ? 'utf8' : 'json';
        expect([...outcomes].sort()).toEqual([
          `s:utf8,x:${double},l:${list} 2.5 50000`,
          `x:${int},i:int64,s:utf8 1 30000`,
        ]);
      });
    },
  );

  test.each(['renamed', 'in place'])('of the same length and times is read anew: %s', async (how) => {
    publish(1, format);
    const long = new Date('2026-01-01T00:00:00Z');
    utimesSync(target(format), long, long);
    await withEngine(format, async (engine) => {
      const sum = () => askColumn(engine, 'SELECT max(x)::INTEGER FROM t');
      expect([await sum(), await sum()]).toEqual([[1], [1]]);
      how === 'renamed' ? publish(3, format) : overwrite(3, format);
      utimesSync(target(format), long, long);
      expect(await sum()).toEqual([3]);
      expect(await askColumn(engine, `SELECT max(x)::INTEGER FROM '${target(format)}'`)).toEqual([3]);
    });
  });

  test('that is written in place while its rows are read is an error that says how to publish', async () => {
    publish(1, format);
    await withEngine(format, async (engine) => {
      const { batches } = await engine.query('SELECT x, s FROM t', { signal: new AbortController().signal });
      const rows = batches[Symbol.asyncIterator]();
      expect((await rows.next()).done).toBe(false);
      overwrite(3, format);
      const readAll = async () => {
        while ((await rows.next()).done !== true) {}
      };
      expect(await failureOf(readAll())).toMatchObject({
        code: 'file_invalid',
        message: `t.${format} was written in place while it was read`,
        hint: expect.stringContaining('write a new file beside it, and rename that over the old one'),
      });
      expect(await askColumn(engine, 'SELECT DISTINCT x::INTEGER FROM t')).toEqual([3]);
    });
  });

  test('that is cut off while its rows are read is an error', async () => {
    publish(2, format);
    await withEngine(format, async (engine) => {
      const { batches } = await engine.query('SELECT x, s FROM t', { signal: new AbortController().signal });
      const rows = batches[Symbol.asyncIterator]();
      expect((await rows.next()).done).toBe(false);
      truncateSync(target(format), 1000);
      const readAll = async () => {
        while ((await rows.next()).done !== true) {}
      };
      expect(await failureOf(readAll())).toMatchObject({ code: 'file_invalid' });
    });
  });
});

test.each(['csv', 'json'] as const)('a %s file that only grows is read as far as it has come', async (format) => {
  publish(1, format);
  await withEngine(format, async (engine) => {
    const { batches } = await engine.query('SELECT x FROM t', { signal: new AbortController().signal });
    const line = format === 'csv' ? '1,9,one\n' : '{"x":1,"i":9,"s":"one"}\n';
    appendFileSync(target(format), line);
    let rows = 0;
    for await (const { rowCount } of batches) {
      rows += rowCount;
    }
    expect([30_000, 30_001]).toContain(rows);
    expect(await askColumn(engine, 'SELECT count(*) FROM t')).toEqual([30_001n]);
  });
});
