import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runUnlocked, temporaryFolder } from '../engine/duckdb.ts';
import { type AskResource, openResources } from './ask-resource.ts';

const folder = temporaryFolder('data', 'others');
const at = (name: string) => join(folder.path, 'data', name);
let ask: AskResource;
let large: AskResource;

const tableCount = 5000;

beforeAll(async () => {
  await runUnlocked(
    at('shop.duckdb'),
    'CREATE TABLE orders(id INTEGER, "placed at" TIMESTAMP, total DECIMAL(10,2), paid BOOLEAN, tags VARCHAR[])',
    'CREATE VIEW "Ünpaid ""ones""" AS SELECT id, total FROM orders WHERE NOT paid',
    'CREATE SCHEMA archive',
    "CREATE TYPE mood AS ENUM('ok', 'sad')",
    'CREATE TABLE archive.orders(id INTEGER, mood mood)',
    'CREATE SCHEMA more',
    'CREATE TABLE "売上"("金額" DOUBLE)',
  );
  await runUnlocked(
    at('more.duckdb'),
    'CREATE TABLE extra(e JSON)',
    'CREATE SCHEMA deep',
    'CREATE TABLE deep.sea(d DATE)',
  );
  await runUnlocked(
    at('large.duckdb'),
    'BEGIN',
    ...Array.from({ length: tableCount }, (_, i) => `CREATE TABLE t${String(i).padStart(4, '0')}(a INTEGER, b TEXT)`),
    'COMMIT',
  );
  writeFileSync(at('visits.csv'), 'time,page\n2026-01-01 00:00:00,a\n');
  ask = openResources(
    {
      database: at('shop.duckdb'),
      directories: [join(folder.path, 'data')],
      tables: [
        { name: 'visits', path: at('visits.csv') },
        { name: 'gone', path: at('gone.csv') },
      ],
      initSql: `ATTACH '${at('more.duckdb')}' AS more (READ_ONLY); CREATE VIEW secret_path AS FROM read_csv('${at('visits.csv')}')`,
    },
    [join(folder.path, 'data')],
  );
  large = openResources({ database: at('large.duckdb') }, [join(folder.path, 'data')]);
}, 60_000);

afterAll(async () => {
  await ask.close();
  await large.close();
  folder.remove();
});

