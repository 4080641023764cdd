/**
 * Makes the npm package of the library (`make pack`): what the exports of package.json need, and nothing else. It is compiled, since Node
 * strips no types below node_modules; the exports of a checkout are the sources themselves.
 *
 *     node scripts/pack.ts [--out .cache/package]
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { reach } from './pack-files.ts';
import { type ProjectManifest, packageExports, packageManifest } from './pack-manifest.ts';
import { packageReadme } from './pack-readme.ts';

const root = join(import.meta.dirname, '..');

/** Leaves the package in `out` and returns its path. Throws where the library does not compile, or imports what is no dependency. */
export function packLibrary(out: string): string {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const staging = mkdtempSync(join(root, '.cache/pack-'));
  try {
    const [compiled, made] = [join(staging, 'compiled'), join(staging, 'made')];
    const project: ProjectManifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    compile(
      Object.values(project.exports).map((target) => join(root, target.default)),
      compiled,
    );
    // The stubs are compiled already; those that nobody reaches stay behind.
    cpSync(join(root, 'src/generated'), join(compiled, 'generated'), { recursive: true });
    const exports = packageExports(project.exports);
    const reached = reach(
      compiled,
      Object.values(exports).flatMap((target) => [target.types, target.default]),
    );
    for (const file of reached.files) {
      mkdirSync(dirname(join(made, file)), { recursive: true });
      copyFileSync(join(compiled, file), join(made, file));
    }
    const manifest = packageManifest(project, exports, reached);
    writeFileSync(join(made, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    writeFileSync(join(made, 'README.md'), packageReadme(readFileSync(join(root, 'README.md'), 'utf8'), project.name));
    copyFileSync(join(root, 'LICENSE'), join(made, 'LICENSE'));
    return pack(made, out);
  } finally {
    rmSync(staging, { recursive: true });
  }
}

/** Compiles the entries, and what they import of ours, as the whole project is compiled, but into files. */
function compile(entries: readonly string[], outDir: string): void {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, host);
  const options: ts.CompilerOptions = {
    ...config?.options,
    noEmit: false,
    rootDir: join(root, 'src'),
    outDir,
    declaration: true,
    rewriteRelativeImportExtensions: true,
  };
  const program = ts.createProgram(entries, options);
  const [first] = ts.getPreEmitDiagnostics(program);
  if (first !== undefined) {
    fail(first);
  }
  program.emit();
}

function fail(diagnostic: ts.Diagnostic): never {
  const at = { getCanonicalFileName: String, getCurrentDirectory: () => root, getNewLine: () => '\n' };
  throw new Error(`Cannot compile the library: ${ts.formatDiagnostic(diagnostic, at).trim()}`);
}

function pack(folder: string, out: string): string {
  mkdirSync(out, { recursive: true });
  const args = ['pack', folder, '--pack-destination', out, '--ignore-scripts', '--json'];
  const [packed] = JSON.parse(
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  return join(out, packed.filename);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, '.cache/package') } } });
  try {
    console.log(relative(process.cwd(), packLibrary(values.out)));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
