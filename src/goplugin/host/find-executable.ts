import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../env.ts';
import { GoPluginError } from '../errors.ts';

export interface ExecutableSearch {
  readonly command: string;
  readonly cwd: string;
  /** The plugin's, not the host's: as `spawn()` does it. */
  readonly env: Env;
  readonly platform: NodeJS.Platform;
  readonly kindOf?: (file: string) => FileKind;
}

type FileKind = 'executable' | 'not executable' | 'none';

/**
 * The file that a command means, as an absolute path, so that the one which is looked at is the one which is started. A
 * command with a slash is a path; any other is looked up in PATH as execvp(3) does: an entry that is empty means the
 * working directory, and a file that may not be executed counts only where there is no other. Windows adds `.com` and
 * `.exe` where a name has no ending, and its working directory is not searched.
 * Throws with code `spawn` where PATH has no such file. A path may lead nowhere: the start itself says so.
 */
export function findExecutable({ command, cwd, env, platform, kindOf = kindOfFile }: ExecutableSearch): string {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const names =
    platform === 'win32' && paths.extname(command) === '' ? [`${command}.com`, `${command}.exe`] : [command];
  const isPath = command.includes('/') || (platform === 'win32' && /[\\:]/.test(command));
  const directories = isPath ? [cwd] : searchPath(env, platform).split(paths.delimiter);
  const files = directories.flatMap((directory) => names.map((name) => paths.resolve(cwd, directory, name)));
  const file =
    files.find((candidate) => kindOf(candidate) === 'executable') ??
    files.find((candidate) => kindOf(candidate) === 'not executable');
  if (file !== undefined) {
    return file;
  }
  if (isPath) {
    return paths.resolve(cwd, command);
  }
  throw new GoPluginError(
    'spawn',
    `no directory in its PATH has a file ${JSON.stringify(command)}: ${directories.join(paths.delimiter)}`,
  );
}

function searchPath(env: Env, platform: NodeJS.Platform): string {
  if (platform !== 'win32') {
    return env.PATH ?? '/usr/bin:/bin';
  }
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH');
  return (name === undefined ? undefined : env[name]) ?? '';
}

function kindOfFile(file: string): FileKind {
  try {
    if (!statSync(file).isFile()) {
      return 'none';
    }
  } catch {
    return 'none';
  }
  try {
    accessSync(file, constants.X_OK);
    return 'executable';
  } catch {
    return 'not executable';
  }
}
