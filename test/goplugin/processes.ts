/** Starts the fixtures as real processes, and leaves none of them behind. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import greeterGrpc from '../../examples/generated/hello_grpc_pb.js';
import pb from '../../examples/generated/hello_pb.js';
import { type Connection, openConnection } from '../../src/goplugin/connection.ts';
import { parseHandshake } from '../../src/goplugin/handshake.ts';
import { unary } from '../../src/goplugin/unary.ts';

export const handshake = { magicCookieKey: 'GREETER_COOKIE', magicCookieValue: 'hello' };

const children = new Set<ChildProcess>();
const channels = new Set<Connection>();
const directories = new Set<string>();

afterEach(() => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
  for (const channel of channels) {
    channel.close();
  }
  for (const directory of directories) {
    for (const processId of processIdsIn(directory).filter(isRunning)) {
      process.kill(processId, 'SIGKILL');
    }
    rmSync(directory, { recursive: true, force: true });
  }
  children.clear();
  channels.clear();
  directories.clear();
});

export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}.ts`, import.meta.url));
}

/** A directory for sockets that is removed after the test. */
export function createDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'goplugin-'));
  directories.add(directory);
  return directory;
}

export function socketsIn(directory: string): string[] {
  return readdirSync(directory).filter((name) => name.startsWith('plugin'));
}

/** The ids of the fixtures that ran with this directory as their temporary one. */
export function processIdsIn(directory: string): number[] {
  return readdirSync(directory)
    .filter((name) => name.startsWith('id-'))
    .map((name) => Number(name.slice('id-'.length)));
}

/** Whether a process runs. An orphan that has ended stays visible until the system's first process looks after it. */
export function isRunning(processId: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(processId)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

export interface Started {
  readonly child: ChildProcess;
  readonly directory: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  /** The first line on stdout; rejects if there is none. */
  readonly firstLine: Promise<string>;
}

/** Starts a fixture as a host does, but by hand; `env` is added to what every process needs. */
export function start(name: string, env: Record<string, string> = {}, args: readonly string[] = []): Started {
  const directory = env.TMPDIR ?? createDirectory();
  const child = spawn(process.execPath, [fixture(name), ...args], {
    env: { TMPDIR: directory, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let stdout = '';
  let stderr = '';
  const firstLine = Promise.withResolvers<string>();
  firstLine.promise.catch(() => undefined);
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    const end = stdout.indexOf('\n');
    if (end >= 0) {
      firstLine.resolve(stdout.slice(0, end));
    }
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => {
      firstLine.reject(new Error(`No line on stdout; stderr says: ${stderr}`));
      children.delete(child);
      resolve({ code, signal });
    });
  });
  return { child, directory, stdout: () => stdout, stderr: () => stderr, exited, firstLine: firstLine.promise };
}

/** The greeter with its cookie, ready to be called. */
export async function startGreeter(env: Record<string, string> = {}, args: readonly string[] = []) {
  const started = start('greeter', { GREETER_COOKIE: 'hello', PLUGIN_PROTOCOL_VERSIONS: '2', ...env }, args);
  const answer = parseHandshake(await started.firstLine);
  const channel = openConnection(answer);
  channels.add(channel);
  return { ...started, answer, channel, sayHello: (to: string) => sayHello(channel, to) };
}

export async function sayHello(channel: Pick<Connection, 'client'>, name: string): Promise<string> {
  const request = new pb.HelloRequest();
  request.setName(name);
  const client = channel.client(greeterGrpc.GreeterClient);
  return (await unary<pb.HelloReply>((callback) => client.sayHello(request, callback))).getMessage();
}

/** The records of a log, one for each line of it that is JSON. */
export function recordsIn(log: string): Record<string, unknown>[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/** Waits until something holds; the wait is what is tested, so its limit is given. */
export async function until(holds: () => boolean, limitMs: number): Promise<boolean> {
  const endMs = Date.now() + limitMs;
  while (!holds() && Date.now() < endMs) {
    await delay(20);
  }
  return holds();
}
