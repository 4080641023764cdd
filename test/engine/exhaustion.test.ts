import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, failureOf, open, temporaryFolder } from './duckdb.ts';

/** In a process of its own, which some of them would end. */
async function outcomesOf(queries: readonly string[], directory?: string): Promise<readonly string[]> {
  const fixture = join(import.meta.dirname, 'fixtures', 'ask-each.ts');
  const child = spawn(process.execPath, [fixture, ...(directory === undefined ? [] : [directory])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(queries));
  return (await text(child.stdout)).split('\n').slice(0, -1);
}

let engine: Engine;
const folder = temporaryFolder();
beforeAll(async () => {
  engine = await open({ directories: [folder.path], allowedDirectories: [folder.path] });
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

describe('JSON of 200,000 levels', () => {
  const lists = `(repeat('[', 200000) || repeat(']', 200000))`;
  const objects = `(repeat('{"a":', 200000) || '1' || repeat('}', 200000))`;

  test.each([
    `json_structure(${lists})`,
    `JSON_Structure(${objects}::JSON)`,
    `json_group_structure(${lists}::JSON)`,
    `json_contains(${lists}, '5')`,
    `json_merge_patch('{"a": 1}', ${objects})`,
    `json_transform('1', ${lists})`,
    `from_json('1', ${objects})`,
    `${lists}::JSON::VARIANT`,
    `TRY_CAST(${lists}::JSON AS VARIANT)`,
    `[${objects}::JSON]::VARIANT[]`,
    `{'a': ${lists}::JSON}::STRUCT(a VARIANT)`,
    `variant_typeof(${lists}::JSON)`,
    `variant_extract(${objects}::JSON, 'a')`,
    `variant_normalize(${objects}::JSON)`,
    `json_deserialize_sql(${lists})`,
    `json_serialize_sql(repeat('/*', 20000))`,
  ])('does not end the process: %s is refused', async (expression) => {
    expect(await outcomesOf([`SELECT ${expression} IS NULL`, 'SELECT 1'])).toEqual(['sql_refused', '1']);
  });

  test('nor does a deep structure that is written out', async () => {
    const structure = `${'['.repeat(100_000)}"INTEGER"${']'.repeat(100_000)}`;
    expect(await outcomesOf([`SELECT json_transform_strict('1', '${structure}')`])).toEqual(['sql_refused']);
  });

  test('goes through the other functions, and flat structures through json_transform', async () => {
    const one = [lists, objects].flatMap((json) =>
      [
        `json_valid(${json})`,
        `length(${json}::JSON::VARCHAR) > 1`,
        `json_extract(${json}, '$[0]') IS NULL = (json_extract(${json}, '$.a') IS NOT NULL)`,
        `json_type(${json}) IN ('ARRAY', 'OBJECT')`,
        `length(to_json([${json}::JSON])::VARCHAR) > 1`,
        `(SELECT count(*) = 1 FROM json_each(${json}))`,
      ].map((expression) => `SELECT ${expression}`),
    );
    const queries = [...one, `SELECT (json_transform('{"a": 1}', '{"a": "INTEGER"}')).a = 1`];
    expect(await outcomesOf(queries)).toEqual(queries.map(() => 'true'));
  });
});

describe('a JSON file of 100,000 levels', () => {
  const deep = (name: string) => join(folder.path, 'json', name);
  const json = `{"a": "]", "b": ${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`;
  beforeAll(() => {
    mkdirSync(join(folder.path, 'json'));
    writeFileSync(deep('deep.json'), json);
    writeFileSync(deep('lines.ndjson'), `{"a": 1}\n{"a": "open}\n${json}`);
    writeFileSync(deep('packed.json.gz'), gzipSync(json));
    writeFileSync(deep('packed.json.zst'), zstdCompressSync(json));
    writeFileSync(deep('gzip.txt'), gzipSync(json));
  });

  test.each([
    `FROM read_json('#/deep.json')`,
    `FROM read_json('#/deep.json', maximum_depth = 1)`,
    `FROM READ_JSON_AUTO(['#/lines.ndjson'], ignore_errors = true)`,
    `FROM read_ndjson('#/lines.ndjson', ignore_errors = true)`,
    `FROM '#/deep.json'`,
    `FROM '#/*.json'`,
    `FROM '#/packed.json.gz'`,
    `FROM read_json('#/packed.json.zst')`,
    `FROM read_json('#/gzip.txt', compression = 'gzip')`,
    `FROM read_json('#/d[e]?p.json')`,
  ])('does not end the process: %s', async (sql) => {
    const queries = [sql.replaceAll('#', join(folder.path, 'json')), 'SELECT 1'];
    expect(await outcomesOf(queries, folder.path)).toEqual(['file_invalid', '1']);
  });

  test('is an error of its table and of health, until it is mended', async () => {
    const path = deep('table.json');
    writeFileSync(path, json);
    const other = await open({ tables: [{ name: 't', path }], allowedDirectories: [folder.path] });
    const failure = {
      code: 'file_invalid',
      message: 'Cannot read the table t: table.json nests its values deeper than 1000 levels',
    };
    expect(await failureOf(ask(other, 'FROM t'))).toMatchObject(failure);
    expect(await failureOf(other.health(new AbortController().signal))).toMatchObject(failure);
    writeFileSync(path, `{"a": ${'['.repeat(900)}${']'.repeat(900)}, "b": "${'['.repeat(5000)}"}`);
    expect(await askColumn(other, 'SELECT length(b) FROM t')).toEqual([5000n]);
    await other.close();
  });
});

describe('a statement that takes long to parse', () => {
  test('is refused where comments make it so', async () => {
    const sql = `${'/*'.repeat(30_000)}${'*/'.repeat(30_000)} SELECT 1`;
    expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_refused', position: 0 });
  });

  test('is refused where it is too long', async () => {
    expect(await failureOf(ask(engine, 'SELECT 1'.padEnd(2 ** 20 + 1)))).toMatchObject({ code: 'sql_refused' });
  });

  test('holds up no other query, and nothing of it runs once it is cancelled', async () => {
    // DuckDB's parser takes the square of their number: seconds for these.
    const slow = `SELECT true${' AND true'.repeat(30_000)}`;
    const controller = new AbortController();
    let isDone = false;
    const pending = failureOf(ask(engine, slow, { signal: controller.signal })).finally(() => {
      isDone = true;
    });
    for (let i = 0; i < 5; i++) {
      expect(await askColumn(engine, `SELECT ${i}`)).toEqual([i]);
    }
    expect(isDone).toBe(false);
    controller.abort();
    expect(await pending).toMatchObject({ code: 'cancelled' });
  });
});

describe('a statement of many parts', () => {
  test.each([
    ['150,000 values in a list', `SELECT len([${'1,'.repeat(149_999)}1])`, 150_000n],
    ['200,000 values behind IN', `SELECT 1 IN (${'2,'.repeat(199_999)}1)`, true],
  ])('runs: %s', async (_, sql, expected) => {
    expect(await askColumn(engine, sql)).toEqual([expected]);
  });

  test('does not stall the process: 15,000 paths', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
    });
    const paths = `'${folder.path}/none.csv',`.repeat(15_000).slice(0, -1);
    expect(await failureOf(ask(engine, `FROM read_csv([${paths}])`))).toMatchObject({ code: 'file_missing' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });
});

describe('a pipe that nobody writes to', () => {
  const pipe = join(folder.path, 'pipe.csv');
  beforeAll(() => {
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  });

  test('is refused in SQL, and left out where a glob finds it', async () => {
    expect(await failureOf(ask(engine, `FROM read_csv('${pipe}')`))).toMatchObject({ code: 'file_invalid' });
    expect(await failureOf(ask(engine, `FROM '${pipe}'`))).toMatchObject({ code: 'file_invalid' });
    writeFileSync(join(folder.path, 'pipe2.csv'), 'x\n1\n');
    expect(await askColumn(engine, `SELECT x FROM read_csv('${folder.path}/pipe*.csv')`)).toEqual([1n]);
  });

  test('is refused as a table, without keeping others from theirs, and as a database', async () => {
    const tables = [
      { name: 'stuck', path: pipe },
      { name: 'good', path: join(folder.path, 'good.csv') },
    ];
    writeFileSync(join(folder.path, 'good.csv'), 'x\n1\n');
    const other = await open({ tables, allowedDirectories: [folder.path] });
    const failures = [ask(other, 'FROM stuck'), other.health(new AbortController().signal)].map(failureOf);
    expect(await askColumn(other, 'FROM good')).toEqual([1n]);
    for (const failure of failures) {
      expect(await failure).toMatchObject({ code: 'file_invalid', message: expect.stringContaining('pipe') });
    }
    await other.close();
    const database = open({ database: pipe, allowedDirectories: [folder.path] });
    expect(await failureOf(database)).toMatchObject({ code: 'file_invalid' });
  });
});
