import type { EngineError } from '../../engine.ts';
import type { Bindings } from '../bindings.ts';
import type { DatabaseVersion } from '../files/database-version.ts';
import { closeNative, type Native } from './native.ts';

/** Who has it, until it lets go. */
interface User {
  /** Ends its work: the database must not be used any more. */
  stop(): void;
}

/** Looks for changes of the files that are open, until it is closed. */
export interface Watcher {
  close(): void;
}

/** A native database that several queries have at once. It closes when it is retired and nobody has it any more. */
export class Shared {
  readonly native: Native;
  /** Of the database file that it has open; undefined without one. */
  readonly version: DatabaseVersion | undefined;
  readonly #bindings: Bindings;
  readonly #watcher: Watcher | undefined;
  readonly #users = new Set<User>();
  #condemnation: EngineError | undefined;
  #isRetired = false;

  constructor(bindings: Bindings, native: Native, version?: DatabaseVersion, watcher?: Watcher) {
    this.#bindings = bindings;
    this.native = native;
    this.version = version;
    this.#watcher = watcher;
  }

  /** Why nobody may use it any more. */
  get condemnation(): EngineError | undefined {
    return this.#condemnation;
  }

  take(user: User): void {
    this.#users.add(user);
  }

  release(user: User): void {
    this.#users.delete(user);
    this.#closeIfUnused();
  }

  /** Stops those that have it, and lets nobody else. */
  condemn(reason: EngineError): void {
    this.#condemnation = reason;
    for (const user of this.#users) {
      user.stop();
    }
    this.retire();
  }

  retire(): void {
    if (!this.#isRetired) {
      this.#isRetired = true;
      this.#watcher?.close();
      this.#closeIfUnused();
    }
  }

  #closeIfUnused(): void {
    if (this.#isRetired && this.#users.size === 0) {
      closeNative(this.#bindings, this.native);
    }
  }
}
