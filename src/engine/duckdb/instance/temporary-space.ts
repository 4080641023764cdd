import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { basename, join } from 'node:path';
import { isInside } from '../files/paths.ts';

/** A folder of one native database, which nobody else writes to. */
export interface TemporaryFolder {
  readonly path: string;
  /** Of the files in it, together. */
  readonly maxBytes: number;
  remove(): void;
}

export interface TemporarySpaceOptions {
  /** For each folder. */
  readonly maxBytes: number;
  /** Directories whose files SQL may read: the space must not lie there, since it holds rows of every data source. */
  readonly readable: readonly string[];
}

/** `quiver-` and what mkdtemp makes of it. */
const prefix = 'quiver-';
const ownName = /^quiver-\w{6}$/;
/** A process that has made its folder listens in it at once; one that still does not was killed in between. */
const listensWithinMs = 60_000;

/**
 * Where DuckDB may put what its memory does not hold: a folder for this process in the admin's directory, with one in it for each native
 * database, all of them for this user alone. The process listens on a socket in its folder for as long as it lives, however it ends: so the
 * next one knows which folders are left over and removes those, and no neighbour's.
 */
export class TemporarySpace {
  readonly #folder: string;
  readonly #server: Server;
  readonly #maxBytes: number;

  private constructor(folder: string, server: Server, maxBytes: number) {
    this.#folder = folder;
    this.#server = server;
    this.#maxBytes = maxBytes;
  }

  /** @throws Error that says why the directory cannot be used */
  static async open(directory: string, { maxBytes, readable }: TemporarySpaceOptions): Promise<TemporarySpace> {
    const real = attempt('it cannot be found', () => realpathSync(directory));
    const open = readable.find((path) => isInside(real, realOf(path)));
    if (open !== undefined) {
      throw refusal(`it lies in ${open}, whose files data sources may read`);
    }
    await removeLeftovers(real);
    const folder = attempt('nothing can be written there', () => mkdtempSync(join(real, prefix)));
    const server = await listen(folder).catch((cause) => {
      rmSync(folder, { recursive: true, force: true });
      throw refusal('no socket can be made there; a shorter path may help', cause);
    });
    return new TemporarySpace(folder, server, maxBytes);
  }

  /** @throws Error from the file system */
  makeFolder(): TemporaryFolder {
    const path = mkdtempSync(join(this.#folder, 'engine-'));
    return { path, maxBytes: this.#maxBytes, remove: () => removeNow(path) };
  }

  /** Removes everything, at once: a process that exits waits for nothing. */
  close(): void {
    this.#server.close();
    removeNow(this.#folder);
  }
}

function listen(folder: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(addressOf(folder), () => resolve(server));
  });
}

async function removeLeftovers(directory: string): Promise<void> {
  const folders = attempt('it is no directory that can be listed', () => readdirSync(directory))
    .filter((name) => ownName.test(name))
    .map((name) => join(directory, name));
  for (const folder of folders) {
    if (await isLeftOver(folder)) {
      // What cannot be removed, or is gone by now, is no reason not to start.
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }
}

async function isLeftOver(folder: string): Promise<boolean> {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const user = process.getuid?.();
  if (!found?.isDirectory() || (user !== undefined && found.uid !== user)) {
    return false;
  }
  switch (await answerOf(folder)) {
    case 'ECONNREFUSED':
      return true;
    case 'ENOENT':
      return Date.now() - found.mtimeMs > listensWithinMs;
    default:
      return false;
  }
}

/** What meets who connects: nothing where a process lives, however busy it is, else the error's code. */
function answerOf(folder: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(addressOf(folder));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}

/** Windows has no sockets in folders, but pipes with names of their own. */
function addressOf(folder: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 'alive');
}

/** DuckDB has closed its files, or closes them when the collector comes: on Windows, the next start removes those. */
function removeNow(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {}
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function attempt<T>(reason: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw refusal(reason, cause);
  }
}

function refusal(reason: string, cause?: unknown): Error {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return new Error(`Cannot use the directory for temporary files: ${reason}${code ? ` (${code})` : ''}`, { cause });
}
