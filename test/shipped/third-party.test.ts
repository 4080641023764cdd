/** What the built folder says of others' work in it; esbuild and the packages themselves are asked what there is to say. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What Apache-2.0 software may carry without asking anybody. Written out here again: the build's own list may grow by mistake. */
const fit = ['MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'ISC', '0BSD', 'BlueOak-1.0.0'];

const apache = 'It is shipped under Apache-2.0, whose text is the file LICENSE in this folder.';

describe('dist/THIRD-PARTY-NOTICES', () => {
  let notices: string;
  let packages: string[];

  beforeAll(async () => {
    notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES'), 'utf8');
    packages = packagesOf(await bundled());
  });

  test('has every package of the bundle, with version and the whole text of its licence', () => {
    expect(packages).toEqual(expect.arrayContaining(['@grpc/grpc-js', 'google-protobuf', 'protobufjs', 'zod']));
    const lacking = packages.filter((name) => {
      const folder = join(root, 'node_modules', name);
      const { version, license } = manifestOf(name);
      const texts = globSync('{LICENSE,license}*', { cwd: folder }).map((file) =>
        readFileSync(join(folder, file), 'utf8').trim(),
      );
      const heading = `\n${name} ${version}: ${license.replace(/[()]/g, '')}\n`;
      // Apache-2.0's text is the same for everybody, and lies beside the notices.
      const without = license.split(' OR ').includes('Apache-2.0') ? [apache] : [];
      const expected = texts.length === 0 ? without : texts;
      return expected.length === 0 || ![heading, ...expected].every((text) => notices.includes(text));
    });
    expect(lacking).toEqual([]);
  });

  test('tells of no licence that would bind who runs it', () => {
    const licences = packages.flatMap((name) =>
      manifestOf(name)
        .license.replace(/[()]/g, '')
        .split(/ AND | OR /),
    );
    expect(licences.filter((licence) => !fit.includes(licence))).toEqual([]);
  });

  test('has Node, and DuckDB, whose files lie beside the executable', () => {
    expect(notices).toContain(`\nNode.js ${process.versions.node}: MIT\n`);
    expect(notices).toContain('Copyright Node.js contributors. All rights reserved.');
    expect(notices).toMatch(/\nDuckDB and its bindings 1\.\d+\.\d+\S*: MIT\n/);
    expect(notices).toContain('Stichting DuckDB Foundation');
  });
});

async function bundled(): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: ['src/main.ts'],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-bindings'],
    logLevel: 'silent',
  });
  return metafile;
}

/** The packages from which a file has come into the bundle. */
function packagesOf({ outputs }: Metafile): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(names)];
}

function manifestOf(name: string): { version: string; license: string } {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
}
