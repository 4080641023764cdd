import { dirname } from 'node:path';
import { EngineError } from '../../engine.ts';
import type { Bindings } from '../bindings.ts';
import type { DuckdbConfig } from '../config.ts';
import { type Source, shortMessage } from '../errors.ts';
import { looksLikeFile } from '../files/file-endings.ts';
import { lookAt, type OpenFile } from '../files/file-version.ts';
import { checkPath } from '../files/paths.ts';
import { becauseOfTable, prepareSources, type Sources } from '../files/sources.ts';
import { type Admission, admit, asDefinition, plainTable } from '../gate/gate.ts';
import type { Parser } from '../gate/parser.ts';
import { checkSize } from '../gate/sql-size.ts';
import { firstWord, splitStatements } from '../gate/statement.ts';
import { readNames } from '../reuse/ask-names.ts';
import { type Catalog, namesIn } from '../reuse/catalog.ts';
import { readTableEntries } from '../reuse/table-entries.ts';
import { prepare } from '../run/query.ts';
import { Session } from '../run/session.ts';
import { type InitStatement, initKinds, parseInitStatement } from './init-statement.ts';
import { Lanes } from './lanes.ts';
import { attachSql, type Instance, searchPathOf } from './open.ts';

/** A native database as init SQL finds it. */
export interface Readable extends Sources {
  readonly instance: Instance;
  readonly parser: Parser;
  /** Of the attached file, as it was when it was opened. */
  readonly catalog: Catalog;
}

/** What init SQL has made. */
export interface InitObjects {
  /** What views, tables and macros read, by their names in lower case: queries that use them answer for it. */
  readonly definitions: ReadonlyMap<string, Admission>;
  /** Names that a query can read from: views, tables, and tables of attached files. */
  readonly tables: readonly string[];
  /** The files of ATTACH, as they were just before. */
  readonly attached: readonly OpenFile[];
}

const noInitObjects: InitObjects = { definitions: new Map(), tables: [], attached: [] };

/**
 * Runs the settings' init SQL on an instance whose directories are closed and whose configuration is not locked yet. Its author writes
 * settings and is not the server's owner, so no statement of theirs runs as it was written: each is taken apart, what can hold an
 * expression passes the same gate as a query, and the statement is written anew around it. What cannot be checked before it runs (INSERT,
 * columns with defaults, SET, COPY …) has no place here; a view, a table made by a SELECT, a macro and a read-only file are what is
 * left, and cover what those are for.
 *
 * @throws EngineError settings_invalid with the number of the statement, whatever the reason was; engine_failed where that of others leaves
 * no room
 */
export async function runInitSql(bindings: Bindings, native: Readable, config: DuckdbConfig): Promise<InitObjects> {
  const { initSql = '', initTimeoutMs = defaultTimeoutMs } = config;
  checkLength(initSql);
  const statements = splitStatements(initSql);
  if (statements.length === 0) {
    return noInitObjects;
  }
  return await lanes.take(initTimeoutMs, async () => {
    const signal = AbortSignal.timeout(initTimeoutMs);
    const session = await Session.open(bindings, native.instance.database, signal);
    try {
      const searchPath = searchPathOf(native.instance);
      if (searchPath !== undefined) {
        await session.run(() => bindings.query(session.connection, searchPath));
      }
      const init = new Init(bindings, session, native, config);
      for (const [index, sql] of statements.entries()) {
        await init.run(sql).catch((error) => {
          throw failureOf(error, sql, index + 1, signal.aborted ? initTimeoutMs : undefined);
        });
      }
      return init;
    } finally {
      session.close();
    }
  });
}

const defaultTimeoutMs = 60_000;

class Init implements InitObjects {
  readonly definitions = new Map<string, Admission>();
  readonly tables: string[] = [];
  readonly attached: OpenFile[] = [];
  readonly #bindings: Bindings;
  readonly #session: Session;
  readonly #native: Readable;
  readonly #config: DuckdbConfig;
  /** DuckDB's own, in lower case. */
  #functions: ReadonlySet<string> | undefined;
  #views: ReadonlySet<string> | undefined;

  constructor(bindings: Bindings, session: Session, native: Readable, config: DuckdbConfig) {
    this.#bindings = bindings;
    this.#session = session;
    this.#native = native;
    this.#config = config;
  }

  async run(sql: string): Promise<void> {
    const statement = parseInitStatement(sql);
    if (statement === undefined) {
      throw new EngineError('sql_refused', 'it is none of the statements that may stand here', { hint: initKinds });
    }
    if (statement.kind === 'database') {
      await this.#attach(statement);
    } else {
      await this.#create(statement);
    }
  }

