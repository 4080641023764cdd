import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { importsOf } from './imports-of.ts';

/** What some entries need, directly or by what they import. */
export interface Reached {
  /** Paths in the folder, sorted. */
  readonly files: readonly string[];
  /** Packages that code imports. */
  readonly packages: ReadonlySet<string>;
  /** Packages that declarations import. */
  readonly typePackages: ReadonlySet<string>;
}

/**
 * Follows the imports of a folder's entries, code (`.js`) to code and declarations (`.d.ts`) to declarations, since nobody can import
 * anything else: the exports of a package close it. Throws where a file imports one that is not there.
 */
export function reach(folder: string, entries: readonly string[]): Reached {
  const waiting = entries.map(posix.normalize);
  const files = new Set<string>();
  const [packages, typePackages] = [new Set<string>(), new Set<string>()];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) {
      continue;
    }
    files.add(file);
    for (const scope of scopesOf(file)) {
      if (existsSync(join(folder, scope))) {
        files.add(scope);
      }
    }
    for (const { specifier } of importsOf(file, read(folder, file))) {
      if (specifier.startsWith('.')) {
        waiting.push(target(file, specifier));
      } else if (!isBuiltin(specifier)) {
        (isDeclaration(file) ? typePackages : packages).add(packageOf(specifier));
      }
    }
  }
  return { files: [...files].sort(), packages, typePackages };
}

/** Each package.json that says of a file whether it is a module or CommonJS; the folder's own is not made yet. */
function scopesOf(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === '.' ? [] : [posix.join(folder, 'package.json'), ...scopesOf(folder)];
}

function read(folder: string, file: string): string {
  const path = join(folder, file);
  if (!existsSync(path)) {
    throw new Error(`Cannot pack the library: ${file} is imported, but not there`);
  }
  return readFileSync(path, 'utf8');
}

/** Declarations name their siblings as the sources do, `./a.ts`, and stubs without an ending. */
function target(file: string, specifier: string): string {
  const stem = posix.join(posix.dirname(file), specifier).replace(/\.[jt]s$/, '');
  return `${stem}${isDeclaration(file) ? '.d.ts' : '.js'}`;
}

function isDeclaration(file: string): boolean {
  return file.endsWith('.d.ts');
}

/** `@grpc/grpc-js/build/src/x.js` → `@grpc/grpc-js`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
