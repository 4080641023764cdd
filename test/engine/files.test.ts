import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DuckdbConfig } from '../../src/engine/duckdb/index.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, failureOf, open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder('data/many', 'data/public', 'outside');
const data = join(folder.path, 'data');
const outside = join(folder.path, 'outside');
const none = new AbortController().signal;

beforeAll(async () => {
  const rows = `(SELECT i, 'row ' || i AS name FROM range(3) t(i))`;
  await runUnlocked(
    ':memory:',
    `COPY ${rows} TO '${data}/a.csv'`,
    `COPY ${rows} TO '${data}/a.csv.gz'`,
    `COPY ${rows} TO '${data}/a.tsv' (DELIMITER '\t')`,
    `COPY ${rows} TO '${data}/a.parquet'`,
    `COPY ${rows} TO '${data}/a.json' (ARRAY true)`,
    `COPY ${rows} TO '${data}/a.ndjson'`,
    `COPY ${rows} TO '${data}/a.dat' (FORMAT csv)`,
    `COPY ${rows} TO '${data}/it''s "odd".csv'`,
    `COPY ${rows} TO '${data}/many/1.parquet'`,
    `COPY ${rows} TO '${data}/many/2.parquet'`,
    `COPY ${rows} TO '${data}/public/open.csv'`,
    `COPY ${rows} TO '${outside}/secret.csv'`,
  );
  await runUnlocked(
    join(data, 'shop.duckdb'),
    `CREATE TABLE orders AS SELECT i, i * 2 AS amount FROM range(5) t(i)`,
    `CREATE VIEW totals AS SELECT sum(amount)::BIGINT AS total FROM orders`,
    `CREATE SCHEMA archive`,
    `CREATE TABLE archive.orders AS SELECT 99::BIGINT AS i`,
    `CREATE MACRO first_orders(n) AS TABLE SELECT i FROM orders ORDER BY i LIMIT n`,
    `CREATE MACRO twice(x) AS x * 2`,
  );
});
afterAll(() => folder.remove());

