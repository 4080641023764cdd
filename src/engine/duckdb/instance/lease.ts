import { basename } from 'node:path';
import { EngineError, type EngineErrorCode, type QueryResult } from '../../engine.ts';
import { parseFailure, sentence, shortMessage } from '../errors.ts';
import { publishHint } from '../files/database-version.ts';
import { guardBatches } from '../files/guard-batches.ts';
import type { Native } from './native.ts';
import type { Shared } from './shared.ts';

/** What whoever leases a native database out does for one that has it. */
export interface Landlord {
  /** Condemns the database if its file has been written in place. */
  look(): Promise<void>;
  /** Condemns it if DuckDB itself has given it up. */
  giveUp(error: EngineError): Promise<void>;
}

/** A native database in use; whoever has it releases it once. */
export class Lease {
  readonly native: Native;
  readonly release: () => void;
  readonly #shared: Shared;
  readonly #landlord: Landlord;
  #stop = () => {};

  constructor(shared: Shared, landlord: Landlord) {
    this.#shared = shared;
    this.#landlord = landlord;
    this.native = shared.native;
    const user = { stop: () => this.#stop() };
    shared.take(user);
    this.release = () => shared.release(user);
  }

  /** Not a signal: to join two of them for each query costs 44 µs and keeps memory. */
  onCondemned(stop: () => void): void {
    this.#stop = stop;
  }

  /** Whether a query failed only because DuckDB has failed on another one. */
  wasStoppedByNeighbour(error: unknown): boolean {
    return error instanceof StoppedByNeighbour;
  }

  /** The same rows; they end with an error where the file was written in place while they were read. */
  guard(result: QueryResult): QueryResult {
    return guardBatches(result, { atEnd: () => this.#checkFile(), explain: (error) => this.explain(error) });
  }

  /**
   * The failure of a query for its person: that of the file, where the file is to blame. A database that DuckDB has given up is condemned.
   */
  async explain(error: unknown): Promise<unknown> {
    if (!(error instanceof EngineError) || !mayComeFromFile.has(error.code)) {
      return error;
    }
    await this.#landlord.look();
    const failure = parseFailure(error.cause);
    if (failure.type === 'INTERNAL' || failure.type === 'FATAL') {
      await this.#landlord.giveUp(error);
    }
    const { condemnation } = this.#shared;
    if (condemnation?.code === 'database_busy') {
      return condemnation;
    }
    if (brokenFile.test(failure.message)) {
      return brokenDatabase(error, failure.message);
    }
    const isNeighbours = condemnation !== undefined && (error.code === 'cancelled' || wasGivenUp.test(failure.message));
    return isNeighbours ? new StoppedByNeighbour(error) : error;
  }

  async #checkFile(): Promise<void> {
    await this.#landlord.look();
    const { condemnation } = this.#shared;
    if (condemnation?.code === 'database_busy') {
      throw condemnation;
    }
  }
}

/** Other failures have another reason, whatever the file is like. A query that is stopped is stopped by its caller or by us. */
const mayComeFromFile: ReadonlySet<EngineErrorCode> = new Set([
  'cancelled',
  'sql_failed',
  'sql_invalid',
  'engine_failed',
]);
const wasGivenUp = /database has been invalidated/;
const brokenFile = /corrupt database file|Could not read (?:enough bytes )?from file|Serialization Error/i;

function brokenDatabase(cause: EngineError, message: string): EngineError {
  // It names the file as it was attached, by its whole path, with links followed.
  const original = (/Original error: "(.*)"/s.exec(message)?.[1] ?? message).replaceAll(
    /file "([^"]*)"/g,
    (_, path: string) => `file ${basename(path)}`,
  );
  return new EngineError('file_invalid', `The database file is damaged: ${shortMessage(sentence(original))}`, {
    hint: `${publishHint}, and check that file`,
    cause,
  });
}

/** What a query fails with because DuckDB has failed on another's. */
class StoppedByNeighbour extends EngineError {
  constructor(cause: EngineError) {
    super('engine_failed', 'The query was stopped, since DuckDB has failed on another one', {
      hint: 'Run it again: the engine is opened anew',
      cause,
    });
  }
}
