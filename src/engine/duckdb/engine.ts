import { dirname } from 'node:path';
import type { Field } from '../../frame/column.ts';
import { type Engine, EngineError, type EngineHealth, type QueryOptions, type QueryResult } from '../engine.ts';
import { type Bindings, loadBindings } from './bindings.ts';
import type { DuckdbConfig } from './config.ts';
import type { Source } from './errors.ts';
import { parseExplain } from './explain.ts';
import { admit } from './gate.ts';
import { quoteText } from './identifiers.ts';
import { Latest } from './latest.ts';
import type { Lease } from './lease.ts';
import type { Native } from './native.ts';
import { progressSettings, searchPathOf } from './open.ts';
import { describeSelect, runSelect } from './query.ts';
import { runExplain } from './run-explain.ts';
import { cancelled, Session } from './session.ts';
import { becauseOfTable, prepareSources } from './sources.ts';
import { checkSize } from './sql-size.ts';
import { directoryOf } from './tables.ts';

/**
 * Opens a locked DuckDB for one version of a data source's settings. A table whose file is missing does not matter here: it is an error of
 * the queries that name it, and of `health`. A database file that is replaced later is read from the next query on; one that cannot be
 * opened any more is an error of `health` alone, and queries read what was there before.
 *
 * @throws EngineError when the settings or the database file are wrong
 */
export async function openDuckdb(config: DuckdbConfig): Promise<Engine> {
  const bindings = loadBindings(config.libraryDirectory);
  return new DuckdbEngine(bindings, config, await Latest.open(bindings, config));
}

class DuckdbEngine implements Engine {
  readonly #bindings: Bindings;
  readonly #config: DuckdbConfig;
  readonly #latest: Latest;
  /** Directories that viewers are not told. */
  readonly #hidden: readonly string[];

  constructor(bindings: Bindings, config: DuckdbConfig, latest: Latest) {
    this.#bindings = bindings;
    this.#config = config;
    this.#latest = latest;
    const { database, tables, directories, initSql } = config;
    this.#hidden = [
      ...tables.map(directoryOf),
      ...(database === undefined ? [] : [dirname(database)]),
      // What a view of init SQL reads, a query does not name.
      ...(initSql ? directories : []),
    ];
  }

  async query(sql: string, options: QueryOptions): Promise<QueryResult> {
    const lease = await this.#latest.lease();
    try {
      return await this.#queryOn(lease, sql, options);
    } catch (error) {
      const isNeighbours = lease.wasStoppedByNeighbour(error) && !options.signal.aborted;
      if (!isNeighbours) {
        throw error;
      }
    }
    // No row has been read yet.
    return await this.#queryOn(await this.#latest.lease(), sql, options);
  }

  async describe(sql: string, options: QueryOptions): Promise<readonly Field[]> {
    const lease = await this.#latest.lease();
    const session = await this.#openSession(lease, options);
    try {
      return await this.#admitted(lease.native, session, sql, options, async (source) =>
        parseExplain(sql) ? [] : describeSelect(this.#bindings, session, source, options),
      );
    } catch (error) {
      throw await lease.explain(error);
    } finally {
      session.close();
    }
  }

  async health(signal: AbortSignal): Promise<EngineHealth> {
    const { native, release } = await this.#latest.lease();
    try {
      return await this.#examine(native, signal);
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    this.#latest.close();
  }

  async #queryOn(lease: Lease, sql: string, options: QueryOptions): Promise<QueryResult> {
    const session = await this.#openSession(lease, options);
    options.watch?.({ progress: () => session.progress() });
    try {
      const result = await this.#admitted(lease.native, session, sql, options, (source) => {
        const explain = parseExplain(sql);
        return explain
          ? runExplain(this.#bindings, session, explain, this.#hidden)
          : runSelect(this.#bindings, session, source, options);
      });
      return lease.guard(result);
    } catch (error) {
      const explained = await lease.explain(error);
      session.close();
      throw explained;
    }
  }

  /** Closing the session releases the lease. */
  async #openSession(lease: Lease, { signal }: QueryOptions): Promise<Session> {
    const { native, release } = lease;
    const session = await Session.open(this.#bindings, native.instance.database, signal, release).catch((error) => {
      release();
      throw error;
    });
    lease.onCondemned(() => session.interrupt());
    return session;
  }

  /** Lets a statement through the gate, and then does with it what is asked. */
  async #admitted<T>(
    native: Native,
    session: Session,
    sql: string,
    { timezone }: QueryOptions,
    proceed: (source: Source) => Promise<T>,
  ): Promise<T> {
    checkSize(sql);
    const select = parseExplain(sql)?.inner ?? sql;
    const serialized = await session.run(() => native.parser.serialize(select), { sql: select });
    const admission = admit(select, serialized, native.catalog.macros, native.init.definitions);
    const broken = await prepareSources(admission, session, native, this.#config.directories);
    session.throwIfStopped();
    await this.#setUp(native, session, timezone);
    return await proceed({ sql, hidden: this.#hidden }).catch((error) => {
      throw becauseOfTable(error, broken) ?? error;
    });
  }

  /** What the locked configuration still lets a connection set for itself. */
  async #setUp({ instance }: Native, session: Session, timezone: string | undefined): Promise<void> {
    const searchPath = searchPathOf(instance);
    const settings = [
      ...Object.entries(progressSettings).map(([name, value]) => `SET ${name} = ${value}`),
      ...(searchPath === undefined ? [] : [searchPath]),
      ...(timezone === undefined ? [] : [`SET TimeZone = ${quoteText(timezone)}`]),
    ];
    await session.run(() => this.#bindings.query(session.connection, settings.join('; ')));
  }

  async #examine({ catalog, tables, init }: Native, signal: AbortSignal): Promise<EngineHealth> {
    const { failure } = this.#latest;
    if (failure !== undefined) {
      const message = `${failure.message}; queries still read what was there before`;
      throw new EngineError(failure.code, message, {
        ...(failure.hint === undefined ? {} : { hint: failure.hint }),
        cause: failure,
      });
    }
    const throwIfStopped = () => {
      if (signal.aborted) {
        throw cancelled(signal);
      }
    };
    for (const name of tables.names) {
      throwIfStopped();
      await tables.ensure(name, throwIfStopped);
      if (catalog.hasTable(name)) {
        const message = `The table ${name} is hidden by one of the same name in the database`;
        throw new EngineError('settings_invalid', message, {
          hint: 'Give it another name in the data source’s settings',
        });
      }
    }
    return {
      version: `DuckDB ${this.#bindings.library_version()}`,
      tables: [...tables.names, ...catalog.tables, ...init.tables].sort(),
    };
  }
}
