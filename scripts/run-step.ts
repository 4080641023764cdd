import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export interface Step {
  readonly name: string;
  /** A program of node_modules/.bin or of the PATH, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Folder to run in, relative to the project. Default: the project. */
  readonly cwd?: string;
  /** Whether the last line that it prints is worth reading where it passes, too. */
  readonly tells?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly passed: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

const root = join(import.meta.dirname, '..');

/** Runs a step to its end and says how it went; a program that does not start is a step that failed. */
export function runStep({ command, cwd = '.', env = {} }: Step): Promise<StepResult> {
  const started = performance.now();
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: join(root, cwd),
    env: { ...process.env, PATH: pathWithOurs(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    const end = (passed: boolean) => resolve({ passed, stdout, stderr, seconds: (performance.now() - started) / 1000 });
    child.on('error', (error) => {
      stderr += `Cannot start ${program}: ${error.message}\n`;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/** Prints one line about a step; before it what a step that failed has printed, after it what one that passed has to tell. */
export function printResult({ name, tells }: Step, result: StepResult): void {
  if (!result.passed) {
    process.stdout.write(`${result.stdout}\n${result.stderr}\n`);
  }
  console.log(summaryLine(name, result));
  if (result.passed && tells) {
    console.log(`        ${result.stdout.trimEnd().split('\n').at(-1)}`);
  }
}

/** `ok      types                     6.1 s` */
export function summaryLine(name: string, { passed, seconds }: StepResult): string {
  return `${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s`;
}

function pathWithOurs(): string {
  return [join(root, 'node_modules/.bin'), process.env.PATH].filter(Boolean).join(delimiter);
}
