import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from 'vitest';
import { TemporarySpace } from '../../src/engine/duckdb/index.ts';
import { ask, askColumn, failureOf, open, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder('spill', 'data', 'leftovers');
const spill = join(folder.path, 'spill');
const data = join(folder.path, 'data');
afterAll(() => folder.remove());

/** A sort that 30 MB do not hold. */
const hungry = 'SELECT sum(r)::DOUBLE FROM (SELECT row_number() OVER (ORDER BY hash(i)) AS r FROM range(2000000) t(i))';
const sumOfRows = 2_000_001_000_000;
const options = { maxBytes: 2 ** 30, readable: [data] };

describe('temporary space', () => {
  test('lets a query through that memory alone does not hold, and hints at it where there is none', async () => {
    const without = await open({ memoryLimit: '30MB' });
    expect(await failureOf(ask(without, hungry))).toMatchObject({
      code: 'memory_exceeded',
      hint: expect.stringContaining('temporary_directory'),
    });
    await without.close();
    const space = await TemporarySpace.open(spill, options);
    const engine = await open({ memoryLimit: '30MB', temporarySpace: space });
    expect(await askColumn(engine, hungry)).toEqual([sumOfRows]);
    await engine.close();
    space.close();
    expect(readdirSync(spill)).toEqual([]);
    // A sort through the disk takes its time on a busy machine.
  }, 60_000);

  test('has an end', async () => {
    const space = await TemporarySpace.open(spill, { ...options, maxBytes: 1_000_000 });
    const engine = await open({ memoryLimit: '30MB', temporarySpace: space });
    const failure = await failureOf(ask(engine, hungry));
    expect(failure).toMatchObject({ code: 'memory_exceeded', hint: expect.stringContaining('max_temporary') });
    expect(failure.message).not.toMatch(/SET|PRAGMA/);
    await engine.close();
    space.close();
  });

  test('is not named to viewers when its disk fails', async () => {
    const space = await TemporarySpace.open(spill, options);
    const engine = await open({ memoryLimit: '30MB', temporarySpace: space });
    const [own = ''] = readdirSync(spill);
    rmSync(join(spill, own), { recursive: true });
    const unnamed = /Failed to create directory "engine-\w{6}"/;
    expect((await failureOf(ask(engine, hungry))).message).toMatch(unnamed);
    mkdirSync(join(spill, own));
    const temporarySpace = {
      makeFolder: () => {
        const made = space.makeFolder();
        rmSync(join(spill, own), { recursive: true });
        return made;
      },
    };
    const initSql = `CREATE TABLE t AS ${hungry}`;
    expect((await failureOf(open({ memoryLimit: '30MB', temporarySpace, initSql }))).message).toMatch(unnamed);
    await engine.close();
    space.close();
  });

  test('is a folder of its own for each engine, for this user alone, and goes with the engine', async () => {
    const space = await TemporarySpace.open(spill, options);
    const engines = [await open({ temporarySpace: space }), await open({ temporarySpace: space })];
    const [own = ''] = readdirSync(spill);
    const folders = readdirSync(join(spill, own)).filter((name) => name !== 'alive');
    expect(folders).toHaveLength(2);
    for (const path of [join(spill, own), ...folders.map((name) => join(spill, own, name))]) {
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
    await engines[0]?.close();
    expect(readdirSync(join(spill, own)).filter((name) => name !== 'alive')).toHaveLength(1);
    await engines[1]?.close();
    expect(readdirSync(join(spill, own))).toEqual(['alive']);
    space.close();
    expect(readdirSync(spill)).toEqual([]);
  });

  test('is left by an engine that does not open', async () => {
    const space = await TemporarySpace.open(spill, options);
    const [own = ''] = readdirSync(spill);
    await failureOf(open({ temporarySpace: space, timezone: 'Nowhere/Here' }));
    await failureOf(open({ temporarySpace: space, initSql: 'nonsense' }));
    await failureOf(open({ temporarySpace: space, memoryLimit: 'much' }));
    expect(readdirSync(join(spill, own))).toEqual(['alive']);
    space.close();
  });

  test('cannot be read by SQL', async () => {
    const space = await TemporarySpace.open(spill, options);
    const made: string[] = [];
    const temporarySpace = {
      makeFolder: () => {
        const folder = space.makeFolder();
        made.push(folder.path);
        writeFileSync(join(folder.path, 'x.csv'), 'x\n1\n');
        return folder;
      },
    };
    const engine = await open({ temporarySpace, allowedDirectories: [data], directories: [data] });
    const [own = ''] = made;
    for (const sql of [
      `FROM read_csv('${own}/x.csv')`,
      `FROM '${own}/x.csv'`,
      `FROM read_blob('${own}/*')`,
      `FROM read_text('${dirname(own)}/alive')`,
      `FROM glob('${own}/*')`,
      `FROM duckdb_temporary_files()`,
      `SELECT current_setting('temp_directory')`,
    ]) {
      expect(await failureOf(ask(engine, sql))).toMatchObject({ code: 'sql_refused' });
    }
    for (const initSql of [`CREATE TABLE t AS FROM read_csv('${spill}/**/x.csv')`, `ATTACH '${own}/x.csv' AS x`]) {
      expect(
        await failureOf(open({ temporarySpace, allowedDirectories: [data], directories: [data], initSql })),
      ).toMatchObject({
        code: 'settings_invalid',
      });
    }
    await engine.close();
    space.close();
  });

  test('is refused where it cannot be, or where SQL may read it', async () => {
    mkdirSync(join(data, 'inner'));
    writeFileSync(join(data, 'file'), '');
    symlinkSync(join(data, 'inner'), join(folder.path, 'link'));
    for (const [directory, reason] of [
      [join(folder.path, 'nowhere'), 'it cannot be found (ENOENT)'],
      [join(folder.path, 'data', 'file'), 'it is no directory that can be listed (ENOTDIR)'],
      [data, `it lies in ${data}, whose files data sources may read`],
      [join(data, 'inner'), `it lies in ${data}, whose files data sources may read`],
      [join(folder.path, 'link'), `it lies in ${data}, whose files data sources may read`],
      [join(spill, 'a'.repeat(100)), 'no socket can be made there; a shorter path may help (EINVAL)'],
    ] as const) {
      mkdirSync(join(spill, 'a'.repeat(100)), { recursive: true });
      const readable = directory.endsWith('file') ? [] : [join(data, 'none'), data];
      await expect(TemporarySpace.open(directory, { ...options, readable })).rejects.toThrow(
        `Cannot use the directory for temporary files: ${reason}`,
      );
    }
    expect(readdirSync(join(spill, 'a'.repeat(100)))).toEqual([]);
  });
});

describe('what processes leave behind', () => {
  const directory = join(folder.path, 'leftovers');

  async function start(): Promise<{ readonly child: ChildProcess; readonly path: string }> {
    const fixture = join(import.meta.dirname, 'fixtures', 'temporary-space.ts');
    const child = spawn(process.execPath, [fixture, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [path] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line');
    return { child, path: String(path) };
  }

  test('is removed by the next one after they were killed, and only then', async () => {
    const [killed, living] = [await start(), await start()];
    writeFileSync(join(killed.path, 'duckdb_temp_storage_DEFAULT-0.tmp'), 'x');
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    for (const name of ['quiver-', 'quiver-ab', 'other', 'quiver-abcdefg']) {
      mkdirSync(join(directory, name));
    }
    writeFileSync(join(directory, 'quiver-abcdef'), 'a file');
    // Two that never came to listen: one just now, one long ago.
    mkdirSync(join(directory, 'quiver-young1'));
    mkdirSync(join(directory, 'quiver-older1'));
    utimesSync(join(directory, 'quiver-older1'), new Date(0), new Date(0));

    const space = await TemporarySpace.open(directory, options);
    expect(existsSync(dirname(killed.path))).toBe(false);
    expect(existsSync(living.path)).toBe(true);
    space.close();
    expect(readdirSync(directory).sort()).toEqual(
      [
        'quiver-',
        'quiver-ab',
        'other',
        'quiver-abcdefg',
        'quiver-abcdef',
        'quiver-young1',
        dirname(living.path).split('/').at(-1),
      ].sort(),
    );
    living.child.kill('SIGKILL');
    await once(living.child, 'exit');
  });
});
