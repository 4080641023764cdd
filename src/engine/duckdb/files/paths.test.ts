import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkPath, deniedByAdmin, fixedPart, type PathRules } from './paths.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-paths-')));
const inside = join(root, 'inside');
mkdirSync(join(inside, 'sub'), { recursive: true });
mkdirSync(join(root, 'inside2'));
writeFileSync(join(inside, 'a.csv'), '');
writeFileSync(join(root, 'inside2', 'b.csv'), '');
symlinkSync(join(root, 'inside2'), join(inside, 'out'));
symlinkSync(inside, join(root, 'alias'));
afterAll(() => rmSync(root, { recursive: true }));

const rules: PathRules = {
  subject: 'Cannot read it',
  inside: [inside, join(root, 'never-made'), 'relative'],
  denied: { reason: 'not there', hint: 'Ask' },
  kind: 'file',
};
const check = (path: string, more: Partial<PathRules> = {}) => checkPath(path, { ...rules, ...more });
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'passed',
    (error: { code: string }) => error.code,
  );

describe('checkPath()', () => {
  test('passes files and globs inside, with their real places', async () => {
    expect(await check(join(inside, 'a.csv'))).toEqual({
      path: join(inside, 'a.csv'),
      real: join(inside, 'a.csv'),
      isGlob: false,
    });
    expect(await check(join(inside, 'sub', '*', 'x?.csv'))).toMatchObject({ real: join(inside, 'sub'), isGlob: true });
    expect(await check(join(inside, '*.csv'))).toMatchObject({ real: inside, isGlob: true });
    expect(await check(inside, { kind: 'directory' })).toMatchObject({ real: inside });
  });

  test('refuses a pipe and a device, of which nobody knows when they end', async () => {
    expect(spawnSync('mkfifo', [join(inside, 'pipe.csv')]).status).toBe(0);
    const failure = {
      code: 'file_invalid',
      message: 'Cannot read it: pipe.csv is a pipe, a socket or a device, not a file',
    };
    await expect(check(join(inside, 'pipe.csv'))).rejects.toMatchObject(failure);
    expect(spawnSync('mkfifo', [join(inside, '{pipe}*.csv')]).status).toBe(0);
    expect(await code(check(join(inside, '{pipe}*.csv')))).toBe('file_invalid');
    await expect(check('/dev/zero', { inside: ['/dev'] })).rejects.toMatchObject({ code: 'file_invalid' });
    await expect(check(join(inside, 'pipe.csv'), { kind: 'directory' })).rejects.toMatchObject({
      code: 'file_invalid',
    });
  });

  test('passes a path through the alias under which a directory is allowed', async () => {
    const alias = join(root, 'alias');
    expect(await check(join(alias, 'a.csv'), { inside: [alias] })).toMatchObject({ real: join(inside, 'a.csv') });
    expect(await check(join(inside, 'a.csv'), { inside: [alias] })).toMatchObject({ real: join(inside, 'a.csv') });
  });

  test.each([
    ['outside', join(root, 'inside2', 'b.csv')],
    ['outside, whether it exists or not', join(root, 'inside2', 'nope.csv')],
    ['through a symlink that leaves', join(inside, 'out', 'b.csv')],
    ['a glob through a symlink that leaves', join(inside, 'out', '*.csv')],
    ['a glob above', join(root, '*', 'b.csv')],
  ])('refuses a path %s', async (_, path) => {
    expect(await code(check(path))).toBe('file_not_allowed');
  });

  test.each([
    ['settings_invalid', 'a.csv'],
    ['settings_invalid', `${inside}/../inside/a.csv`],
    ['settings_invalid', `${inside}/a\0.csv`],
    ['file_missing', join(inside, 'nope.csv')],
    ['file_missing', join(inside, 'a.csv', 'x.csv')],
    ['file_invalid', join(inside, 'sub')],
    ['file_invalid', join(inside, 'a.csv', '*.csv')],
  ])('gives %s for %j', async (expected, path) => {
    expect(await code(check(path))).toBe(expected);
  });

  test('names the file without its directories', async () => {
    const error = await check(join(inside, 'nope.csv')).catch((thrown) => thrown);
    expect(error.message).toBe('Cannot read it: nope.csv does not exist');
  });

  test.each(['https://example.org/x.parquet?token=secret', 's3://bucket/a/*.csv', 'file:///srv/x.csv'])(
    'says of %s that it is a URL, without repeating what may be secret in it',
    async (url) => {
      const error = await check(url).catch((thrown) => thrown);
      expect(error).toMatchObject({
        code: 'settings_invalid',
        message: `Cannot read it: its path is a URL (${url.slice(0, url.indexOf(':'))}://…), and only files of this server can be read`,
        hint: 'Put the file on this server, and write its whole path',
      });
    },
  );

  test('with nothing allowed lets nothing through', async () => {
    expect(await code(check(join(inside, 'a.csv'), { inside: [] }))).toBe('file_not_allowed');
  });
});

test('fixedPart() is the directory before the first wildcard', () => {
  expect(fixedPart('/a/b/c.csv')).toBe('/a/b/c.csv');
  expect(fixedPart('/a/b/*.csv')).toBe('/a/b');
  expect(fixedPart('/a/**/b/c.csv')).toBe('/a');
  expect(fixedPart('/a/b{1,2}/c.csv')).toBe('/a');
  expect(fixedPart('/*.csv')).toBe('/');
});

test('deniedByAdmin() says the line to write, with the directory in it', () => {
  expect(deniedByAdmin('/srv/x/a.csv', []).hint).toContain(
    'allowed_directories = /srv/x in section [plugin.quiver-sql-datasource]',
  );
  expect(deniedByAdmin('/srv/x/*/a.csv', ['/other']).hint).toContain('allowed_directories = /srv/x in');
  expect(deniedByAdmin('/srv/x', [], 'directory').hint).toContain('allowed_directories = /srv/x in');
});

test('deniedByAdmin() names the file or the directory, without those around it', () => {
  expect(deniedByAdmin('/srv/x/a.csv', []).reason).toBe(
    'a.csv lies on a server that lets data sources read no directories',
  );
  expect(deniedByAdmin('/srv/x/a.csv', ['/other']).reason).toBe(
    'a.csv lies outside of the directories that this server lets data sources read',
  );
  expect(deniedByAdmin('/srv/x', ['/other'], 'directory').reason).toMatch(/^x lies outside/);
});