describe('GET catalog', () => {
  test('lists the schemas that have tables, and none of the engine', async () => {
    const { status, payload } = await ask.get('catalog');
    expect(status).toBe(200);
    expect(payload).toEqual({
      items: [{ name: 'archive' }, { name: 'main' }, { name: 'more' }, { name: 'more.deep' }],
    });
  });

  test("lists a schema's tables, those of the settings whether their files are there or not", async () => {
    const { payload } = await ask.get('catalog?schema=main');
    expect(payload).toEqual({
      items: [
        { schema: 'main', name: 'gone', kind: 'view', sql: 'gone' },
        { schema: 'main', name: 'orders', kind: 'table', sql: 'orders' },
        { schema: 'main', name: 'secret_path', kind: 'view', sql: 'secret_path' },
        { schema: 'main', name: 'visits', kind: 'view', sql: 'visits' },
        { schema: 'main', name: 'Ünpaid "ones"', kind: 'view', sql: '"Ünpaid ""ones"""' },
        { schema: 'main', name: '売上', kind: 'table', sql: '"売上"' },
      ],
    });
  });

  test.each(['archive', 'main', 'more', 'more.deep'])('each table of %s is found in SQL as it says', async (schema) => {
    const { payload } = await ask.get(`catalog?schema=${schema}`);
    const readable = payload.items.filter(({ name }: { name: string }) => name !== 'gone');
    expect(readable.length).toBeGreaterThan(0);
    for (const { sql } of readable) {
      const { payload: valid } = await ask.post('validate', { rawSql: `SELECT * FROM ${sql}`, format: 'table' });
      expect(valid).toMatchObject({ valid: true });
    }
  });

  test('where a schema has the name of an attached file, both are still told apart', async () => {
    const { payload } = await ask.get('catalog?schema=more');
    expect(payload.items).toEqual([{ schema: 'more', name: 'extra', kind: 'table', sql: 'more.main.extra' }]);
  });

  test("lists a table's columns in its order, with the engine's types", async () => {
    const { payload } = await ask.get('catalog?schema=main&table=orders');
    expect(payload).toEqual({
      items: [
        { name: 'id', sql: 'id', type: 'INTEGER', kind: 'number' },
        { name: 'placed at', sql: '"placed at"', type: 'TIMESTAMP', kind: 'time' },
        { name: 'total', sql: 'total', type: 'DECIMAL(10,2)', kind: 'number' },
        { name: 'paid', sql: 'paid', type: 'BOOLEAN', kind: 'boolean' },
        { name: 'tags', sql: 'tags', type: 'VARCHAR[]', kind: 'other' },
      ],
    });
  });

  test.each([
    ['schema=archive&table=orders', ['id:number', 'mood:text']],
    ['schema=main&table=VISITS', ['time:time', 'page:text']],
    ['schema=more.deep&table=sea', ['d:time']],
    ['schema=more&table=extra', ['e:other']],
    ['schema=more.main&table=extra', ['e:other']],
    ['schema=shop.archive&table=orders', ['id:number', 'mood:text']],
    ['schema=SHOP&table=orders&limit=1', ['id:number']],
    ['schema=shop.main&table=orders&limit=1', ['id:number']],
    [`table=${encodeURIComponent('売上')}`, ['金額:number']],
    [`table=${encodeURIComponent('Ünpaid "ones"')}`, ['id:number', 'total:number']],
    ['table=orders&search=A', ['placed at:time', 'total:number', 'paid:boolean', 'tags:other']],
    ['table=orders&limit=2&after=id', ['placed at:time', 'total:number']],
  ])('knows the columns of %s', async (query, columns) => {
    const { payload } = await ask.get(`catalog?${query}`);
    expect(payload.items.map(({ name, kind }: { name: string; kind: string }) => `${name}:${kind}`)).toEqual(columns);
  });

  test('sees columns that a file has since it was replaced', async () => {
    writeFileSync(at('visits.csv'), 'time,page,host\n2026-01-01 00:00:00,a,b\n');
    const { payload } = await ask.get('catalog?table=visits');
    expect(payload.items.map(({ name }: { name: string }) => name)).toEqual(['time', 'page', 'host']);
    writeFileSync(at('visits.csv'), 'time,page\n2026-01-01 00:00:00,a\n');
  });

  test('says of a table whose file is gone what a query says', async () => {
    const { status, payload } = await ask.get('catalog?table=gone');
    expect(status).toBe(404);
    expect(payload).toMatchObject({ code: 'file_missing', message: expect.stringContaining('gone.csv') });
    expect(JSON.stringify(payload)).not.toContain(folder.path);
  });

  test.each([
    'schema=shop.main&table=visits',
    'table=nothing',
    'schema=nothing',
    'schema=nothing&table=orders',
    'table=orders"; DROP TABLE orders; --',
    `table=orders' OR ''='`,
    `table=${at('visits.csv')}`,
    `table='${at('visits.csv')}'`,
    'table=read_csv(1)',
    'schema=system&table=duckdb_settings',
    'schema=information_schema&table=tables',
    'schema=pg_catalog',
    'table=duckdb_secrets()',
    'table=sqlite_master',
  ])('%s is the name of nothing', async (query) => {
    const { status, payload } = await ask.get(`catalog?${query.replaceAll(/[ ;"']/g, encodeURIComponent)}`);
    expect([status, payload.code]).toEqual([404, 'name_unknown']);
  });

  test('SQL in a search is text', async () => {
    const { payload } = await ask.get(`catalog?schema=main&search=${encodeURIComponent("' OR 1=1 --")}`);
    expect(payload).toEqual({ items: [] });
  });

  test('a page of 5,000 tables has 1,000, and the pages have all', async () => {
    const names: string[] = [];
    const sizes: number[] = [];
    let query = 'schema=main';
    for (let next: string | undefined = ''; next !== undefined; query = `schema=main&after=${next}`) {
      const { payload } = await large.get(`catalog?${query}`);
      sizes.push(payload.items.length);
      names.push(...payload.items.map(({ name }: { name: string }) => name));
      next = payload.next;
    }
    expect(sizes).toEqual([1000, 1000, 1000, 1000, 1000]);
    expect(names).toEqual(Array.from({ length: tableCount }, (_, i) => `t${String(i).padStart(4, '0')}`));
  });

  test('a search goes over all pages', async () => {
    const { payload } = await large.get('catalog?schema=main&search=T4999');
    expect(payload.items.map(({ name }: { name: string }) => name)).toEqual(['t4999']);
  });
});
