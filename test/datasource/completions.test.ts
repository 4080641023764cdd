import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionPayload } from '../../src/model/resources.ts';
import { cursorContext } from '../../src/sql/cursor-context.ts';
import { nearest } from '../../src/sql/nearest.ts';
import { runUnlocked, temporaryFolder } from '../engine/duckdb.ts';
import { costOfSize, maxCostOfSize } from '../growth.ts';
import { type AskResource, openResources } from './ask-resource.ts';

const folder = temporaryFolder('data');
const at = (name: string) => join(folder.path, 'data', name);
let ask: AskResource;
let large: AskResource;

beforeAll(async () => {
  await runUnlocked(
    at('shop.duckdb'),
    'CREATE TABLE orders(id INTEGER, "placed at" TIMESTAMP, total DOUBLE)',
    'CREATE TABLE customers(id INTEGER, name VARCHAR)',
    'CREATE TABLE "売上"("金額" DOUBLE, "order" INTEGER)',
    'CREATE SCHEMA archive',
    'CREATE TABLE archive.old_orders(year INTEGER)',
  );
  await runUnlocked(
    at('large.duckdb'),
    'BEGIN',
    ...Array.from({ length: 5000 }, (_, i) => `CREATE TABLE t${String(i).padStart(4, '0')}(a INTEGER)`),
    `CREATE TABLE wide(${Array.from({ length: 1200 }, (_, i) => `c${i} INTEGER`).join(', ')})`,
    'COMMIT',
  );
  writeFileSync(at('visits.csv'), 'time,page\n2026-01-01 00:00:00,a\n');
  const tables = [
    { name: 'visits', path: at('visits.csv') },
    { name: 'gone', path: at('gone.csv') },
  ];
  ask = openResources({ database: at('shop.duckdb'), tables }, [join(folder.path, 'data')]);
  large = openResources({ database: at('large.duckdb') }, [join(folder.path, 'data')]);
}, 60_000);

afterAll(async () => {
  await ask.close();
  await large.close();
  folder.remove();
});

/** The bar stands for the cursor. */
async function complete(marked: string, resources = ask) {
  const body = { rawSql: marked.replace('|', ''), position: marked.indexOf('|') };
  const { status, payload } = await resources.post('completions', body);
  expect(status).toBe(200);
  return payload as { items: CompletionPayload[]; incomplete: boolean };
}

async function labels(marked: string, kind: CompletionPayload['kind']): Promise<readonly string[]> {
  return (await complete(marked)).items.filter((item) => item.kind === kind).map(({ label }) => label);
}

