import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runUnlocked, temporaryFolder } from '../engine/duckdb.ts';
import { type AskResource, openResources } from './ask-resource.ts';

const folder = temporaryFolder('data', 'outside');
const at = (name: string) => join(folder.path, 'data', name);
let ask: AskResource;

beforeAll(async () => {
  await runUnlocked(
    at('shop.duckdb'),
    `CREATE TABLE orders AS SELECT * FROM (VALUES (1, 'b', 'it''s'), (2, 'a', NULL), (3, 'b', '</script>')) AS v(id, host, "odd ""name""")`,
    'CREATE TABLE hosts("HOST" VARCHAR, since DATE)',
    "INSERT INTO hosts VALUES ('c', DATE '2026-01-02')",
    "CREATE MACRO secret_sum(a, b) AS a + b + length('/secret/path')",
  );
  for (const [name, text] of [
    ['visits.csv', 'time,host,page\n2026-01-01 00:00:00,d,/\n'],
    ['part-1.csv', 'n\n1\n'],
    ['part-2.csv', 'n\n2\n'],
    ['text.xyz', 'a'],
    ['orders.csv', 'x\n1\n'],
  ] as const) {
    writeFileSync(at(name), text);
  }
  writeFileSync(join(folder.path, 'outside', 'secret.csv'), 'secret\n1\n');
  symlinkSync(join(folder.path, 'outside', 'secret.csv'), at('leads-out.csv'));
  ask = openResources(
    {
      database: at('shop.duckdb'),
      tables: ['visits.csv', 'part-*.csv', 'gone.csv', 'text.xyz', 'leads-out.csv', 'orders.csv']
        .map((file) => ({ name: file.replace(/\..*/, ''), path: at(file) }))
        .concat({ name: 'outside', path: join(folder.path, 'outside', 'secret.csv') }),
    },
    [join(folder.path, 'data')],
  );
}, 60_000);

afterAll(async () => {
  await ask.close();
  folder.remove();
});

describe('GET tables', () => {
  test('tells of each table of the settings what was found, in their order', async () => {
    const { status, payload } = await ask.get('tables');
    expect(status).toBe(200);
    expect(payload).toEqual([
      {
        name: 'visits',
        files: 1,
        columns: [
          { name: 'time', sql: 'time', type: 'TIMESTAMP', kind: 'time' },
          { name: 'host', sql: 'host', type: 'VARCHAR', kind: 'text' },
          { name: 'page', sql: 'page', type: 'VARCHAR', kind: 'text' },
        ],
      },
      { name: 'part-*', files: 2, columns: [{ name: 'n', sql: 'n', type: 'BIGINT', kind: 'number' }] },
      { name: 'gone', error: expect.objectContaining({ code: 'file_missing', hint: expect.any(String) }) },
      { name: 'text', error: expect.objectContaining({ code: 'settings_invalid', hint: expect.any(String) }) },
      { name: 'leads-out', error: expect.objectContaining({ code: 'file_not_allowed' }) },
      { name: 'orders', error: expect.objectContaining({ code: 'settings_invalid' }) },
      { name: 'outside', error: expect.objectContaining({ code: 'file_not_allowed' }) },
    ]);
  });

  test('a data source without tables has none', async () => {
    const empty = openResources({});
    expect(await empty.get('tables')).toEqual({ status: 200, payload: [] });
    await empty.close();
  });
});

describe('GET tag-keys', () => {
  test('lists the columns of every table that can be read, each name once', async () => {
    const { status, payload } = await ask.get('tag-keys');
    expect(status).toBe(200);
    expect(payload.data.map(({ text }: { text: string }) => text)).toEqual([
      'HOST',
      'id',
      'n',
      'odd "name"',
      'page',
      'since',
      'time',
    ]);
  });

  test('says that tables cannot be read, whose columns are missing', async () => {
    const { payload } = await ask.get('tag-keys');
    expect(payload.error).toEqual({
      code: 'file_missing',
      message: expect.stringMatching(/^Cannot read the table gone: .*gone\.csv.*, and 3 other tables neither$/),
      hint: expect.any(String),
    });
    const whole = openResources({ initSql: 'CREATE TABLE t AS SELECT 1 AS a' });
    expect(await whole.get('tag-keys')).toEqual({ status: 200, payload: { data: [{ text: 'a' }] } });
    await whole.close();
  });
});

