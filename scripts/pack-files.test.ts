import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reach } from './pack-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quiver-pack-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

describe('reach()', () => {
  test('takes what code needs as code, and what declarations need as declarations', () => {
    write({
      'a/index.js': "export { one } from './one.js';\nconst late = () => import('../b/late.js');",
      'a/index.d.ts': "export { one } from './one.ts';",
      'a/one.js': "import stub from '../generated/one_pb.js';",
      'a/one.d.ts': 'export declare const one: 1;',
      'a/unused.js': '',
      'a/unused.d.ts': '',
      'b/late.js': '',
      'b/late.d.ts': '',
      'generated/one_pb.js': "var two = require('./two_pb.js');",
      'generated/one_pb.d.ts': '',
      'generated/two_pb.js': '',
      'generated/package.json': '{ "type": "commonjs" }',
      'other/package.json': '{}',
    });
    const { files } = reach(folder, ['./a/index.js', './a/index.d.ts']);
    expect(files).toEqual([
      'a/index.d.ts',
      'a/index.js',
      'a/one.d.ts',
      'a/one.js',
      'b/late.js',
      'generated/one_pb.js',
      'generated/package.json',
      'generated/two_pb.js',
    ]);
  });

  test('follows declarations of stubs, which name their siblings without an ending', () => {
    write({ 'a_pb.d.ts': "import * as b from './b_pb';", 'b_pb.d.ts': '' });
    expect(reach(folder, ['./a_pb.d.ts']).files).toEqual(['a_pb.d.ts', 'b_pb.d.ts']);
  });

  test('tells the packages that code imports from those of declarations', () => {
    write({
      'index.js': "import '@scope/code/deep.js';\nimport 'node:fs';\nconst late = () => import('lazy');",
      'index.d.ts': "import type { Message } from 'types/of/it';\nimport 'fs';",
    });
    const { packages, typePackages } = reach(folder, ['./index.js', './index.d.ts']);
    expect([[...packages], [...typePackages]]).toEqual([['@scope/code', 'lazy'], ['types']]);
  });

  test('goes round in circles once', () => {
    write({ 'a.js': "import './b.js';", 'b.js': "import './a.js';" });
    expect(reach(folder, ['./a.js']).files).toEqual(['a.js', 'b.js']);
  });

  test('names the file that is missing', () => {
    write({ 'a.js': "import './b.js';" });
    expect(() => reach(folder, ['./a.js'])).toThrow(
      new Error('Cannot pack the library: b.js is imported, but not there'),
    );
  });
});
