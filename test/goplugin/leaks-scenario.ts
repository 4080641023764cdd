/** Runs a host of the leak tests in a directory of its own, and counts what is left of it and of its plugins. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Holds } from './fixtures/leaks-holds.ts';
import type { Reattaches } from './fixtures/leaks-reattaches.ts';
import type { Rounds } from './fixtures/leaks-rounds.ts';
import type { Usage } from './fixtures/leaks-usage.ts';
import { fixture, until } from './processes.ts';

/** What the hosts print. */
export interface Report {
  readonly starts: number;
  /** How many plugins ended so: an exit code, or a signal. */
  readonly endings: Readonly<Record<string, number>>;
  /** What Node warned of: too many listeners, for one. */
  readonly warnings: readonly string[];
  readonly before: Usage;
  readonly after: Usage;
}

export interface Host {
  readonly child: ChildProcess;
  readonly directory: string;
  readonly stdout: () => string;
  readonly exited: Promise<{ code: number | null; signal: string | null; stderr: string }>;
}

const directories = new Set<string>();
// Node loads the fixtures several times as fast when it need not compile them each time.
const compileCache = mkdtempSync(path.join(os.tmpdir(), 'leaks-cache-'));

// Not after each: tests run side by side.
afterAll(() => {
  for (const directory of directories) {
    for (const { processId } of processesIn(directory)) {
      process.kill(processId, 'SIGKILL');
    }
    rmSync(directory, { recursive: true, force: true });
  }
  rmSync(compileCache, { recursive: true, force: true });
});

interface Configs {
  readonly rounds: Rounds;
  readonly holds: Holds;
  readonly reattaches: Reattaches;
}

/** Starts a host as a terminal does: with its plugins it is a process group of its own. */
export function startHost<Name extends keyof Configs>(name: Name, config: Configs[Name]): Host {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'leaks-'));
  directories.add(directory);
  const args = [fixture(`leaks-${name}`), JSON.stringify(config)];
  const child = spawn(process.execPath, args, {
    env: { TMPDIR: directory, NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<Awaited<Host['exited']>>((resolve) => {
    // Not `close`: a plugin's child may hold the pipes.
    child.once('exit', (code, signal) => setTimeout(() => resolve({ code, signal, stderr }), 50));
  });
  return { child, directory, stdout: () => stdout, exited };
}

/** Starts a host that holds plugins, and waits until it does. */
export async function startHolding(config: Holds): Promise<Host> {
  const host = startHost('holds', config);
  await until(() => host.stdout().includes('holding') || host.child.exitCode !== null, 60_000);
  if (!host.stdout().includes('holding')) {
    throw new Error(`The host does not hold its plugins: ${(await host.exited).stderr}`);
  }
  return host;
}

/** How hosts are ended from outside. */
export const signals: Readonly<Record<string, (host: Host) => void>> = {
  SIGKILL: ({ child }) => child.kill('SIGKILL'),
  SIGTERM: ({ child }) => child.kill('SIGTERM'),
  // A terminal sends it to the whole process group.
  'Ctrl-C': ({ child }) => process.kill(-(child.pid ?? 0), 'SIGINT'),
};

/** Runs a host that ends by itself. */
export async function runHost<Name extends 'rounds' | 'reattaches'>(name: Name, config: Configs[Name]) {
  const host = startHost(name, config);
  const { code, signal, stderr } = await host.exited;
  if (code !== 0 || stderr !== '') {
    throw new Error(`The host ended with ${code ?? signal}: ${stderr || host.stdout()}`);
  }
  return { host, report: JSON.parse(host.stdout()) as Report };
}

/** Everything that runs with this directory as its temporary one, whoever started it. Zombies have no environment. */
export function processesIn(directory: string): readonly { readonly processId: number; readonly command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => readProc(id, 'environ').split('\0').includes(`TMPDIR=${directory}`))
    .map((id) => ({ processId: Number(id), command: readProc(id, 'cmdline').replaceAll('\0', ' ').trim() }));
}

function readProc(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

export interface Left {
  readonly processes: readonly string[];
  readonly files: readonly string[];
}

/** What is left of a host that has ended, after so long as an orphan may take on a busy machine. */
export async function left({ directory }: Pick<Host, 'directory'>): Promise<Left> {
  const look = () => ({
    processes: processesIn(directory).map(({ command }) => command),
    files: readdirSync(directory, { recursive: true }).map(String),
  });
  await until(() => processesIn(directory).length === 0, 20_000);
  return look();
}

export const nothing: Left = { processes: [], files: [] };

/** Says in one line what was counted. */
export function print(what: string, { starts, before, after }: Partial<Report>, { processes, files }: Left): void {
  const counts = `${starts} starts, ${processes.length} processes left, ${files.length} files left`;
  const usage =
    before === undefined || after === undefined
      ? ''
      : `, ${before.fds} → ${after.fds} fds, ${before.resources} → ${after.resources} active resources, ` +
        `${before.heapMiB} → ${after.heapMiB} MiB of heap, ${before.rssMiB} → ${after.rssMiB} MiB resident`;
  console.log(`${what}: ${counts}${usage}`);
}
