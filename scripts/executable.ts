import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts a bundle into a copy of Node, as one file that runs alone.
 *
 * @param bundle file name in the folder; stack traces show it, so it is no path of the machine that built
 * @param node the Node program to copy; it must be of the version that runs this
 */
export function makeExecutable(folder: string, bundle: string, node: string, output: string): void {
  stripSymbols(node, join(folder, 'node'));
  writeFileSync(join(folder, 'sea.json'), JSON.stringify({ ...options, main: bundle, executable: 'node', output }));
  execFileSync(process.execPath, ['--build-sea', 'sea.json'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  chmodSync(output, 0o755);
}

const options = {
  mainFormat: 'module',
  disableExperimentalSEAWarning: true,
  // Saves 20 ms of CPU at each start. V8 reads it only on the platform that made it.
  useCodeCache: true,
  // Keeps V8's young generation small: after 8,000 small queries 130 MB instead of 205, with no CPU lost.
  execArgv: ['--max-semi-space-size=4'],
  // NODE_OPTIONS of the host is not meant for us.
  execArgvExtension: 'none',
};

/** Before the bundle goes in: afterwards its notes would be lost. 150 MB become 116; without binutils they stay. */
function stripSymbols(from: string, to: string): void {
  try {
    execFileSync('strip', ['-o', to, from]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new Error(`Cannot strip ${from}`, { cause: error });
    }
    console.warn('No strip (binutils) on this machine: the executable stays 33 MB larger');
    copyFileSync(from, to);
  }
}