  async #create(statement: Exclude<InitStatement, { kind: 'database' }>): Promise<void> {
    const { kind, name, checked, sql } = statement;
    await this.#checkName(statement);
    const { parser, catalog } = this.#native;
    const serialized = await this.#session.run(() => parser.serialize(checked), { sql: checked });
    const macros = await this.#session.run(() => catalog.macros());
    const admission = asDefinition(admit(checked, serialized, macros, this.definitions));
    const broken = await prepareSources(admission, this.#session, this.#native, this.#config.directories);
    await this.#execute(sql, 'create').catch((error) => {
      throw becauseOfTable(error, broken) ?? error;
    });
    this.definitions.set(name.toLowerCase(), kind === 'table' ? plainTable : admission);
    if (kind === 'view' || kind === 'table') {
      this.tables.push(name);
    }
  }

  /** A name that hides another would let init SQL stand where a query, or a statement of our own, means something else. */
  async #checkName({ kind, name }: Exclude<InitStatement, { kind: 'database' }>): Promise<void> {
    const { tables, catalog } = this.#native;
    const taken = (by: string) => new EngineError('sql_refused', `the name ${name} is taken by ${by}`);
    if (name === '' || looksLikeFile(name)) {
      throw new EngineError('sql_refused', `the name ${name || 'that it gives'} could be a file’s, or is empty`);
    }
    if (this.definitions.has(name.toLowerCase())) {
      throw taken('a statement before it');
    }
    if (kind === 'view' || kind === 'table') {
      if (tables.names.some((table) => table.toLowerCase() === name.toLowerCase())) {
        throw taken('a table of the settings');
      }
      if (catalog.hasTable(name)) {
        throw taken('a table of the database');
      }
      // A macro that was made before it would read it, too, and nobody would look at what lies behind.
      this.#views ??= new Set(await this.#ask('SELECT DISTINCT lower(view_name) FROM duckdb_views() WHERE internal'));
      if (this.#views.has(name.toLowerCase())) {
        throw taken('a view of DuckDB’s own');
      }
      return;
    }
    // A macro json_serialize_sql would otherwise speak for DuckDB's parser to the gate.
    this.#functions ??= new Set(await this.#ask('SELECT DISTINCT lower(function_name) FROM duckdb_functions()'));
    if (this.#functions.has(name.toLowerCase())) {
      throw taken('a function');
    }
  }

  #ask(sql: string): Promise<readonly string[]> {
    return this.#session.run(() => readNames(this.#bindings, this.#session.connection, sql));
  }

  async #attach({ name, path }: Extract<InitStatement, { kind: 'database' }>): Promise<void> {
    const { real, isGlob } = await checkPath(path, {
      subject: 'Cannot attach the file',
      inside: this.#config.directories,
      denied: {
        reason: 'it lies outside of the data source’s directories',
        hint: 'Add its directory to the data source’s settings',
      },
      kind: 'file',
    });
    if (isGlob) {
      throw new EngineError('sql_refused', 'one file can be attached, and not a pattern');
    }
    const { sql, catalog } = attachSql(real, path, name);
    this.attached.push({ path: real, file: await lookAt(real) });
    // DuckDB is given the file itself, and names that.
    await this.#execute(sql, 'attach', [dirname(real)]);
    // Not as arguments of one call, of which there may be some 100,000.
    for (const table of namesIn(await readTableEntries((sql) => this.#ask(sql)), catalog)) {
      this.tables.push(`${catalog}.${table}`);
    }
  }

  async #execute(sql: string, kind: 'create' | 'attach', alsoHidden: readonly string[] = []): Promise<void> {
    const { directories, allowedDirectories } = this.#config;
    // Nothing of the statement counts as written by whoever reads its error: viewers do.
    const temporary = this.#native.instance.temporary?.path;
    const hidden = [
      ...alsoHidden,
      ...directories,
      ...allowedDirectories,
      ...(temporary === undefined ? [] : [temporary]),
    ];
    const source: Source = { prefix: sql, sql: '', hidden };
    const statement = await prepare(this.#bindings, this.#session, source, kind);
    await this.#session
      .run(() => this.#bindings.execute_prepared(statement), source)
      .finally(() => this.#bindings.destroy_prepare_sync(statement));
  }
}

function checkLength(initSql: string): void {
  try {
    checkSize(initSql);
  } catch (cause) {
    const { message } = cause as EngineError;
    throw new EngineError('settings_invalid', `Cannot run the init SQL: ${message}`, { cause });
  }
}

function failureOf(error: unknown, sql: string, number: number, timedOutMs: number | undefined): unknown {
  if (!(error instanceof EngineError)) {
    return error;
  }
  const subject = `Cannot run statement ${number} of the init SQL (${firstWord(sql) || 'it is empty'} …)`;
  const reason = timedOutMs === undefined ? error.message : `it took longer than ${timedOutMs / 1000} s`;
  return new EngineError('settings_invalid', shortMessage(`${subject}: ${reason}`), {
    ...(error.hint !== undefined && { hint: error.hint }),
    cause: error,
  });
}

/**
 * Statements hold a thread each, and stand in no queue: so many data sources run their init SQL at once, however many open, and leave
 * threads to queries.
 */
const lanes = new Lanes(4);