describe('POST completions', () => {
  test.each(['SELECT * FROM |', 'SELECT * FROM ord|', 'select 1 from orders join |', 'SELECT * FROM orders, |'])(
    'behind FROM and JOIN there are tables and schemas: %s',
    async (marked) => {
      expect(await labels(marked, 'table')).toEqual(['customers', 'gone', 'orders', 'visits', '売上']);
      expect(await labels(marked, 'schema')).toEqual(['archive', 'main']);
      expect(await labels(marked, 'column')).toEqual([]);
    },
  );

  test('behind a schema there are its tables alone', async () => {
    const { items } = await complete('SELECT * FROM archive.|');
    expect(items).toEqual([{ label: 'old_orders', kind: 'table', detail: 'table' }]);
  });

  test.each(['shop', 'SHOP.main'])('behind %s there are the tables of the file', async (schema) => {
    expect(await labels(`SELECT * FROM ${schema}.|`, 'table')).toEqual(['customers', 'orders', '売上']);
  });

  test.each([
    ['SELECT * FROM shop.archive.|', ['old_orders']],
    ['SELECT * FROM nowhere.main.|', []],
  ])('the tables at %s are %j', async (marked, tables) => {
    expect(await labels(marked, 'table')).toEqual(tables);
  });

  test.each([
    ['SELECT | FROM shop.main.orders', ['id', 'placed at', 'total']],
    ['SELECT | FROM orders', ['id', 'placed at', 'total']],
    ['SELECT o.| FROM orders o JOIN customers c USING (id)', ['id', 'placed at', 'total']],
    ['SELECT orders.to| FROM orders', ['id', 'placed at', 'total']],
    ['SELECT * FROM orders o JOIN customers c ON o.id = c.|', ['id', 'name']],
    ['SELECT | FROM orders, customers', ['id', 'placed at', 'total', 'name']],
    ['SELECT | FROM archive.old_orders', ['year']],
    ['SELECT | FROM visits WHERE $__timeFilter(time)', ['time', 'page']],
    ['SELECT | FROM 売上', ['金額', 'order']],
    ['SELECT "売上".| FROM "売上"', ['金額', 'order']],
    ['SELECT s.| FROM (SELECT total AS t FROM orders WHERE $__timeFilter("placed at")) s', ['t']],
    ['WITH a AS (SELECT id AS x FROM orders) SELECT | FROM a', ['x']],
    ['SELECT id FROM orders WHERE id IN (SELECT | FROM customers)', ['id', 'name', 'placed at', 'total']],
    ['SELECT id FROM orders -- FROM customers\nWHERE |', ['id', 'placed at', 'total']],
    ['SELECT | FROM gone', []],
    ['SELECT | FROM nowhere', []],
    ['SELECT x.| FROM orders', []],
    [`SELECT | FROM read_text('/etc/passwd')`, []],
    ['SELECT | FROM duckdb_secrets()', []],
    ['SELECT | FROM (DROP TABLE orders)', []],
  ])('the columns at %s are %j', async (marked, columns) => {
    expect(await labels(marked, 'column')).toEqual(columns);
  });

  test('columns tell their types, and are quoted where they must be', async () => {
    const { items } = await complete('SELECT o.| FROM orders o');
    expect(items).toEqual([
      { label: 'id', kind: 'column', detail: 'INTEGER' },
      { label: 'placed at', kind: 'column', detail: 'TIMESTAMP', insertText: '"placed at"' },
      { label: 'total', kind: 'column', detail: 'DOUBLE' },
    ]);
  });

  test('a name that was begun with a quote is finished with one, and no function is', async () => {
    const { items } = await complete('SELECT "pl| FROM orders');
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['column', 'table']));
    expect(items.find(({ label }) => label === 'id')?.insertText).toBe('"id"');
  });

  test('elsewhere there are functions with their arguments, macros with their help, and keywords', async () => {
    const { items } = await complete('select | from orders');
    const byLabel = new Map(items.map((item) => [`${item.kind} ${item.label}`, item]));
    expect(byLabel.get('function date_trunc')).toMatchObject({
      insertText: 'date_trunc($0)',
      isSnippet: true,
      detail: '(part, timestamp)',
      help: expect.stringMatching(/precision/),
    });
    expect(byLabel.get('macro $__timeGroup')).toMatchObject({
      insertText: '$__timeGroup($0)',
      isSnippet: true,
      detail: '(column, interval[, fill])',
      help: expect.stringMatching(/\w/),
    });
    expect(byLabel.get('keyword group by')).toBeDefined();
    expect(byLabel.has('function duckdb_settings')).toBe(false);
    expect(items[0]).toMatchObject({ kind: 'column' });
  });

  test('a call that has its parenthesis gets no other', async () => {
    const { items } = await complete('SELECT date_tr|(x)');
    expect(items.find(({ label }) => label === 'date_trunc')).not.toHaveProperty('insertText');
  });

  test.each([
    ['SELECT $__ti|', true],
    ["SELECT INTERVAL '$__int|'", false],
  ])('behind a dollar there are macros alone: %s', async (marked, withCalls) => {
    const { items } = await complete(marked);
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['macro']));
    expect(items.some(({ label }) => label === '$__interval')).toBe(true);
    expect(items.some(({ label }) => label === '$__timeFilter')).toBe(withCalls);
  });

  test.each(["SELECT 'a|'", 'SELECT 1 -- a|', 'SELECT a AS |', '/* |'])('there is nothing at %s', async (marked) => {
    expect(await complete(marked)).toEqual({ items: [], incomplete: false });
  });

  test.each(['|', '(((|', 'SELECT FROM WHERE |', "SELECT 'open |", ')))|', 'SELECT * FROM "|', '\u0000|', '\ud800|'])(
    'half-written SQL is no failure: %j',
    async (marked) => {
      await complete(marked);
    },
  );

  test('of 5,000 tables the first 1,000 come, and those that have the word once there is one', async () => {
    const all = await complete('SELECT * FROM |', large);
    expect([all.items.length, all.incomplete]).toEqual([1000, true]);
    const found = await complete('SELECT * FROM t4999|', large);
    expect(found.items.filter(({ kind }) => kind === 'table').map(({ label }) => label)).toEqual(['t4999']);
  });

  test('of more than 1,000 things those that have the word come, and it is said', async () => {
    const { items, incomplete } = await complete('SELECT c119| FROM wide', large);
    expect(incomplete).toBe(true);
    expect(items.filter(({ kind }) => kind === 'column').map(({ label }) => label)).toEqual([
      'c119',
      ...Array.from({ length: 10 }, (_, i) => `c119${i}`),
    ]);
  });

  test.each([
    ['WITH a AS (SELECT 1 AS x), b AS (SELECT | FROM a) SELECT * FROM b, orders', ['x']],
    ['WITH a AS (SELECT 1 AS x), b AS (SELECT nowhere FROM a) SELECT | FROM b, a, customers', ['x', 'id', 'name']],
    [
      'WITH a AS (WITH i AS (SELECT 1 AS x) FROM i) SELECT | FROM a JOIN (WITH j AS (SELECT 2 AS y) FROM j)',
      ['x', 'y'],
    ],
    ['SELECT | FROM orders o JOIN nowhere n ON o.id = n.id', ['id', 'placed at', 'total']],
  ])('what cannot be read leaves the rest: at %s the columns are %j', async (marked, columns) => {
    expect(await labels(marked, 'column')).toEqual(columns);
  });

  test('twenty common table expressions of a long statement are read at once', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `s${i}`);
    const filler = Array.from({ length: 250 }, (_, i) => `nullif(x, ${i}) AS c${i}`).join(', ');
    const ctes = names.map(
      (name, i) => `${name} AS (SELECT x, ${filler}, x AS own_${i} FROM ${names[i - 1] ?? 'range(5) r(x)'})`,
    );
    const marked = `WITH ${ctes.join(', ')} SELECT | FROM ${names.join(', ')}`;
    expect(marked.length).toBeGreaterThan(100_000);
    const { items } = await complete(marked);
    const columns = items.filter(({ kind }) => kind === 'column');
    expect(columns.slice(251).map(({ label }) => label)).toEqual(names.map((_, i) => `own_${i}`));
    expect(columns[0]).toMatchObject({ label: 'x', help: `In ${names.join(', ')}` });
  });

  test('where one of them cannot be read, the nearest are, and it is said', async () => {
    const filler = Array.from({ length: 4000 }, (_, i) => `x AS c${i}`).join(', ');
    const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
    const ctes = names.map(
      (name) => `${name} AS (SELECT x AS ${name}_x, ${name === 's6' ? 'nowhere' : '1 AS z'} FROM range(5) r(x))`,
    );
    const marked = `WITH a AS (SELECT ${filler} FROM range(5) r(x)), ${ctes.join(', ')} SELECT x| FROM ${names.join(', ')}`;
    const { items, incomplete } = await complete(marked);
    const columns = items.filter(({ kind }) => kind === 'column').map(({ label }) => label);
    expect(columns.length).toBeLessThan(names.length);
    expect(columns).toEqual(['s0_x', 'z', ...names.map((name) => `${name}_x`).slice(1, columns.length - 1)]);
    expect([items.length < 1000, incomplete]).toEqual([true, true]);
  });

  test('while other looks hold every slot there are no columns, and it is said; nobody waits', async () => {
    const single = openResources({ initSql: 'CREATE TABLE t AS SELECT 1 AS a' }, [], 1);
    const release = Promise.withResolvers<void>();
    const holder = single.looks.run('other', new AbortController().signal, () => release.promise);
    for (const marked of ['SELECT | FROM t', 'SELECT t.| FROM t']) {
      const { items, incomplete } = await complete(marked, single);
      expect([items.some(({ kind }) => kind === 'column'), incomplete]).toEqual([false, true]);
    }
    release.resolve();
    await holder;
    const { items, incomplete } = await complete('SELECT t.| FROM t', single);
    expect([items.map(({ label }) => label), incomplete]).toEqual([['a'], false]);
    await single.close();
  });

  test.each([[{ rawSql: 'SELECT ' }], [{ rawSql: 'SELECT ', position: -1 }], [{ rawSql: 1, position: 1 }]])(
    '%j is refused',
    async (body) => {
      expect(await ask.post('completions', body)).toMatchObject({ status: 400, payload: { code: 'request_invalid' } });
    },
  );
});

test('a statement that is far too long for an editor has no completions', async () => {
  const start = '-- a list\n'.repeat(14_000);
  expect(await complete(`${start}SELECT |`)).toEqual({ items: [], incomplete: false });
  expect((await complete(`${start.slice(0, 1000)}SELECT |`)).items).not.toEqual([]);
});

test.each(['(', '"', "'", 'a.', '$a$', 'FROM a, ', 'WITH a AS ('])(
  'to look around a cursor costs what goes with the length of the text, made of %s',
  (piece) => {
    const cost = costOfSize(
      (size) => piece.repeat(size / piece.length),
      1_000_000,
      (sql) => cursorContext(sql, sql.length),
    );
    expect(cost).toBeLessThan(maxCostOfSize);
  },
);

test('nearest() looks at the same letters of a name however long it is', () => {
  const names = Array.from({ length: 2000 }, (_, i) => String(i));
  const cost = costOfSize(
    (size) => 'x'.repeat(size),
    1_000_000,
    (name) => nearest(name, names),
  );
  expect(cost).toBeLessThan(0.5);
});
