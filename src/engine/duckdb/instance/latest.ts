import { type FSWatcher, watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineError } from '../../engine.ts';
import type { Bindings } from '../bindings.ts';
import type { DuckdbConfig } from '../config.ts';
import { fromDuckdb } from '../errors.ts';
import {
  checkLog,
  type DatabaseVersion,
  databaseVersionOf,
  isQuiet,
  realPathOf,
  writtenInPlace,
} from '../files/database-version.ts';
import { lookAt, type OpenFile, wasWrittenInPlace } from '../files/file-version.ts';
import { Lease } from './lease.ts';
import { isInvalid, type Native, openNative } from './native.ts';
import { Shared, type Watcher } from './shared.ts';

/** A file that cannot be opened is tried again without having changed: its writer may have let go of it. */
const retryAfterMs = 1000;
/** Statements that make DuckDB fail for good do not make it be opened all the time. */
const minBetweenRepairsMs = 1000;

/**
 * The native database that reads the settings' file as it is now. Each lease asks the file system once whether the file, or the log beside
 * it, is another (device, inode, size, times of change). If so, a new native database is opened beside the old one, which closes when its
 * last lease ends: until then both have the memory limit to themselves. A file that is gone, or cannot be opened, changes nothing: the last
 * good one serves on, and `failure` says why.
 *
 * That holds for files that are replaced by a rename, or through a symlink. What overwrites the file in place changes it under DuckDB's
 * hands, which then reads rows of two versions, or ends the process (a segmentation fault, seen with v1.5.5). So a file that is open is
 * watched, and as soon as it has other bytes, its queries are stopped, and nobody reads it until it has been left alone for a second.
 *
 * A database that DuckDB has given up after an error of its own is opened anew, at most once a second.
 *
 * The file is never opened here: closing it would end DuckDB's own lock on it (fcntl).
 */
