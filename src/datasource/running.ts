import { createHash } from 'node:crypto';
import type { StatementProbe } from '../engine/engine.ts';

/** A statement that ends in time once it is told to end has ended by then. */
const graceMs = 10_000;

/** What is known of a query when it is given its slot. */
export interface QueryIdentity {
  /** Which data source it is for, as the queue tells them apart. */
  readonly source: string;
  /** The data source's name for people who read logs: its uid. */
  readonly sourceUid: string;
  /** The SQL that the engine is given. */
  readonly sql: string;
  /** Whether it has a slot for looks, which no query waits for. Default: no. */
  readonly isLook?: boolean;
  /** Aborts when the query is to end. */
  readonly signal: AbortSignal;
  /** Ends it with a reason that its caller is told. */
  readonly stop: (reason: Error) => void;
}

/** A query that has a slot. */
export class RunningQuery {
  readonly source: string;
  readonly sourceUid: string;
  readonly isLook: boolean;
  /** When it was given its slot, as the registry's clock says. */
  readonly startedMs: number;
  readonly stop: (reason: Error) => void;
  /** When it was told to end: its caller has been answered since. */
  toldToEndMs: number | undefined;
  /** Says how far the statement is, once the engine has it. */
  probe: StatementProbe | undefined;
  readonly #sql: string;
  #hash: string | undefined;

  constructor({ source, sourceUid, sql, isLook = false, stop }: QueryIdentity, startedMs: number) {
    this.source = source;
    this.sourceUid = sourceUid;
    this.isLook = isLook;
    this.startedMs = startedMs;
    this.stop = stop;
    this.#sql = sql;
  }

  /** For the engine to say how far it is. */
  readonly watch = (probe: StatementProbe): void => {
    this.probe = probe;
  };

  /** The first 12 hexadecimal digits of the SQL's SHA-256: logs must not show the SQL, which may hold what not everybody may read. */
  get hash(): string {
    this.#hash ??= createHash('sha256').update(this.#sql).digest('hex').slice(0, 12);
    return this.#hash;
  }
}

/** Every query that has a slot, in the order of their starts. */
export class RunningQueries {
  readonly #now: () => number;
  readonly #queries = new Set<RunningQuery>();
  readonly #onStart: () => void;

  /**
   * @param now milliseconds of a clock that is never set
   * @param onStart called when a query has been added
   */
  constructor(now: () => number, onStart: () => void = () => {}) {
    this.#now = now;
    this.#onStart = onStart;
  }

  get all(): ReadonlySet<RunningQuery> {
    return this.#queries;
  }

  /** Holds the query here until the promise of `work` has settled. */
  async run<T>(identity: QueryIdentity, work: (query: RunningQuery) => Promise<T>): Promise<T> {
    const query = new RunningQuery(identity, this.#now());
    const { signal } = identity;
    const onAbort = () => {
      query.toldToEndMs = this.#now();
    };
    if (signal.aborted) {
      onAbort();
    }
    signal.addEventListener('abort', onAbort, { once: true });
    this.#queries.add(query);
    this.#onStart();
    try {
      return await work(query);
    } finally {
      this.#queries.delete(query);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Those that run on although they were told to end more than ten seconds ago: one native call that heeds nothing. */
  stuck(source?: string, isLook?: boolean): readonly RunningQuery[] {
    const since = this.#now() - graceMs;
    return [...this.#queries].filter(
      (query) =>
        (source === undefined || query.source === source) &&
        (isLook === undefined || query.isLook === isLook) &&
        query.toldToEndMs !== undefined &&
        query.toldToEndMs <= since,
    );
  }

  /** Whether a data source has queries or looks here, and every one is stuck. */
  hasOnlyStuck(source: string, isLook = false): boolean {
    const own = [...this.#queries].filter((query) => query.source === source && query.isLook === isLook);
    return own.length > 0 && own.length === this.stuck(source, isLook).length;
  }

  /** Seconds since a query was given its slot. */
  secondsOf({ startedMs }: RunningQuery): number {
    return (this.#now() - startedMs) / 1000;
  }
}
