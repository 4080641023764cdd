import type { EngineError } from '../engine.ts';
import type { Bindings } from './bindings.ts';
import type { DuckdbConfig } from './config.ts';
import { fromDuckdb } from './errors.ts';
import { versionOf } from './file-version.ts';
import { closeNative, type Native, openNative } from './native.ts';

/** A file that cannot be opened is tried again without having changed: its writer may have let go of it. */
const retryAfterMs = 1000;

/** A native database in use; whoever has it releases it once. */
export interface Lease {
  readonly native: Native;
  release(): void;
}

/**
 * The native database that reads the settings' file as it is now. Each lease asks the file system once whether the file is another (device,
 * inode, size, time of change). If so, a new native database is opened beside the old one, which closes when its last lease ends: until then
 * both have the memory limit to themselves. A file that is gone, or cannot be opened, changes nothing: the last good one serves on, and
 * `failure` says why.
 *
 * It holds for files that are replaced by a rename, or through a symlink. What overwrites the file in place changes it under DuckDB's hands.
 * The file is never opened here: closing it would end DuckDB's own lock on it (fcntl).
 */
export class Latest {
  readonly #bindings: Bindings;
  readonly #config: DuckdbConfig;
  #current: Shared;
  /** Of the file that was opened last, or could not be. */
  #version: string | undefined;
  #failed: { readonly error: EngineError; readonly atMs: number } | undefined;
  /** Many queries reopen it once. */
  #reopening: Promise<void> | undefined;
  #isClosed = false;

  private constructor(bindings: Bindings, config: DuckdbConfig, version: string | undefined, native: Native) {
    this.#bindings = bindings;
    this.#config = config;
    this.#version = version;
    this.#current = new Shared(bindings, native);
  }

  /** @throws EngineError when the settings or the database file are wrong */
  static async open(bindings: Bindings, config: DuckdbConfig): Promise<Latest> {
    // Asked before, so that a change in between is seen later.
    const version = config.database === undefined ? undefined : await versionOf(config.database);
    return new Latest(bindings, config, version, await openNative(bindings, config));
  }

  /** Why the file as it is now is not the one that is read. */
  get failure(): EngineError | undefined {
    return this.#failed?.error;
  }

  async lease(): Promise<Lease> {
    const { database } = this.#config;
    if (database !== undefined && !this.#isClosed) {
      const version = await versionOf(database);
      if (this.#reopening !== undefined || version !== this.#version || this.#isRetryDue()) {
        this.#reopening ??= this.#reopen(version).finally(() => {
          this.#reopening = undefined;
        });
        await this.#reopening;
      }
    }
    return this.#current.lease();
  }

  close(): void {
    this.#isClosed = true;
    this.#current.retire();
  }

  async #reopen(version: string | undefined): Promise<void> {
    try {
      const native = new Shared(this.#bindings, await openNative(this.#bindings, this.#config));
      this.#current.retire();
      this.#current = native;
      this.#failed = undefined;
      if (this.#isClosed) {
        native.retire();
      }
    } catch (error) {
      this.#failed = { error: fromDuckdb(error), atMs: performance.now() };
    }
    this.#version = version;
  }

  #isRetryDue(): boolean {
    return this.#failed !== undefined && performance.now() - this.#failed.atMs >= retryAfterMs;
  }
}

/** Closes when it is retired and nobody has it any more. */
class Shared {
  readonly #bindings: Bindings;
  readonly #native: Native;
  #leases = 0;
  #isRetired = false;

  constructor(bindings: Bindings, native: Native) {
    this.#bindings = bindings;
    this.#native = native;
  }

  lease(): Lease {
    this.#leases++;
    return {
      native: this.#native,
      release: () => {
        this.#leases--;
        this.#closeIfUnused();
      },
    };
  }

  retire(): void {
    if (!this.#isRetired) {
      this.#isRetired = true;
      this.#closeIfUnused();
    }
  }

  #closeIfUnused(): void {
    if (this.#isRetired && this.#leases === 0) {
      closeNative(this.#bindings, this.#native);
    }
  }
}
