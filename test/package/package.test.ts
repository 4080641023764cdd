import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, normalize, relative, sep } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Consumer, createConsumer, readManifest, root } from './consumer.ts';
import { askDataSource, greetWithEverything } from './hosts.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
});

afterAll(() => {
  consumer.remove();
});

describe('the npm package', () => {
  test('holds the code that its exports run, the declarations that they speak of, its papers, and nothing else', async () => {
    const [code, declarations] = [await codeBehindExports(), declarationsBehindExports()];
    const papers = ['LICENSE', 'README.md', 'package.json', 'generated/package.json'];
    expect(consumer.files).toEqual([...code.files, ...declarations, ...papers].sort());
  });

  test('is the library alone even where npm packs the checkout, uncompiled', () => {
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: root, encoding: 'utf8' }),
    );
    const paths: string[] = files.map(({ path }: { path: string }) => path);
    const wanted = /^(src\/(frame|generated|goplugin|grafana|steps)\/|(LICENSE|README\.md|package\.json)$)/;
    expect(paths.filter((path) => !wanted.test(path) || path.includes('.test.'))).toEqual([]);
    const entries = Object.values(readManifest(root).exports).map((target) => target.default.slice('./'.length));
    expect(paths).toEqual(expect.arrayContaining(entries));
  });

  test('depends on the packages that it imports, in the versions of this project, and on no other', async () => {
    const imported = [...(await codeBehindExports()).packages, ...packagesOfDeclarations()];
    const { dependencies, devDependencies } = readManifest(root);
    const versions = { ...devDependencies, ...dependencies };
    const expected = Object.fromEntries(imported.map((name) => [name, versions[name]]));
    expect(consumer.manifest.dependencies).toEqual(expected);
  });

  test('compiles without a complaint in a strict project that checks its libraries too', () => {
    const compilerOptions = {
      target: 'es2024',
      module: 'nodenext',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(consumer.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['examples'] }));
    const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', consumer.folder, '--pretty', 'false'];
    expect(spawnSync(process.execPath, tsc, { encoding: 'utf8' })).toMatchObject({ stdout: '', status: 0 });
  });

  test('lets nobody import what is no export', () => {
    const script = `import('${consumer.manifest.name}/goplugin/broker.js').catch(({ code }) => console.log(code))`;
    expect(runNode('--eval', script)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });

  test('runs the greeter, host and plugin', () => {
    const [host, plugin] = ['examples/greeter/host.ts', 'examples/greeter/plugin.ts'];
    expect(runNode(host, process.execPath, plugin)).toBe('Hello Quiver\n');
  });

  test('runs the greeter with AutoMTLS and multiplexing, whose packages come when they are asked for', async () => {
    expect(await greetWithEverything(join(consumer.folder, 'examples/greeter/plugin.ts'))).toBe('Hello Ada');
  });

  test('runs the counter, which calls its host', () => {
    const [host, plugin] = ['examples/bidirectional/host.ts', 'examples/bidirectional/plugin.ts'];
    expect(runNode(host, 'apples', '42', process.execPath, plugin)).toBe('42\n');
  });

  test('runs the data source', async () => {
    const answer = await askDataSource(join(consumer.folder, 'examples/datasource/plugin.ts'));
    expect(answer).toEqual({ health: 'Waves are 2 high', fields: ['time', 'value'], rowCount: 61 });
  });
});

function runNode(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: consumer.folder, encoding: 'utf8' });
}

/** What a bundler finds that starts at the exports, as paths in the package, and the packages that it would leave out. */
async function codeBehindExports(): Promise<{ files: string[]; packages: Set<string> }> {
  const { metafile } = await build({
    entryPoints: Object.values(consumer.manifest.exports).map((target) => target.default),
    absWorkingDir: consumer.library,
    outdir: 'never written',
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
  });
  const external = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external }) => external)
    .map(({ path }) => path);
  return { files: Object.keys(metafile.inputs), packages: new Set(packageNames(external)) };
}

/** What the compiler reads of the package for somebody who imports all of its exports. */
function declarationsBehindExports(): string[] {
  const importer = join(consumer.folder, 'everything.ts');
  const names = Object.keys(consumer.manifest.exports).map((name) => join(consumer.manifest.name, name));
  writeFileSync(importer, names.map((name) => `export * from '${name}';`).join('\n'));
  const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2024 };
  return ts
    .createProgram([importer], options)
    .getSourceFiles()
    .map(({ fileName }) => relative(consumer.library, normalize(fileName)))
    .filter((file) => !file.startsWith(`..${sep}`));
}

/** The packages that declarations name, and those with their types, where these are packages of their own. */
function packagesOfDeclarations(): string[] {
  const texts = consumer.files
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => readFileSync(join(consumer.library, file), 'utf8'));
  const specifiers = texts.flatMap((text) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName));
  const names = packageNames(specifiers.filter((specifier) => !specifier.startsWith('.')));
  const types = names.map((name) => `@types/${name}`).filter((name) => existsSync(join(root, 'node_modules', name)));
  return [...names, ...types];
}

function packageNames(specifiers: readonly string[]): string[] {
  const names = specifiers.filter((specifier) => !isBuiltin(specifier));
  return names.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
}
