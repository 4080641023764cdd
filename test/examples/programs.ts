/** The programs that the tests of the examples start: Node's as they lie there, Go's and Python's made ready below .cache at first use. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { obtainPython } from '../../scripts/conformance/python.ts';

export const root = join(import.meta.dirname, '../..');
const cache = join(root, '.cache/examples');

/** A program and its first arguments. */
export type Command = readonly [string, ...string[]];

/** An example in TypeScript, by its path below examples/, run by the Node that runs this. */
export function nodeProgram(file: string): Command {
  return [process.execPath, join(root, 'examples', file)];
}

/** A Go program by its package, as the greeter's module knows it. */
export function goProgram(name: string, goPackage: string): Command {
  mkdirSync(cache, { recursive: true });
  const program = join(cache, name);
  execFileSync('go', ['build', '-o', program, goPackage], { cwd: join(root, 'examples/greeter/go'), stdio: 'inherit' });
  return [program];
}

/** A Python program by its path below examples/, with the packages that the requirements.txt beside it names. */
export function pythonProgram(file: string): Command {
  const path = join(root, 'examples', file);
  return [obtainPython(join(dirname(path), 'requirements.txt'), cache), path];
}

/** Runs a program to its end, and ends what it left behind: go-plugin's example host does not kill its plugin when a call has failed. */
export function run(
  [program, ...args]: Command,
  { cwd = root, env = process.env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number | null }> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => endGroup(child.pid as number));
    child.once('close', (code) => resolve({ stdout: stdout(), stderr: stderr(), code }));
  });
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody of the group was left.
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString();
}

/** The lines of a file of this project. */
export function linesOf(file: string): readonly string[] {
  return readFileSync(join(root, file), 'utf8').trimEnd().split('\n');
}
