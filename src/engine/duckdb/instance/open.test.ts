import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, loadBindings } from '../bindings.ts';
import { lockInstance, readSettings } from './lock.ts';
import { closeNative, type Native, openNative } from './native.ts';
import { closeInstance, openInstance } from './open.ts';

const bindings = loadBindings();
const root = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-open-')));
const data = join(root, 'data');
const outside = join(root, 'outside');
let native: Native;
let connection: Connection;

beforeAll(async () => {
  mkdirSync(data);
  mkdirSync(join(data, 'many'));
  mkdirSync(outside);
  for (const path of [
    join(data, 'a.csv'),
    join(data, 'b.csv'),
    join(data, 'many', 'c.csv'),
    join(outside, 'secret.csv'),
  ]) {
    writeFileSync(path, 'x\n1\n');
  }
  symlinkSync(join(outside, 'secret.csv'), join(data, 'many', 'link.txt'));
  const writer = await bindings.open(join(data, 'd.duckdb'), bindings.create_config());
  const setup = await bindings.connect(writer);
  await bindings.query(setup, 'CREATE TABLE t AS SELECT 1 AS x');
  bindings.disconnect_sync(setup);
  bindings.close_sync(writer);
  native = await openNative(bindings, {
    database: join(data, 'd.duckdb'),
    tables: [
      { name: 'a', path: join(data, 'a.csv') },
      { name: 'many', path: join(data, 'many', '*.csv') },
      // Not in the admin's list: an error of this table, and no reason to let it through.
      { name: 'bad', path: join(outside, 'secret.csv') },
    ],
    directories: [],
    allowedDirectories: [data],
    memoryLimit: '1GiB',
    threads: 2,
    timezone: 'UTC',
    initSql: 'CREATE VIEW first AS SELECT 1 AS x',
  });
  connection = await bindings.connect(native.instance.database);
});
afterAll(() => {
  bindings.disconnect_sync(connection);
  closeNative(bindings, native);
  rmSync(root, { recursive: true });
});

const run = (sql: string) => bindings.query(connection, sql);

describe('DuckDB’s own lock holds without the gate, and behind init SQL', () => {
  test.each([
    `FROM read_csv('${data}/b.csv')`,
    `FROM '${outside}/secret.csv'`,
    `FROM read_csv('${data}/many/../../outside/secret.csv')`,
    `FROM read_csv('${data}/many/link.txt')`,
    `FROM read_text('/proc/self/environ')`,
    `FROM read_text('/etc/passwd')`,
    `FROM glob('${outside}/*')`,
    `FROM 'https://example.org/x.csv'`,
    `COPY (SELECT 1) TO '${outside}/copied.csv'`,
    `COPY (SELECT 1) TO '${data}/copied.csv'`,
    `EXPORT DATABASE '${outside}/exported'`,
    `ATTACH '${outside}/made.duckdb'`,
    `INSTALL httpfs`,
    `LOAD httpfs`,
    `LOAD '${outside}/x.duckdb_extension'`,
    `INSERT INTO d.t VALUES (2)`,
    `CREATE TABLE d.u AS SELECT 1`,
    `SET threads = 1`,
    `SET GLOBAL allowed_directories = ['/']`,
    `SET enable_external_access = true`,
    `SET lock_configuration = false`,
    `SET allowed_configs = ['threads']`,
    `RESET memory_limit`,
    `PRAGMA enable_profiling = 'json'`,
    `SET temp_directory = '${outside}'`,
  ])('against %s', async (sql) => {
    await expect(run(sql)).rejects.toThrow();
  });

  test('and nothing was written', () => {
    expect(['copied.csv', 'exported', 'made.duckdb'].filter((name) => existsSync(join(outside, name)))).toEqual([]);
    expect(existsSync(join(data, 'copied.csv'))).toBe(false);
  });

  test('and what could act by itself is off', async () => {
    const off = [
      'autoinstall_known_extensions',
      'autoload_known_extensions',
      'allow_community_extensions',
      'allow_persistent_secrets',
      'temp_directory',
    ];
    const check = off.map((name) => `coalesce(current_setting('${name}')::VARCHAR, '') IN ('', 'false')`).join(' AND ');
    await run(`SELECT if(${check}, 0, error('on'))`);
  });

  test('while what it must let through works', async () => {
    await run(`FROM read_csv('${data}/a.csv')`);
    await run(`FROM read_csv('${data}/many/*.csv')`);
    await run('FROM d.t');
    await run('FROM memory.first');
    await run(`SET TimeZone = 'Europe/Berlin'`);
    await run(`SET search_path = 'd.main,memory.main'`);
    await run('FROM t');
  });
});

describe('lockInstance()', () => {
  test.each([
    ['threads', 'SET GLOBAL threads = 1'],
    ['max_memory', `SET GLOBAL memory_limit = '2GiB'`],
    ['allowed_configs', `SET GLOBAL allowed_configs = ['threads']`],
    ['default_null_order', `SET GLOBAL default_null_order = 'nulls_first'`],
  ])('refuses an instance whose %s is not what it was', async (name, statement) => {
    const instance = await openInstance(bindings, {
      tables: [],
      directories: [],
      allowedDirectories: [],
      memoryLimit: '1GiB',
      threads: 2,
      timezone: 'UTC',
    });
    const settings = await readSettings(bindings, instance);
    await bindings.query(instance.control, statement);
    await expect(lockInstance(bindings, instance, settings)).rejects.toMatchObject({
      code: 'settings_invalid',
      message: expect.stringContaining(name),
    });
    closeInstance(bindings, instance);
  });
});
