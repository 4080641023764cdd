import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Env } from '../env.ts';
import { GoPluginError, messageOf } from '../errors.ts';
import { atHostEnd } from './host-end.ts';
import { type FirstLine, readFirstLine } from './read-first-line.ts';
import { type LineListener, readLines } from './read-lines.ts';

export interface ProcessOptions {
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment: nothing of the host's own is added. */
  readonly env: Env;
  readonly cwd: string;
  readonly onStderrLine: LineListener;
}

/** How a process ended. Both are null where that is not known: it was not this host that started it, or it never started. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A plugin's process, started by this host or not. */
export interface PluginProcess {
  readonly processId: number;
  /** Resolves when the process is gone and what it wrote has been read. */
  readonly exited: Promise<Exit>;
  /** Ends it at once, with SIGKILL; nothing happens to a process that is gone. */
  kill(): void;
  /** What becomes of it where a start fails: whoever started it ends it. */
  abandon(): void;
}

export interface StartedProcess extends PluginProcess {
  readonly stdout: FirstLine;
}

// What a process wrote can be kept open by its own children: that long we wait for the rest of it.
const outputAfterExitMs = 250;

/** Starts a process that ends no later than this one does, unless this one is killed with SIGKILL. */
export async function runProcess(options: ProcessOptions): Promise<StartedProcess> {
  const child = trySpawn(options);
  const processId = child.pid;
  if (processId === undefined) {
    const [cause] = await once(child, 'error');
    throw cannotStart(cause);
  }
  const kill = () => void child.kill('SIGKILL');
  child.once('exit', atHostEnd(kill));
  // A kill() that fails is reported here; the process is then on its way, or another's.
  child.on('error', () => undefined);
  readLines(child.stderr, options.onStderrLine);
  return { processId, stdout: readFirstLine(child.stdout), exited: whenExited(child), kill, abandon: kill };
}

function trySpawn({ file, args, env, cwd }: ProcessOptions) {
  try {
    // Its stdin is empty: a plugin that reads must not take the input from its host.
    return spawn(file, args, { env: { ...env }, cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  } catch (cause) {
    throw cannotStart(cause);
  }
}

function cannotStart(cause: unknown): GoPluginError {
  return new GoPluginError('spawn', `the system refuses: ${messageOf(cause)}`, { cause });
}

function whenExited(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, outputAfterExitMs);
      child.once('close', () => {
        clearTimeout(timer);
        resolve({ code, signal });
      });
    });
  });
}
