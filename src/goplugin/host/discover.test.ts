import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discover } from './discover.ts';

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'discover-')));
});

afterEach(() => rmSync(directory, { recursive: true }));

function add(name: string, mode = 0o755): string {
  const file = path.join(directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

describe('discover()', () => {
  test('finds what matches, absolute and in the order of names', () => {
    const files = [add('gpx_b'), add('gpx_a'), add('gpx_10')];
    add('other');
    expect(discover('gpx_*', directory)).toEqual(files.toSorted());
    expect(discover('gpx_[ab]', path.relative(process.cwd(), directory))).toEqual(files.slice(0, 2).toSorted());
  });

  test('finds only files that can be executed', () => {
    const file = add('gpx_a');
    add('gpx_readme', 0o644);
    mkdirSync(path.join(directory, 'gpx_directory'));
    symlinkSync(file, path.join(directory, 'gpx_link'));
    symlinkSync('/no/such/file', path.join(directory, 'gpx_broken'));
    expect(discover('gpx_*', directory)).toEqual([file, path.join(directory, 'gpx_link')]);
  });

  test('finds them in directories below, where the glob says so', () => {
    const file = add('one/gpx_a');
    expect(discover('*/gpx_*', directory)).toEqual([file]);
    expect(discover('gpx_*', directory)).toEqual([]);
  });

  test('takes the directory as it is written', () => {
    const file = add('[a]*/gpx_a');
    add('a/gpx_a');
    expect(discover('gpx_*', path.join(directory, '[a]*'))).toEqual([file]);
  });

  test.each([
    ['that is not there', () => '/no/such/directory', 'Cannot look for plugins in /no/such/directory: ENOENT'],
    ['that is a file', () => add('file'), 'it is no directory'],
  ])('refuses a directory %s', (_, where, why) => {
    expect(() => discover('*', where())).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(why) }),
    );
  });
});
