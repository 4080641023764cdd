import { dirname } from 'node:path';
import { type Engine, EngineError, type EngineHealth, type QueryOptions, type QueryResult } from '../engine.ts';
import { type Bindings, loadBindings } from './bindings.ts';
import { Catalog } from './catalog.ts';
import type { DuckdbConfig } from './config.ts';
import { fromDuckdb } from './errors.ts';
import { type Admission, admit } from './gate.ts';
import { quoteName, quoteText } from './identifiers.ts';
import { checkNamedFile } from './named-files.ts';
import { closeInstance, type Instance, openInstance } from './open.ts';
import { Parser } from './parser.ts';
import { runSelect } from './query.ts';
import { cancelled, Session } from './session.ts';
import { checkSize } from './sql-size.ts';
import { directoryOf, Tables } from './tables.ts';
import { Turns } from './turns.ts';

/**
 * Opens a locked DuckDB for one version of a data source's settings. A table whose file is missing does not matter here: it is an error of
 * the queries that name it, and of `health`.
 *
 * @throws EngineError when the settings or the database file are wrong
 */
export async function openDuckdb(config: DuckdbConfig): Promise<Engine> {
  const bindings = loadBindings(config.libraryDirectory);
  const instance = await openInstance(bindings, config);
  try {
    const turns = new Turns();
    const makeView = (sql: string) => turns.take(() => bindings.query(instance.control, sql));
    const tables = new Tables(config.tables, config.allowedDirectories, makeView);
    const catalog = await Catalog.read(bindings, instance);
    // Last, so that no failure leaves it open.
    const parser = await Parser.open(bindings, instance.database);
    return new DuckdbEngine({ bindings, config, instance, parser, catalog, tables });
  } catch (error) {
    closeInstance(bindings, instance);
    throw fromDuckdb(error);
  }
}

interface Parts {
  readonly bindings: Bindings;
  readonly config: DuckdbConfig;
  readonly instance: Instance;
  readonly parser: Parser;
  readonly catalog: Catalog;
  readonly tables: Tables;
}

class DuckdbEngine implements Engine {
  readonly #parts: Parts;
  /** Directories that viewers are not told. */
  readonly #hidden: readonly string[];
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { database, tables } = parts.config;
    this.#hidden = [...tables.map(directoryOf), ...(database === undefined ? [] : [dirname(database)])];
  }

  async query(sql: string, { signal, timezone }: QueryOptions): Promise<QueryResult> {
    const { bindings, instance } = this.#parts;
    const session = await Session.open(bindings, instance.database, signal);
    try {
      const admission = await this.#admit(session, sql);
      const broken = await this.#ensureTables(session, admission);
      await this.#checkFiles(session, admission, broken);
      session.throwIfStopped();
      await this.#setUp(session, timezone);
      return await runSelect(bindings, session, { sql, hidden: this.#hidden }).catch((error) => {
        throw becauseOfTable(error, broken) ?? error;
      });
    } catch (error) {
      session.close();
      throw error;
    }
  }

  async health(signal: AbortSignal): Promise<EngineHealth> {
    const { bindings, catalog, tables } = this.#parts;
    for (const name of tables.names) {
      if (signal.aborted) {
        throw cancelled(signal);
      }
      await tables.ensure(name);
      if (catalog.hasTable(name)) {
        const message = `The table ${name} is hidden by one of the same name in the database`;
        throw new EngineError('settings_invalid', message, {
          hint: 'Give it another name in the data source’s settings',
        });
      }
    }
    return {
      version: `DuckDB ${bindings.library_version()}`,
      tables: [...tables.names, ...catalog.tables].sort(),
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    const { bindings, instance, parser } = this.#parts;
    parser.close();
    closeInstance(bindings, instance);
  }

  async #admit(session: Session, sql: string): Promise<Admission> {
    checkSize(sql);
    const { parser, catalog } = this.#parts;
    const serialized = await session.run(() => parser.serialize(sql), { sql });
    return admit(sql, serialized, catalog.tableMacros);
  }

  /** Makes the views that the query may need; names may mean a CTE, so failures are only kept. */
  async #ensureTables(session: Session, { tables }: Admission): Promise<ReadonlyMap<string, EngineError>> {
    const broken = new Map<string, EngineError>();
    for (const name of tables) {
      session.throwIfStopped();
      await this.#parts.tables.ensure(name).catch((error) => {
        if (!(error instanceof EngineError)) {
          throw error;
        }
        broken.set(name.toLowerCase(), error);
      });
    }
    return broken;
  }

  async #checkFiles(session: Session, admission: Admission, broken: ReadonlyMap<string, EngineError>): Promise<void> {
    const { config, tables } = this.#parts;
    for (const file of admission.files) {
      session.throwIfStopped();
      await checkNamedFile(file, config.directories);
    }
    for (const file of admission.fileLikeTables) {
      session.throwIfStopped();
      const failure = broken.get(file.path.toLowerCase());
      if (failure) {
        throw failure;
      }
      if (!tables.isReady(file.path)) {
        await checkNamedFile(file, config.directories);
      }
    }
  }

  /** What the locked configuration still lets a connection set for itself. */
  async #setUp(session: Session, timezone: string | undefined): Promise<void> {
    const { bindings, instance } = this.#parts;
    const settings = [
      // The file first, so that its other schemas need no prefix; then the named tables.
      ...(instance.catalog === undefined
        ? []
        : [`SET search_path = ${quoteText(`${quoteName(instance.catalog)}.main,memory.main`)}`]),
      ...(timezone === undefined ? [] : [`SET TimeZone = ${quoteText(timezone)}`]),
    ];
    if (settings.length > 0) {
      await session.run(() => bindings.query(session.connection, settings.join('; ')));
    }
  }
}

/** The table's own failure, where a statement failed because of it; a CTE of the same name needs no file. */
function becauseOfTable(error: unknown, broken: ReadonlyMap<string, EngineError>): EngineError | undefined {
  if (!(error instanceof EngineError)) {
    return undefined;
  }
  const missing = /^Table with name "?(.+?)"? does not exist/.exec(error.message)?.[1];
  if (missing !== undefined) {
    return broken.get(missing.toLowerCase());
  }
  const [first] = broken.values();
  return error.code === 'sql_invalid' ? undefined : first;
}
