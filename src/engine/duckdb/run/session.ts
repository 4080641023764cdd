import { EngineError, type Progress } from '../../engine.ts';
import type { Bindings, Connection, Database, DataChunk, Result } from '../bindings.ts';
import { fromDuckdb, type Source } from '../errors.ts';

/** An interrupt that comes just before its statement starts is lost, so it is repeated until the call returns. */
const interruptEveryMs = 20;

/** Told once when a session no longer needs its connection; `isClean` where all that it ran has come to its end. */
export type OnSessionClose = (isClean: boolean) => void;

/**
 * A connection that is one query's for a while, and the signal that ends it. One call of the engine runs at a time; the connection is given
 * up only when none does.
 */
export class Session {
  readonly connection: Connection;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly #bindings: Bindings;
  readonly #onClose: OnSessionClose;
  readonly #abortListeners = new Set<() => void>();
  #isClosed = false;
  #isInterrupted = false;
  #hasDiscarded = false;

  constructor(bindings: Bindings, connection: Connection, signal: AbortSignal, onClose: OnSessionClose) {
    this.#bindings = bindings;
    this.connection = connection;
    this.signal = signal;
    this.#onClose = onClose;
  }

  /** On a connection of its own, which it closes. */
  static async open(bindings: Bindings, database: Database, signal: AbortSignal): Promise<Session> {
    if (signal.aborted) {
      throw cancelled(signal);
    }
    const connection = await connect(bindings, database);
    return new Session(bindings, connection, signal, () => bindings.disconnect_sync(connection));
  }

  /** @throws EngineError `cancelled` when the signal was aborted or the session interrupted */
  throwIfStopped(): void {
    if (this.signal.aborted || this.#isInterrupted) {
      throw cancelled(this.signal);
    }
  }

  /** Called once when the query is cancelled before the session is closed. */
  onAbort(listener: () => void): void {
    if (this.signal.aborted) {
      listener();
      return;
    }
    this.signal.addEventListener('abort', listener, { once: true });
    this.#abortListeners.add(listener);
  }

  /** How far the statement is that runs now, if DuckDB knows: `enable_progress_bar` is on where a connection is set up. */
  progress(): Progress | undefined {
    if (this.#isClosed) {
      return undefined;
    }
    const { percentage, rows_processed } = this.#bindings.query_progress(this.connection);
    return percentage < 0 ? undefined : { fraction: percentage / 100, rows: Number(rows_processed) };
  }

  /** Stops what runs now; what is run later is refused. */
  interrupt(): void {
    this.#isInterrupted = true;
    if (!this.#isClosed) {
      this.#bindings.interrupt(this.connection);
    }
  }

  /**
   * Awaits one call of the engine, interrupted when the signal is aborted.
   *
   * @param source what the engine was given, for the position of its errors
   * @throws EngineError `cancelled`, or what the engine said
   */
  async run<T>(call: () => Promise<T>, source?: Source): Promise<T> {
    this.throwIfStopped();
    const value = await this.#interruptible(call).catch((error: unknown) => {
      this.throwIfStopped();
      throw fromDuckdb(error, source);
    });
    this.throwIfStopped();
    return value;
  }

  /**
   * Ends a statement that still runs, so that it lets go of its memory now and not when the collector finds its result. Under interruption
   * it still hands out the chunks that it had ready.
   */
  async end(result: Result): Promise<void> {
    this.#isInterrupted = true;
    const fetchRest = async () => {
      let chunk: DataChunk | null;
      do {
        chunk = await this.#bindings.fetch_chunk(result);
      } while (chunk !== null && this.#bindings.data_chunk_get_size(chunk) > 0);
    };
    // Its outcome is of no use: whoever abandons a statement has the reason already.
    await this.#interruptible(fetchRest).catch(() => {});
  }

  /** The same, for a statement in whose place another one is run. */
  async discard(result: Result): Promise<void> {
    const wasInterrupted = this.#isInterrupted;
    await this.end(result);
    this.#isInterrupted = wasInterrupted;
    this.#hasDiscarded = true;
  }

  /** After the last row. Whoever was interrupted, even too late, is not clean: DuckDB may heed it in what runs next. */
  finish(): void {
    this.#close(!this.#isInterrupted && !this.#hasDiscarded && !this.signal.aborted);
  }

  /** At any other time. Of no effect on a session that has finished. */
  close(): void {
    this.#close(false);
  }

  #close(isClean: boolean): void {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    for (const listener of this.#abortListeners) {
      this.signal.removeEventListener('abort', listener);
    }
    this.#onClose(isClean);
  }

  async #interruptible<T>(call: () => Promise<T>): Promise<T> {
    const interrupt = () => this.#bindings.interrupt(this.connection);
    let timer: NodeJS.Timeout | undefined;
    const start = () => {
      interrupt();
      timer ??= setInterval(interrupt, interruptEveryMs);
    };
    this.signal.addEventListener('abort', start, { once: true });
    try {
      const pending = call();
      if (this.#isInterrupted) {
        start();
      }
      return await pending;
    } finally {
      this.signal.removeEventListener('abort', start);
      clearInterval(timer);
    }
  }
}

/** What a query rejects with once its signal has been aborted. */
export function cancelled(signal: AbortSignal): EngineError {
  return new EngineError('cancelled', 'The query was cancelled', { cause: signal.reason });
}

/** @throws EngineError `engine_failed` */
export function connect(bindings: Bindings, database: Database): Promise<Connection> {
  return bindings.connect(database).catch((cause: Error) => {
    throw new EngineError('engine_failed', `Cannot connect to DuckDB: ${cause.message}`, { cause });
  });
}
