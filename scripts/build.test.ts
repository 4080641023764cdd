import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPlugin } from './build.ts';
import { executableName, hostTarget } from './targets.ts';

// An entry that says where it finds itself and whether DuckDB's library loads from there.
const entry = `
import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
const library = join(dirname(process.execPath), 'lib', 'duckdb.node');
const module = { exports: {} };
process.dlopen(module, library);
await Promise.resolve();
console.log(JSON.stringify({ isSea: isSea(), execArgv: process.execArgv, duckdb: module.exports.library_version() }));
`;

let folder: string;
let dist: string;
let files: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quiver-build-'));
  dist = join(folder, 'dist');
  writeFileSync(join(folder, 'main.ts'), entry);
  files = await buildPlugin(join(folder, 'main.ts'), dist);
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('buildPlugin()', () => {
  const executable = executableName(hostTarget());

  function run(env: Record<string, string>): unknown {
    return JSON.parse(execFileSync(join(dist, executable), [], { cwd: '/', env, encoding: 'utf8' }));
  }

  test('makes an executable that runs without any environment, elsewhere, and finds its libraries', () => {
    expect(run({})).toEqual({
      isSea: true,
      execArgv: ['--max-semi-space-size=4'],
      duckdb: expect.stringMatching(/^v\d/),
    });
  });

  test('makes an executable that does not care for NODE_OPTIONS', () => {
    expect(run({ NODE_OPTIONS: '--require /nowhere.js' })).toMatchObject({ isSea: true });
  });

  test('makes an executable that names no folder of the machine that built it', () => {
    expect(readFileSync(join(dist, executable)).includes(join(import.meta.dirname, '..'))).toBe(false);
  });

  test('makes the executable last, when all that it needs is in place', () => {
    expect(files.at(-1)).toBe(executable);
    expect(files).toEqual(expect.arrayContaining(['plugin.json', 'LICENSE', 'img/logo.svg', 'lib/duckdb.node']));
  });

  test('ships every logo that plugin.json names, and fills in the version of package.json', () => {
    const { info } = JSON.parse(readFileSync(join(dist, 'plugin.json'), 'utf8'));
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
    expect(info.version).toBe(version);
    expect(existsSync(join(dist, info.logos.small))).toBe(true);
    expect(existsSync(join(dist, info.logos.large))).toBe(true);
  });

  test('leaves what was there when the bundle fails', async () => {
    writeFileSync(join(folder, 'broken.ts'), "import './missing.ts';");
    const before = readFileSync(join(dist, 'plugin.json'), 'utf8');
    rmSync(join(dist, 'LICENSE'));
    await expect(buildPlugin(join(folder, 'broken.ts'), dist)).rejects.toThrow('missing.ts');
    expect(existsSync(join(dist, 'LICENSE'))).toBe(false);
    expect(readFileSync(join(dist, 'plugin.json'), 'utf8')).toBe(before);
  });
});