async function withEngine<T>(config: Partial<DuckdbConfig>, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open({ allowedDirectories: [data], ...config });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const threeRows = [
  [0n, 'row 0'],
  [1n, 'row 1'],
  [2n, 'row 2'],
];

describe('named tables', () => {
  test.each(['a.csv', 'a.csv.gz', 'a.tsv', 'a.parquet', 'a.json', 'a.ndjson', 'it\'s "odd".csv'])(
    'read %s',
    async (file) => {
      await withEngine({ tables: [{ name: 'It\'s "A"', path: join(data, file) }] }, async (engine) => {
        expect((await ask(engine, `FROM "it's ""a""" ORDER BY i`)).rows).toEqual(threeRows);
      });
    },
  );

  test('read a file whose ending says nothing when the format does', async () => {
    await withEngine({ tables: [{ name: 'a', path: join(data, 'a.dat'), format: 'csv' }] }, async (engine) => {
      expect((await ask(engine, 'FROM a ORDER BY i')).rows).toEqual(threeRows);
    });
  });

  test('without a format, an ending that says nothing is an error of that table alone', async () => {
    const tables = [
      { name: 'bad', path: join(data, 'a.dat') },
      { name: 'good', path: join(data, 'a.csv') },
    ];
    await withEngine({ tables }, async (engine) => {
      expect(await failureOf(ask(engine, 'FROM bad'))).toMatchObject({ code: 'settings_invalid' });
      expect(await askColumn(engine, 'SELECT count(*) FROM good')).toEqual([3n]);
    });
  });

  test('may be named as files are', async () => {
    await withEngine({ tables: [{ name: 'b.csv', path: join(data, 'a.csv') }] }, async (engine) => {
      expect(await askColumn(engine, 'SELECT count(*) FROM "B.csv"')).toEqual([3n]);
    });
    await withEngine({ tables: [{ name: 'b.csv', path: join(data, 'nope.csv') }] }, async (engine) => {
      expect(await failureOf(ask(engine, 'FROM "b.csv"'))).toMatchObject({ code: 'file_missing' });
    });
  });

  test('read a glob, and see a file that is added', async () => {
    await withEngine({ tables: [{ name: 'many', path: join(data, 'many', '*.parquet') }] }, async (engine) => {
      expect(await askColumn(engine, 'SELECT count(*) FROM many')).toEqual([6n]);
      await runUnlocked(':memory:', `COPY (SELECT 7::BIGINT AS i, 'x' AS name) TO '${data}/many/3.parquet'`);
      expect(await askColumn(engine, 'SELECT count(*) FROM many')).toEqual([7n]);
      rmSync(join(data, 'many', '3.parquet'));
    });
  });

  test('a missing file is an error that names the table, and the table works once it is there', async () => {
    const path = join(data, 'late.csv');
    const tables = [
      { name: 'late', path },
      { name: 'good', path: join(data, 'a.csv') },
    ];
    await withEngine({ tables }, async (engine) => {
      const failure = await failureOf(ask(engine, 'SELECT * FROM Late'));
      expect(failure).toMatchObject({
        code: 'file_missing',
        message: 'Cannot read the table late: late.csv does not exist',
      });
      expect(await failureOf(engine.health(none))).toMatchObject({ code: 'file_missing' });
      expect(await askColumn(engine, 'SELECT count(*) FROM good')).toEqual([3n]);
      expect(await askColumn(engine, 'WITH late AS (SELECT 5 AS x) SELECT x FROM late')).toEqual([5]);
      writeFileSync(path, 'x\n1\n');
      expect(await askColumn(engine, 'SELECT x FROM late')).toEqual([1n]);
      rmSync(path);
      expect(await failureOf(ask(engine, 'SELECT * FROM late'))).toMatchObject({ code: 'file_missing' });
    });
  });

  test('a glob that matches nothing is an error until it does', async () => {
    await withEngine({ tables: [{ name: 'none', path: join(data, 'later', '*.csv') }] }, async (engine) => {
      expect(await failureOf(ask(engine, 'FROM none'))).toMatchObject({ code: 'file_missing' });
      mkdirSync(join(data, 'later'));
      expect(await failureOf(ask(engine, 'FROM none'))).toMatchObject({
        code: 'file_missing',
        message: 'Cannot read the table none: no file matches *.csv',
      });
      writeFileSync(join(data, 'later', 'x.csv'), 'x\n1\n');
      expect(await askColumn(engine, 'FROM none')).toEqual([1n]);
    });
  });

  test('a file that is not what its name says is an error that names it without its directory', async () => {
    writeFileSync(join(data, 'wrong.parquet'), 'a,b\n1,2\n');
    writeFileSync(join(data, 'wrong.json'), '{"a": ');
    const tables = [
      { name: 'p', path: join(data, 'wrong.parquet') },
      { name: 'j', path: join(data, 'wrong.json') },
    ];
    await withEngine({ tables }, async (engine) => {
      for (const name of ['p', 'j']) {
        const failure = await failureOf(ask(engine, `FROM ${name}`));
        expect(failure).toMatchObject({ code: 'file_invalid', message: expect.stringContaining('wrong.') });
        expect(failure.message).toMatch(/[^.\s]$/);
        expect(failure.message).not.toContain(folder.path);
      }
    });
  });

  test('a CSV file that cannot be read as one is an error that says why', async () => {
    const path = join(data, 'latin.csv');
    writeFileSync(path, Buffer.from('a,b\n1,\xff\xfe2\n3\n', 'latin1'));
    await withEngine({ tables: [{ name: 'latin', path }] }, async (engine) => {
      const failure = await failureOf(ask(engine, 'FROM latin'));
      expect(failure).toMatchObject({
        code: 'file_invalid',
        message: expect.stringMatching(/Line: 2.*not utf-8 encoded/),
      });
      expect(failure.message).not.toMatch(/Original Line|Possible/);
    });
  });

  test('a glob that finds a link to the outside is an error that says so', async () => {
    mkdirSync(join(data, 'mixed'));
    writeFileSync(join(data, 'mixed', 'a.csv'), 'x\n1\n');
    symlinkSync(join(outside, 'secret.csv'), join(data, 'mixed', 'b.csv'));
    await withEngine({ tables: [{ name: 'mixed', path: join(data, 'mixed', '*.csv') }] }, async (engine) => {
      const failure = await failureOf(ask(engine, 'FROM mixed'));
      expect(failure).toMatchObject({ code: 'file_not_allowed', message: expect.stringContaining('outside') });
      expect(`${failure.message} ${failure.hint}`).not.toContain('secret');
    });
  });

  test('a file that is replaced by another shape is read in its new shape', async () => {
    const path = join(data, 'shape.csv');
    writeFileSync(path, 'a,b\n1,x\n');
    await withEngine({ tables: [{ name: 'shape', path }] }, async (engine) => {
      expect((await ask(engine, 'FROM shape')).fields).toEqual(['a:int64', 'b:utf8']);
      writeFileSync(`${path}.new`, 'b,c,d\ny,1.5,2026-01-01\n');
      renameSync(`${path}.new`, path);
      expect((await ask(engine, 'FROM shape')).fields).toEqual(['b:utf8', 'c:float64', 'd:timestamp']);
    });
  });

  test('a row that does not fit its column is an error without the file’s directory', async () => {
    const path = join(data, 'torn.csv');
    writeFileSync(path, `a,b\n${'1,2\n'.repeat(50_000)}x,y\n`);
    await withEngine({ tables: [{ name: 'torn', path }] }, async (engine) => {
      const failure = await failureOf(ask(engine, 'SELECT a FROM torn'));
      expect(failure).toMatchObject({ code: 'sql_failed', message: expect.stringContaining('Line: 50002') });
      expect(failure.message).not.toContain(folder.path);
    });
  });

  test('two tables of one name are refused', async () => {
    const tables = ['x', 'X'].map((name) => ({ name, path: join(data, 'a.csv') }));
    expect(await failureOf(open({ tables, allowedDirectories: [data] }))).toMatchObject({ code: 'settings_invalid' });
  });
});

describe('the admin’s list', () => {
  test('an empty one allows nothing, and the error says which line to write', async () => {
    await withEngine({ tables: [{ name: 'a', path: join(data, 'a.csv') }], allowedDirectories: [] }, async (engine) => {
      const failure = await failureOf(ask(engine, 'FROM a'));
      expect(failure).toMatchObject({
        code: 'file_not_allowed',
        message: 'Cannot read the table a: a.csv lies on a server that lets data sources read no directories',
      });
      expect(failure.hint).toContain(`allowed_directories = ${data}`);
      expect(failure.hint).toContain('[plugin.quiver-sql-datasource]');
      expect(failure.hint).toContain('GF_PLUGIN_ALLOWED_DIRECTORIES');
      expect(await askColumn(engine, 'SELECT 1')).toEqual([1]);
    });
  });

  const refused: Readonly<Record<string, string>> = {
    'another directory': join(outside, 'secret.csv'),
    'a neighbour with the same beginning': `${data}2/a.csv`,
    'a symlink to a file outside': join(data, 'link.csv'),
    'a symlinked directory': join(data, 'linked', 'secret.csv'),
    'a glob through a symlink': join(data, 'linked', '*.csv'),
    'a glob at the root': '/*.csv',
    '/proc': '/proc/self/environ',
  };

  test.each(Object.entries(refused))('refuses %s', async (_, path) => {
    rmSync(join(data, 'link.csv'), { force: true });
    rmSync(join(data, 'linked'), { force: true });
    symlinkSync(join(outside, 'secret.csv'), join(data, 'link.csv'));
    symlinkSync(outside, join(data, 'linked'));
    await withEngine({ tables: [{ name: 't', path, format: 'csv' }] }, async (engine) => {
      expect(await failureOf(ask(engine, 'FROM t'))).toMatchObject({ code: 'file_not_allowed' });
      expect(await failureOf(engine.health(none))).toMatchObject({ code: 'file_not_allowed' });
    });
  });

  test.each([join('data', 'a.csv'), `${data}/../outside/secret.csv`, 'https://example.org/a.csv', 's3://bucket/a.csv'])(
    'refuses the path %s as it is written',
    async (path) => {
      await withEngine({ tables: [{ name: 't', path }] }, async (engine) => {
        expect(await failureOf(ask(engine, 'FROM t'))).toMatchObject({ code: 'settings_invalid' });
      });
    },
  );

  test('a URL in SQL is refused as such, with a hint that fits', async () => {
    await withEngine({ directories: [data] }, async (engine) => {
      for (const sql of [`FROM read_csv('https://example.org/a.csv')`, `FROM 's3://bucket/a.csv'`]) {
        expect(await failureOf(ask(engine, sql))).toMatchObject({
          code: 'sql_refused',
          message: expect.stringMatching(/is a URL .*only files of this server/),
          hint: expect.stringContaining('Put the file on this server'),
        });
      }
    });
  });

  test('a file that becomes a symlink to the outside later is refused', async () => {
    const path = join(data, 'turns.csv');
    writeFileSync(path, 'x\n1\n');
    await withEngine({ tables: [{ name: 't', path }] }, async (engine) => {
      expect(await askColumn(engine, 'FROM t')).toEqual([1n]);
      rmSync(path);
      symlinkSync(join(outside, 'secret.csv'), path);
      expect(await failureOf(ask(engine, 'FROM t'))).toMatchObject({ code: 'file_not_allowed' });
    });
  });

  test('a symlink that stays inside works', async () => {
    rmSync(join(data, 'inner.csv'), { force: true });
    symlinkSync(join(data, 'a.csv'), join(data, 'inner.csv'));
    await withEngine({ tables: [{ name: 't', path: join(data, 'inner.csv') }] }, async (engine) => {
      expect((await ask(engine, 'FROM t ORDER BY i')).rows).toEqual(threeRows);
    });
  });

  test('the settings’ directories must lie inside too', async () => {
    const failure = await failureOf(open({ allowedDirectories: [data], directories: [outside] }));
    expect(failure).toMatchObject({ code: 'file_not_allowed' });
    expect(await failureOf(open({ allowedDirectories: [data], directories: [join(data, 'nope')] }))).toMatchObject({
      code: 'file_missing',
    });
  });
});

describe('paths in SQL', () => {
  const config = {
    directories: [join(data, 'public')],
    tables: [
      { name: 'a', path: join(data, 'a.csv') },
      { name: 'globbed', path: join(data, '*.parquet') },
    ],
  };

  test.each([
    `FROM read_csv('${data}/public/open.csv')`,
    `FROM '${data}/public/open.csv'`,
    `FROM read_csv(['${data}/public/open.csv'], delim = ',', header := true)`,
    `SELECT * FROM read_csv_auto('${data}/public/*.csv')`,
  ])('work below the settings’ directories: %s', async (sql) => {
    await withEngine(config, async (engine) => {
      expect((await ask(engine, `${sql} ORDER BY i`)).rows).toEqual(threeRows);
    });
  });

  test.each([
    `FROM read_csv('${data}/a.csv')`,
    `FROM '${data}/a.csv'`,
    `FROM read_parquet('${data}/a.parquet')`,
    `FROM read_parquet('${data}/many/1.parquet')`,
    `FROM '${data}/a.parquet'`,
    `FROM read_csv(['${data}/public/open.csv', '${data}/a.csv'])`,
    `FROM read_csv('${data}/public/../a.csv')`,
    `FROM read_csv('${data}/public' || '/open.csv')`,
    `FROM read_csv((SELECT '${data}/public/open.csv'))`,
    `FROM read_text('/etc/passwd')`,
    `FROM glob('${data}/*')`,
    `FROM 'data/a.csv'`,
    `FROM a.csv`,
    `FROM '${data}/shop.duckdb'`,
    `FROM '${data}/public/shop.duckdb'`,
    `FROM 'file://${data}/public/open.csv'`,
    `SUMMARIZE '${data}/a.csv'`,
    `DESCRIBE '${data}/a.csv'`,
    `SELECT (SELECT count(*) FROM '${data}/a.csv')`,
    `WITH x AS (FROM '${data}/a.csv') FROM x`,
    `WITH "${data}/a.csv" AS (SELECT 1) SELECT * FROM "${data}/a.csv"`,
    `SELECT 1 UNION ALL SELECT i FROM '${data}/a.csv'`,
    `FROM parquet_schema('${data}/a.parquet')`,
  ])('are refused elsewhere, though a view reads there: %s', async (sql) => {
    await withEngine(config, async (engine) => {
      expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_refused' });
    });
  });

  test('a missing one says so', async () => {
    await withEngine(config, async (engine) => {
      const failure = await failureOf(ask(engine, `FROM read_csv('${data}/public/nope.csv')`));
      expect(failure).toMatchObject({ code: 'file_missing', message: expect.stringContaining('nope.csv') });
    });
  });

  test('a symlink there that leads out is refused', async () => {
    rmSync(join(data, 'public', 'out.csv'), { force: true });
    symlinkSync(join(data, 'a.csv'), join(data, 'public', 'out.csv'));
    await withEngine(config, async (engine) => {
      const failure = await failureOf(ask(engine, `FROM '${data}/public/out.csv'`));
      expect(failure).toMatchObject({ code: 'sql_refused' });
    });
    rmSync(join(data, 'public', 'out.csv'));
  });
});

describe('a DuckDB file', () => {
  const database = join(data, 'shop.duckdb');

  test('has its tables, views, schemas and macros, beside the named tables', async () => {
    await withEngine({ database, tables: [{ name: 'a', path: join(data, 'a.csv') }] }, async (engine) => {
      expect(await askColumn(engine, 'SELECT amount FROM orders ORDER BY i')).toEqual([0n, 2n, 4n, 6n, 8n]);
      expect(await askColumn(engine, 'SELECT total FROM totals')).toEqual([20n]);
      expect(await askColumn(engine, 'SELECT i FROM archive.orders')).toEqual([99n]);
      expect(await askColumn(engine, 'SELECT i FROM shop.archive.orders')).toEqual([99n]);
      expect(await askColumn(engine, 'FROM first_orders(2)')).toEqual([0n, 1n]);
      expect(await askColumn(engine, 'SELECT twice(21)')).toEqual([42]);
      expect(await askColumn(engine, 'SELECT count(*) FROM a JOIN orders USING (i)')).toEqual([3n]);
    });
  });

  test('is named by health with all that queries can name', async () => {
    await withEngine({ database, tables: [{ name: 'a', path: join(data, 'a.csv') }] }, async (engine) => {
      expect(await engine.health(none)).toEqual({
        version: expect.stringMatching(/^DuckDB v\d+\.\d+\.\d+$/),
        tables: ['a', 'archive.orders', 'orders', 'totals'],
      });
    });
  });

  test('is not looked at by a health check that was given up', async () => {
    await withEngine({ database, tables: [{ name: 'a', path: join(data, 'a.csv') }] }, async (engine) => {
      expect(await failureOf(engine.health(AbortSignal.abort()))).toMatchObject({ code: 'cancelled' });
    });
  });

  test('is not written to', async () => {
    await withEngine({ database }, async (engine) => {
      expect(await failureOf(ask(engine, 'INSERT INTO orders VALUES (1, 2)'))).toMatchObject({
        code: 'sql_not_select',
      });
    });
  });

  test('hides a named table of the same name, and health says so', async () => {
    await withEngine({ database, tables: [{ name: 'Orders', path: join(data, 'a.csv') }] }, async (engine) => {
      expect(await failureOf(engine.health(none))).toMatchObject({
        code: 'settings_invalid',
        message: expect.stringContaining('Orders'),
      });
    });
  });

  test('that is missing, no database, or outside is an error that says so', async () => {
    writeFileSync(join(data, 'text.duckdb'), 'This is no database, but long enough to be read as one. '.repeat(300));
    const codes = await Promise.all(
      [join(data, 'nope.duckdb'), join(data, 'text.duckdb'), data, join(outside, 'x.duckdb'), 'shop.duckdb'].map(
        async (path) => (await failureOf(open({ database: path, allowedDirectories: [data] }))).code,
      ),
    );
    expect(codes).toEqual(['file_missing', 'file_invalid', 'file_invalid', 'file_not_allowed', 'settings_invalid']);
  });

  test.each(['memory.duckdb', 'main.duckdb', 'MAIN.db', 'pg_catalog.db', 'my "odd" shop, it\'s.db'])(
    'named %s works as well',
    async (name) => {
      const path = join(data, name);
      await runUnlocked(path, 'CREATE TABLE t AS SELECT 1 AS x');
      await withEngine({ database: path }, async (engine) => {
        expect(await askColumn(engine, 'SELECT x FROM t')).toEqual([1]);
      });
    },
  );
});

test('settings that DuckDB does not take are refused by name', async () => {
  expect(await failureOf(open({ memoryLimit: 'plenty' }))).toMatchObject({ code: 'settings_invalid' });
  expect(await failureOf(open({ timezone: 'Nowhere/Here' }))).toMatchObject({ code: 'settings_invalid' });
});

describe('other processes', () => {
  test('a database that one writes to is busy, and can be opened once it is let go', async () => {
    const database = join(data, 'busy.duckdb');
    await runUnlocked(database, 'CREATE TABLE t AS SELECT 1 AS x');
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'hold-database.ts'), database]);
    const exit = once(writer, 'exit');
    try {
      await once(writer.stdout, 'data');
      const failure = await failureOf(open({ database, allowedDirectories: [data] }));
      expect(failure).toMatchObject({ code: 'database_busy', message: expect.stringContaining('busy.duckdb') });
    } finally {
      writer.kill('SIGKILL');
      await exit;
    }
    await withEngine({ database }, async (engine) => {
      expect(await askColumn(engine, 'SELECT x FROM t')).toEqual([1]);
    });
  });

  test('what the user may not read is an error that names it', () => {
    const closed = join(data, 'closed.csv');
    writeFileSync(closed, 'x\n1\n');
    chmodSync(closed, 0o000);
    chmodSync(folder.path, 0o755);
    mkdirSync(join(data, 'shut'), { mode: 0o700 });
    writeFileSync(join(data, 'shut', 'x.csv'), 'x\n1\n');
    const shut = join(data, 'shut', 'x.csv');
    chmodSync(join(data, 'shut'), process.getuid?.() === 0 ? 0o700 : 0o000);
    // Root reads everything: it runs the program as nobody.
    const { stdout } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'fixtures', 'ask-as-nobody.ts'), data, closed, shut],
      { encoding: 'utf8', ...(process.getuid?.() === 0 && { uid: 65534, gid: 65534 }) },
    );
    chmodSync(join(data, 'shut'), 0o700);
    expect(JSON.parse(stdout)).toEqual([
      ['file_unreadable', 'Cannot read the table t0: closed.csv may not be read'],
      ['file_unreadable', 'Cannot read the table t1: x.csv lies in a directory that cannot be entered'],
    ]);
  });
});
