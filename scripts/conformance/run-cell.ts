/** Runs a host for one cell, and sees that it ends and leaves nothing behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cell } from './features.ts';
import { type CheckResult, resultSchema } from './judge.ts';
import { processesWith } from './left-behind.ts';
import type { Command } from './programs.ts';

export interface CellRun {
  readonly results: readonly CheckResult[];
  /** What is wrong with the run as a whole; one sentence each. */
  readonly problems: readonly string[];
  readonly stderr: string;
  readonly seconds: number;
}

/** In the environment of the host and of all that it starts. */
const MARK = 'INTEROP_CELL';
const CELL_LIMIT_MS = 120_000;
/** A plugin that sees its host's end leaves by itself, within this. */
const LEAVING_MS = 3000;

/** The programs for a cell, and the names of the checks to run. */
export interface CellTask {
  readonly cell: Cell;
  readonly checks: readonly string[];
  readonly host: Command;
  readonly plugin: Command;
}

/** Never rejects; ends what it started, at the latest when the signal is aborted. */
export async function runCell({ cell, checks, host, plugin }: CellTask, signal: AbortSignal): Promise<CellRun> {
  const started = performance.now();
  const run = randomUUID();
  const [program, ...args] = host;
  const options = ['--plugin', cell.plugin, '--network', cell.network, '--auto-mtls', String(cell.autoMtls)];
  const child = spawn(program, [...args, ...options, '--checks', checks.join(','), '--', ...plugin], {
    env: { ...process.env, [MARK]: run },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  const closed = new Promise((resolve) => child.once('close', resolve));
  const problem = await problemOf(child, AbortSignal.any([signal, AbortSignal.timeout(CELL_LIMIT_MS)]));
  const left = await leaveNothing(`${MARK}=${run}`);
  // Only now: who was left behind held the pipes, too.
  await closed;
  const { results, strange } = parseLines(stdout());
  return {
    results,
    problems: [
      ...(problem === undefined ? [] : [problem]),
      ...strange.map((line) => `the host printed a line that is no result: ${line}`),
      ...left.map((processId) => `process ${processId} was left behind`),
    ],
    stderr: stderr(),
    seconds: (performance.now() - started) / 1000,
  };
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

function problemOf(child: ChildProcess, signal: AbortSignal): Promise<string | undefined> {
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  return new Promise((resolve) => {
    const end = (problem?: string) => {
      signal.removeEventListener('abort', kill);
      resolve(problem);
    };
    child.once('error', (error) => end(`the host does not start: ${error.message}`));
    child.once('exit', (code, signalName) =>
      end(code === 0 ? undefined : `the host ended with ${signalName ?? `code ${code}`}`),
    );
  });
}

/** Gives plugins time to see that their host has gone; then ends those that are left, and tells which they were. */
async function leaveNothing(mark: string): Promise<number[]> {
  const deadline = performance.now() + LEAVING_MS;
  while (processesWith(mark).length > 0 && performance.now() < deadline) {
    await sleep(50);
  }
  return processesWith(mark).filter((processId) => {
    try {
      return process.kill(processId, 'SIGKILL');
    } catch {
      // It has ended just now.
      return false;
    }
  });
}

function parseLines(stdout: string): { results: CheckResult[]; strange: string[] } {
  const results: CheckResult[] = [];
  const strange: string[] = [];
  for (const line of stdout.split('\n').filter(Boolean)) {
    try {
      results.push(resultSchema.parse(JSON.parse(line)));
    } catch {
      strange.push(line);
    }
  }
  return { results, strange };
}
