/** A folder of text files as a value: path relative to the folder, with forward slashes → content. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export type FileTree = ReadonlyMap<string, string>;

/** Reads every file below a folder, in the order of their paths; a folder that does not exist is empty. */
export function readTree(dir: string): FileTree {
  return new Map(
    pathsBelow(dir)
      .map((path) => relative(dir, path).split(sep).join('/'))
      .sort()
      .map((path) => [path, readFileSync(join(dir, path), 'utf8')]),
  );
}

function pathsBelow(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
