import { type ChildProcess, spawn } from 'node:child_process';
import { GoPluginError, messageOf } from '../errors.ts';
import { readLines } from './read-lines.ts';

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing of the host's own is added. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onStderrLine: (line: string) => void;
}

/** How a process ended: one of the two is null. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly processId: number;
  /** The first line on stdout; undefined when stdout ended without one. What follows is read and discarded. */
  readonly firstLine: Promise<string | undefined>;
  /** Resolves when the process is gone and what it wrote has been read. */
  readonly exited: Promise<Exit>;
  /** SIGKILL; nothing happens to a process that is gone. */
  kill(): void;
}

// What a process wrote can be kept open by its own children: that long we wait for the rest of it.
const outputAfterExitMs = 250;

/** Starts a process that ends no later than this one does, unless this one is killed with SIGKILL. */
export async function runProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { command, args, env, onStderrLine } = options;
  // Its stdin is empty: a plugin that reads must not take the input from its host.
  const child = spawn(command, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const exited = whenExited(child);
  const firstLine = Promise.withResolvers<string | undefined>();
  readLines(child.stdout, firstLine.resolve);
  child.stdout.once('close', () => firstLine.resolve(undefined));
  readLines(child.stderr, onStderrLine);
  const processId = await whenSpawned(child, command);
  killAtExit(child);
  return { processId, firstLine: firstLine.promise, exited, kill: () => void child.kill('SIGKILL') };
}

function whenExited(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => resolve({ code, signal }), outputAfterExitMs);
      child.once('close', () => {
        clearTimeout(timer);
        resolve({ code, signal });
      });
    });
  });
}

function whenSpawned(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid as number));
    // Stays, since a failed kill() is reported here as well.
    child.on('error', (cause) => {
      reject(new GoPluginError('spawn', `Cannot start the plugin ${command}: ${messageOf(cause)}`, { cause }));
    });
  });
}

const running = new Set<ChildProcess>();

function killAtExit(child: ChildProcess): void {
  if (running.size === 0) {
    process.on('exit', killAll);
  }
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) {
      process.off('exit', killAll);
    }
  });
}

function killAll(): void {
  for (const child of running) {
    child.kill('SIGKILL');
  }
}
