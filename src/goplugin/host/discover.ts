import { accessSync, constants, globSync, statSync } from 'node:fs';
import path from 'node:path';
import { GoPluginError, messageOf } from '../errors.ts';

/**
 * Finds plugins: the files in a directory that match a glob and can be executed, as absolute paths in the order of their
 * names (go-plugin discover.go, which takes any file). On Windows, where no mode tells, all files that match are meant.
 * Characters that mean something in a glob have no meaning in the directory. Throws with code `config` where the directory cannot be read.
 */
export function discover(glob: string, directory: string): string[] {
  const cwd = path.resolve(directory);
  checkDirectory(cwd);
  return globSync(glob, { cwd })
    .map((name) => path.resolve(cwd, name))
    .filter(canBeExecuted)
    .sort();
}

function checkDirectory(directory: string): void {
  try {
    if (!statSync(directory).isDirectory()) {
      throw new Error('it is no directory');
    }
    accessSync(directory, constants.R_OK | constants.X_OK);
  } catch (cause) {
    throw new GoPluginError('config', `Cannot look for plugins in ${directory}: ${messageOf(cause)}`, { cause });
  }
}

function canBeExecuted(file: string): boolean {
  try {
    // Windows grants X_OK for every file.
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