export class Latest {
  readonly #bindings: Bindings;
  readonly #config: DuckdbConfig;
  #current: Shared;
  /** Of the file that was opened last, or could not be. */
  #version: DatabaseVersion | undefined;
  /** Where it really lies. */
  #real: string;
  #failed: { readonly error: EngineError; readonly atMs: number } | undefined;
  /** Many queries reopen it once. */
  #reopening: Promise<void> | undefined;
  #repairedAtMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  private constructor(bindings: Bindings, config: DuckdbConfig, real: string, opened: Opened) {
    this.#bindings = bindings;
    this.#config = config;
    this.#real = real;
    this.#version = opened.version;
    this.#current = this.#share(opened);
  }

  /** @throws EngineError when the settings or the database file are wrong */
  static async open(bindings: Bindings, config: DuckdbConfig): Promise<Latest> {
    const real = await realPathOf(config.database ?? '');
    const version = config.database === undefined ? undefined : await databaseVersionOf(config.database, real);
    return new Latest(bindings, config, real, await openVersion(bindings, config, version));
  }

  /** Why the file as it is now is not the one that is read. */
  get failure(): EngineError | undefined {
    return this.#failed?.error;
  }

  /** @throws EngineError when the file was written in place and cannot be read yet */
  async lease(): Promise<Lease> {
    await this.#catchUp();
    const shared = this.#current;
    if (shared.native.init.attached.length > 0) {
      await this.#look(shared);
    }
    if (shared.condemnation !== undefined && !this.#isClosed) {
      throw this.failure ?? shared.condemnation;
    }
    return new Lease(shared, {
      look: () => this.#look(shared),
      giveUp: (error) => this.#giveUp(shared, error),
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#current.retire();
  }

  async #catchUp(): Promise<void> {
    const { database } = this.#config;
    if (this.#isClosed || (database === undefined && this.#current.condemnation === undefined)) {
      return;
    }
    const version = database === undefined ? undefined : await databaseVersionOf(database, this.#real);
    const isSame = version?.text === this.#version?.text && this.#current.condemnation === undefined;
    if (this.#reopening !== undefined || !isSame || this.#isRetryDue()) {
      this.#reopening ??= this.#reopen(version).finally(() => {
        this.#reopening = undefined;
      });
      await this.#reopening;
    }
  }

  async #reopen(version: DatabaseVersion | undefined): Promise<void> {
    const { database } = this.#config;
    const isNew = version?.text !== this.#version?.text;
    const isInPlace = wasWrittenInPlace(this.#current.version?.file, version?.file);
    if (database !== undefined && isInPlace) {
      this.#condemn(this.#current, writtenInPlace(database));
      if (version !== undefined && !isQuiet(version, Date.now())) {
        return;
      }
    }
    // Nobody can use the current one, and the file that could not be opened is still the same.
    if (this.#failed !== undefined && !isNew && !this.#isRetryDue()) {
      return;
    }
    if (this.#current.condemnation !== undefined && (await isBeingWritten(this.#current.native.init.attached))) {
      return;
    }
    if (!isNew && !isInPlace && this.#failed === undefined) {
      await this.#restBetweenRepairs();
    }
    await this.#openAnew(version);
  }

  async #openAnew(version: DatabaseVersion | undefined): Promise<void> {
    try {
      const real = await realPathOf(this.#config.database ?? '');
      const shared = this.#share(await openVersion(this.#bindings, this.#config, version));
      this.#current.retire();
      this.#current = shared;
      this.#real = real;
      this.#failed = undefined;
      if (this.#isClosed) {
        shared.retire();
      }
    } catch (error) {
      this.#failed = { error: fromDuckdb(error), atMs: performance.now() };
    }
    this.#version = version;
  }

  /** After an error of DuckDB's own, whose cause may come again with the next query. */
  async #restBetweenRepairs(): Promise<void> {
    const restMs = this.#repairedAtMs + minBetweenRepairsMs - performance.now();
    if (restMs > 0) {
      await sleep(restMs);
    }
    this.#repairedAtMs = performance.now();
  }

  #isRetryDue(): boolean {
    return this.#failed !== undefined && performance.now() - this.#failed.atMs >= retryAfterMs;
  }

  #share({ native, version }: Opened): Shared {
    const shared: Shared = new Shared(
      this.#bindings,
      native,
      version,
      this.#watch(this.#openFiles(native, version), () => this.#look(shared)),
    );
    return shared;
  }

  /** Where nothing can be watched, as on network drives, the looks before and after each query are left. */
  #watch(files: readonly OpenFile[], look: () => Promise<void>): Watcher {
    const watchers: FSWatcher[] = [];
    for (const { path } of files) {
      try {
        watchers.push(watch(path, { persistent: false }, () => void look()).on('error', () => {}));
      } catch {}
    }
    return {
      close: () => {
        for (const watcher of watchers) {
          watcher.close();
        }
      },
    };
  }

  /** What DuckDB has open, and could not bear to be written in place. */
  #openFiles({ init }: Native, version: DatabaseVersion | undefined): readonly OpenFile[] {
    const { database } = this.#config;
    const own = database === undefined || version === undefined ? [] : [{ path: database, file: version.file }];
    return [...own, ...init.attached];
  }

  /** Whether the bytes that a native database has open are still those that it has opened. */
  async #look(shared: Shared): Promise<void> {
    for (const { path, file } of this.#openFiles(shared.native, shared.version)) {
      if (wasWrittenInPlace(file, await lookAt(path))) {
        this.#condemn(shared, writtenInPlace(path));
      }
    }
  }

  /** DuckDB refuses all further work after some errors of its own: it is asked, and if so, the next lease has a new one. */
  async #giveUp(shared: Shared, error: EngineError): Promise<void> {
    if (shared.condemnation === undefined && (await isInvalid(this.#bindings, shared.native.instance.database))) {
      this.#condemn(shared, error);
    }
  }

  #condemn(shared: Shared, reason: EngineError): void {
    if (shared.condemnation === undefined) {
      this.#config.report?.(`The engine is opened anew: ${reason.message}`);
      shared.condemn(reason);
    }
  }
}

interface Opened {
  readonly native: Native;
  readonly version: DatabaseVersion | undefined;
}

/** Whether one of them has not been left alone long enough to be opened again. */
async function isBeingWritten(files: readonly OpenFile[]): Promise<boolean> {
  for (const { path } of files) {
    const file = await lookAt(path);
    if (file !== undefined && !isQuiet({ file }, Date.now())) {
      return true;
    }
  }
  return false;
}

/** @param version asked before, so that a change in between is seen later */
async function openVersion(
  bindings: Bindings,
  config: DuckdbConfig,
  version: DatabaseVersion | undefined,
): Promise<Opened> {
  if (config.database !== undefined && version !== undefined) {
    checkLog(config.database, version);
  }
  return { native: await openNative(bindings, config), version };
}
