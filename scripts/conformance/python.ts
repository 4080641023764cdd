import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PYTHONS = ['python3', 'python'];
const BIN = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';

/**
 * Returns a Python that has what a requirements.txt names: of a virtual environment in the cache, which is made once for each text of that
 * file, with packages from PyPI. Throws where there is no Python, no network, or no such package.
 */
export function obtainPython(requirements: string, cacheDir: string): string {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(cacheDir, `python-${hash}`);
  const whole = join(folder, 'whole');
  if (existsSync(whole)) {
    return join(folder, BIN);
  }
  // What is left of an installation that was cut off.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cacheDir, { recursive: true });
  makeEnvironment(folder);
  const quiet = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:', '--no-deps'];
  run(join(folder, BIN), ['-m', 'pip', 'install', ...quiet, '--requirement', requirements]);
  writeFileSync(whole, '');
  return join(folder, BIN);
}

function makeEnvironment(folder: string): void {
  const failures: string[] = [];
  for (const python of PYTHONS) {
    try {
      run(python, ['-m', 'venv', folder]);
      return;
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new Error(failures.join('\n'));
}

function run(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    throw new Error(
      `Cannot prepare Python: ${command} ${args.slice(0, 3).join(' ')}: ${stderr?.toString().trim() || message}`,
      {
        cause: error,
      },
    );
  }
}
