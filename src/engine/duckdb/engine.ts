import { dirname } from 'node:path';
import type { Field } from '../../frame/column.ts';
import type { CatalogColumn } from '../catalog.ts';
import { type Engine, EngineError, type EngineHealth, type QueryOptions, type QueryResult } from '../engine.ts';
import { type Bindings, loadBindings } from './bindings.ts';
import { describeTypes } from './catalog/columns.ts';
import { DuckdbCatalog } from './catalog/duckdb-catalog.ts';
import { throwIfHidden } from './catalog/hidden-table.ts';
import { withNearestTable } from './catalog/nearest-name.ts';
import type { DuckdbConfig } from './config.ts';
import { fromDuckdb, type Source } from './errors.ts';
import { readFiles } from './files/files-read.ts';
import { becauseOfTable, pathsOf, prepareSources } from './files/sources.ts';
import { directoryOf } from './files/tables.ts';
import { type Explain, parseExplain } from './gate/explain.ts';
import { admit } from './gate/gate.ts';
import { checkSize } from './gate/sql-size.ts';
import { Latest } from './instance/latest.ts';
import type { Lease } from './instance/lease.ts';
import type { Native } from './instance/native.ts';
import type { Reuse } from './reuse/reuse.ts';
import { maxKeptLength, type Seat, type Seats } from './reuse/seats.ts';
import type { Verdict } from './reuse/verdicts.ts';
import { describeSelect, prepareSelect, runPrepared } from './run/query.ts';
import { runExplain } from './run/run-explain.ts';
import { cancelled, Session } from './run/session.ts';

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
  readonly version: string;
  readonly catalog: DuckdbCatalog;
  readonly #bindings: Bindings;
  readonly #config: DuckdbConfig;
  readonly #latest: Latest;
  /** Directories that viewers are not told. */
  readonly #hidden: readonly string[];

  constructor(bindings: Bindings, config: DuckdbConfig, latest: Latest) {
    this.#bindings = bindings;
    this.#config = config;
    this.#latest = latest;
    this.version = `DuckDB ${bindings.library_version()}`;
    this.catalog = new DuckdbCatalog(latest, (sql, signal) => this.#describeTypes(sql, signal));
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
    return await this.#examined(sql, options, async (session, { source, explain }) =>
      explain ? [] : describeSelect(this.#bindings, session, source, options),
    );
  }

  #describeTypes(sql: string, signal: AbortSignal): Promise<readonly CatalogColumn[]> {
    return this.#examined(sql, { signal }, (session, { source }) => describeTypes(this.#bindings, session, source));
  }

  /** Lets a statement through the gate to be looked at, and not run. */
  async #examined<T>(
    sql: string,
    options: QueryOptions,
    look: (session: Session, admitted: Admitted) => Promise<T>,
  ): Promise<T> {
    const lease = await this.#latest.lease();
    const { seat, session } = await this.#openSession(lease, sql, options);
    try {
      const seen = await this.#admitted(lease.native, session, sql, (admitted) => {
        seat.isReusable = admitted.reuse !== 'nothing';
        return look(session, admitted);
      });
      session.finish();
      return seen;
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
    const { seat, session } = await this.#openSession(lease, sql, options);
    options.watch?.({ progress: () => session.progress() });
    try {
      const result = await this.#admitted(lease.native, session, sql, ({ source, explain, reuse, paths }) =>
        readFiles(paths, () =>
          explain
            ? runExplain(this.#bindings, session, explain, source.hidden ?? [])
            : this.#select(seat, session, source, reuse, options),
        ),
      );
      return lease.guard(result);
    } catch (error) {
      const explained = await lease.explain(error);
      session.close();
      throw explained;
    }
  }

  /** Closing the session leaves the seat and releases the lease. */
  async #openSession(lease: Lease, sql: string, options: QueryOptions): Promise<{ seat: Seat; session: Session }> {
    const { native, release } = lease;
    const { seats } = native;
    const seat = await this.#seatFor(seats, sql, options).catch((error) => {
      release();
      throw fromDuckdb(error);
    });
    const session = new Session(this.#bindings, seat.connection, options.signal, (isClean) => {
      seats.leave(seat, isClean);
      release();
    });
    lease.onCondemned(() => session.interrupt());
    return { seat, session };
  }

  async #seatFor(seats: Seats, sql: string, options: QueryOptions): Promise<Seat> {
    const { signal, timezone } = options;
    if (signal.aborted) {
      throw cancelled(signal);
    }
    return seats.recall(statementKey(sql, options), timezone) ?? (await seats.open(timezone));
  }

  /** Lets a statement through the gate, and then does with it what is asked. */
  async #admitted<T>(
    native: Native,
    session: Session,
    sql: string,
    proceed: (admitted: Admitted) => Promise<T>,
  ): Promise<T> {
    const remembered = native.verdicts.recall(sql);
    const explain = remembered === undefined ? explainOf(sql) : undefined;
    const { admission, reuse } = remembered ?? (await this.#judge(native, session, explain?.inner ?? sql));
    const broken = await prepareSources(admission, session, native, this.#config.directories);
    session.throwIfStopped();
    const paths = pathsOf(admission, native.tables);
    const { temporary } = native.instance;
    const hidden = temporary === undefined ? this.#hidden : [...this.#hidden, temporary.path];
    return await proceed({ source: { sql, hidden }, explain, reuse, paths }).catch(async (error) => {
      const readTables = () => native.objects.tables.get(session.signal);
      throw becauseOfTable(error, broken) ?? (await withNearestTable(error, readTables));
    });
  }

  async #judge(native: Native, session: Session, sql: string): Promise<Verdict> {
    const { parser, catalog, init, names, verdicts } = native;
    const known = await session.run(() => names.get(session.signal));
    const macros = await session.run(() => catalog.macros());
    const serialized = await session.run(() => parser.serialize(sql), { sql });
    return verdicts.judge(sql, known, (visitor) => admit(sql, serialized, macros, init.definitions, visitor));
  }

  async #select(
    seat: Seat,
    session: Session,
    source: Source,
    reuse: Reuse,
    options: QueryOptions,
  ): Promise<QueryResult> {
    const key = statementKey(source.sql, options);
    const prepared = seat.recall(key) ?? (await prepareSelect(this.#bindings, session, source, options));
    seat.isReusable = reuse !== 'nothing';
    if (reuse === 'statement' && key.length <= maxKeptLength) {
      seat.keep(key, prepared);
      return runPrepared(this.#bindings, session, prepared);
    }
    return runPrepared(this.#bindings, session, prepared).finally(() =>
      this.#bindings.destroy_prepare_sync(prepared.statement),
    );
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
      throwIfHidden(catalog, name);
    }
    return {
      version: this.version,
      tables: [...tables.names, ...catalog.tables, ...init.tables].sort(),
    };
  }
}

/** A statement that the gate has let through. */
interface Admitted {
  readonly source: Source;
  readonly explain: Explain | undefined;
  readonly reuse: Reuse;
  /** Files and globs that it reads. */
  readonly paths: readonly string[];
}

/** What a statement is prepared from: its text, and what else changes the SQL that DuckDB gets. No SQL that passes holds a zero. */
function statementKey(sql: string, { bigintAsText }: QueryOptions): string {
  return bigintAsText === undefined ? sql : `${sql}\0${bigintAsText.exceptNames.join('\0')}`;
}

/** What an EXPLAIN explains; undefined for every other statement. */
function explainOf(sql: string): Explain | undefined {
  checkSize(sql);
  return parseExplain(sql);
}