describe('GET tag-values', () => {
  test.each([
    ['host', ['a', 'b', 'c', 'd']],
    ['ID', ['1', '2', '3']],
    ['since', ['2026-01-02']],
    ['odd "name"', ['</script>', "it's"]],
  ])('lists what stands in %s, in every table that has it', async (key, values) => {
    const { status, payload } = await ask.get(`tag-values?key=${encodeURIComponent(key)}`);
    expect(status).toBe(200);
    expect(payload).toEqual(values.map((text) => ({ text })));
  });

  test.each([
    'nothing',
    'id" FROM orders; DROP TABLE orders; --',
    `"id" || (SELECT content FROM read_text('/etc/passwd'))`,
    'secret',
    '*',
    "'",
  ])('%s is the name of no column', async (key) => {
    const { status, payload } = await ask.get(`tag-values?key=${encodeURIComponent(key)}`);
    expect([status, payload.code]).toEqual([404, 'name_unknown']);
  });

  test('without a key it is refused', async () => {
    expect(await ask.get('tag-values?key=')).toMatchObject({
      status: 400,
      payload: { code: 'request_invalid', message: expect.stringContaining('key') },
    });
  });

  test('of more than 1,000 values the first come', async () => {
    const many = openResources({
      initSql: "CREATE TABLE t AS SELECT format('{:05}', i) AS k FROM range(5000) AS r(i)",
    });
    const { payload } = await many.get('tag-values?key=k');
    expect([payload.length, payload[0].text, payload.at(-1).text]).toEqual([1000, '00000', '00999']);
    await many.close();
  });
});

describe('GET functions', () => {
  test('lists those that the gate lets run, with their arguments and what they do', async () => {
    const { payload } = await ask.get('functions');
    const byName = new Map<string, unknown>(payload.map((entry: { name: string }) => [entry.name, entry]));
    expect(byName.get('strftime')).toEqual({
      name: 'strftime',
      kind: 'scalar',
      signatures: expect.arrayContaining(['strftime(data, format)']),
      help: expect.stringMatching(/date/),
    });
    expect(byName.get('sum')).toMatchObject({ kind: 'aggregate' });
    expect(byName.get('read_csv')).toMatchObject({ kind: 'table', signatures: ['read_csv(path)'] });
    expect(byName.get('range')).toMatchObject({
      kind: 'scalar',
      signatures: ['range(start)', 'range(start, stop)', 'range(start, stop, step)'],
    });
    for (const name of ['getenv', 'query', 'enable_logging', 'duckdb_settings', 'json_structure', '+', 'glob']) {
      expect(byName.has(name)).toBe(false);
    }
  });

  test("names the database's macros, and not what they are made of", async () => {
    const { payload } = await ask.get('functions');
    expect(payload.filter(({ name }: { name: string }) => name === 'secret_sum')).toEqual([
      { name: 'secret_sum', kind: 'macro', signatures: ['secret_sum(a, b)'] },
    ]);
    expect(JSON.stringify(payload)).not.toContain('/secret/path');
  });
});

test('GET capabilities tells the engine, the formats and the ways to downsample', async () => {
  const { payload } = await ask.get('capabilities');
  expect(payload).toEqual({
    engine: expect.stringMatching(/^DuckDB v\d/),
    formats: ['time_series', 'table', 'logs', 'traces', 'multi'],
    downsamples: ['minmax', 'lttb', 'average'],
  });
});

test('no resource tells a directory that it need not', async () => {
  for (const path of ['catalog', 'catalog?schema=main', 'tag-keys', 'functions', 'capabilities', 'macros']) {
    const { payload } = await ask.get(path);
    expect(JSON.stringify(payload)).not.toContain(folder.path);
  }
});

test('while queries hold every slot, an editor is answered; values of a column wait, which a query reads', async () => {
  const single = openResources({ initSql: 'CREATE TABLE t AS SELECT 1 AS a' }, [], 1);
  const release = Promise.withResolvers<void>();
  const holder = single.queue.run('other', new AbortController().signal, () => release.promise);
  const values = single.get('tag-values?key=a');
  await expect.poll(() => single.queue.waiting).toBe(1);
  const asked = [
    single.get('catalog?schema=main&table=t'),
    single.get('tag-keys'),
    single.get('tables'),
    single.post('validate', { rawSql: 'SELECT a FROM t' }),
    single.post('completions', { rawSql: 'SELECT  FROM t', position: 7 }),
  ];
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(single.queue.waiting).toBe(1);
  release.resolve();
  await holder;
  expect(await values).toEqual({ status: 200, payload: [{ text: '1' }] });
  await single.close();
});
