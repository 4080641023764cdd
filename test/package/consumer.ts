/** Somebody else's project: the packed library, what that depends on, and the examples. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packLibrary } from '../../scripts/pack.ts';

export const root = join(import.meta.dirname, '../..');

export interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Consumer {
  readonly folder: string;
  /** The library, where npm would put it. */
  readonly library: string;
  readonly manifest: Manifest;
  /** Every file of the library, sorted. */
  readonly files: readonly string[];
  remove(): void;
}

/** Packs the library anew, and puts it into a project beside its dependencies; no other package can be found from there. */
export function createConsumer(): Consumer {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-consumer-')));
  const packed = packLibrary(folder);
  execFileSync('tar', ['-xzf', packed, '-C', folder]);
  const manifest = readManifest(join(folder, 'package'));
  const library = join(folder, 'node_modules', manifest.name);
  mkdirSync(dirname(library), { recursive: true });
  cpSync(join(folder, 'package'), library, { recursive: true });
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const files = globSync('**/*', { cwd: library }).filter((file) => statSync(join(library, file)).isFile());
  return {
    folder,
    library,
    manifest,
    files: files.sort(),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
