import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ourApacheText, packageFolders, readThirdParty, thirdPartyNotices } from './third-party-notices.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'quiver-notices-'));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function writePackage(folder: string, manifest: object, files: Record<string, string>): string {
  const path = join(root, 'node_modules', folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(path, name), text);
  }
  return path;
}

describe('packageFolders()', () => {
  test('names each package once, in order: with a scope, inside another package, and no file of ours', () => {
    const files = [
      'src/main.ts',
      'node_modules/zod/v4/index.js',
      'node_modules/zod/v4/core.js',
      'node_modules/@grpc/grpc-js/build/src/index.js',
      'node_modules/@grpc/grpc-js/node_modules/long/index.js',
    ];
    expect(packageFolders(files)).toEqual([
      'node_modules/@grpc/grpc-js',
      'node_modules/@grpc/grpc-js/node_modules/long',
      'node_modules/zod',
    ]);
  });
});

describe('readThirdParty()', () => {
  test('reads name, version, licence, and the whole text of each licence and notice', () => {
    const manifest = { name: '@a/b', version: '1.2.3', license: '(BSD-3-Clause AND Apache-2.0)' };
    const texts = { 'LICENSE-asserts.md': 'asserts\n', 'LICENSE.txt': 'all of it\n', notice: 'by A\n' };
    const path = writePackage('@a/b', manifest, { ...texts, 'index.js': '' });
    expect(readThirdParty(path)).toEqual({
      name: '@a/b',
      version: '1.2.3',
      licence: 'BSD-3-Clause AND Apache-2.0',
      texts: ['asserts\n', 'all of it\n', 'by A\n'],
    });
  });

  test.each([
    'AGPL-3.0-only',
    'GPL-2.0',
    'LGPL-3.0-or-later',
    'MIT AND GPL-3.0',
    '(MIT OR GPL-3.0)',
    'Apache-2.0 WITH LLVM-exception',
    'SEE LICENSE IN x',
    'UNLICENSED',
    '',
    undefined,
  ])('refuses a package under %j', (license) => {
    const path = writePackage('unfit', { name: 'unfit', version: '1.0.0', license }, { LICENSE: 'text' });
    expect(() => readThirdParty(path)).toThrow(`Cannot ship unfit 1.0.0: its licence is ${license || 'not stated'}`);
  });

  test('takes a package without a text under Apache-2.0, where it offers that: everybody has the same text', () => {
    const path = writePackage('either', { name: 'either', version: '1.0.0', license: 'Apache-2.0 OR MIT' }, {});
    expect(readThirdParty(path).texts).toEqual([ourApacheText]);
  });

  test('refuses a package without the text of its licence', () => {
    const path = writePackage('mute', { name: 'mute', version: '1.0.0', license: 'MIT' }, {});
    expect(() => readThirdParty(path)).toThrow('Cannot ship mute 1.0.0: it brings no text of its licence, MIT');
  });
});

test('thirdPartyNotices() lists all that is shipped, then each with its texts', () => {
  const mit = { name: 'a', version: '1.0.0', licence: 'MIT', texts: ['first\n\n', 'second'] };
  const isc = { name: '@b/long-name', version: '2.0.0', licence: 'ISC', texts: ['third\n'] };
  const line = '-'.repeat(80);
  expect(thirdPartyNotices([mit, isc])).toBe(
    [
      'Quiver is under the licence in the file LICENSE. It is shipped with what others have made:',
      '',
      '  a             1.0.0  MIT',
      '  @b/long-name  2.0.0  ISC',
      '',
      line,
      'a 1.0.0: MIT',
      line,
      '',
      'first',
      '',
      'second',
      '',
      line,
      '@b/long-name 2.0.0: ISC',
      line,
      '',
      'third',
      '',
    ].join('\n'),
  );
});
