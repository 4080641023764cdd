import { basename, dirname, extname, join } from 'node:path';
import { EngineError } from '../../engine.ts';
import type { Bindings, Connection, Database } from '../bindings.ts';
import type { DuckdbConfig } from '../config.ts';
import { fromDuckdb, parseFailure } from '../errors.ts';
import { checkPath, deniedByAdmin, readHint } from '../files/paths.ts';
import { type AllowedPaths, pathsOfTable } from '../files/tables.ts';
import { quoteName, quoteText } from '../identifiers.ts';
import type { TemporaryFolder } from './temporary-space.ts';

/** A DuckDB of our own in memory, locked, with the data source's file attached. */
export interface Instance {
  readonly database: Database;
  /** For our own statements: views, lists of tables. */
  readonly control: Connection;
  /** The attached file's name in SQL. */
  readonly catalog: string | undefined;
  readonly temporary: TemporaryFolder | undefined;
}

/** Without the first, a connection does not tell how far it is; without the second, it prints that on stdout. Neither can be set globally. */
export const progressSettings = { enable_progress_bar: true, enable_progress_bar_print: false } as const;

/**
 * Opens an instance and closes the outside to it. The order is what makes it safe: whatever is dangerous off, the file attached, the
 * directories named, the outside closed; then init SQL, and `lockInstance` before any query.
 */
export async function openInstance(bindings: Bindings, config: DuckdbConfig): Promise<Instance> {
  const allowed = await allowedPaths(config);
  const temporary = makeFolder(config);
  const database = await openMemory(bindings, config, temporary).catch((error) => {
    temporary?.remove();
    throw error;
  });
  let control: Connection | undefined;
  try {
    const connection = await bindings.connect(database);
    control = connection;
    const run = (sql: string) => bindings.query(connection, sql);
    await setTimeZone(run, config.timezone);
    if (temporary !== undefined) {
      // Given when the database is opened, DuckDB shows it and does not heed it.
      await run(`SET GLOBAL max_temp_directory_size = '${temporary.maxBytes}B'`);
    }
    const catalog = await attach(run, config);
    await run(`SET GLOBAL allowed_directories = ${quoteList(allowed.directories)}`);
    await run(`SET GLOBAL allowed_paths = ${quoteList(allowed.files)}`);
    // What a query's own connection still sets when all else is locked.
    await run(
      `SET GLOBAL allowed_configs = ${quoteList(['TimeZone', 'search_path', ...Object.keys(progressSettings)])}`,
    );
    await run('SET GLOBAL enable_external_access = false');
    return { database, control, catalog, temporary };
  } catch (error) {
    closeInstance(bindings, { database, control, temporary });
    throw fromDuckdb(error);
  }
}

/** What makes a connection find the file's tables without a prefix, and the named ones after them; undefined where there is no file. */
export function searchPathOf({ catalog }: Instance): string | undefined {
  return catalog === undefined ? undefined : `SET search_path = ${quoteText(`${quoteName(catalog)}.main,memory.main`)}`;
}

/** What has been opened so far. */
type Opened = Pick<Instance, 'database' | 'temporary'> & { readonly control: Connection | undefined };

/** Closes the connection too, if it has come so far: while one is open, a closed database keeps its memory. */
export function closeInstance(bindings: Bindings, { database, control, temporary }: Opened): void {
  if (control !== undefined) {
    bindings.disconnect_sync(control);
  }
  bindings.close_sync(database);
  temporary?.remove();
}

function makeFolder({ temporarySpace }: DuckdbConfig): TemporaryFolder | undefined {
  try {
    return temporarySpace?.makeFolder();
  } catch (cause) {
    throw new EngineError('engine_failed', 'Cannot make a folder for temporary files', {
      hint: 'Whoever runs Grafana can look at its temporary_directory: Grafana’s user must be able to write there',
      cause,
    });
  }
}

async function openMemory(
  bindings: Bindings,
  { memoryLimit, threads }: DuckdbConfig,
  temporary: TemporaryFolder | undefined,
): Promise<Database> {
  // Folders that DuckDB would else look for below HOME; this one is never made.
  const nowhere = join(dirname(process.execPath), 'no-duckdb-home');
  const options = bindings.create_config();
  const settings: Readonly<Record<string, string>> = {
    errors_as_json: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    // It is kept by path, size and time: a file that is replaced while it is read would be read in part from the one before it.
    enable_external_file_cache: 'false',
    home_directory: nowhere,
    extension_directory: nowhere,
    secret_directory: nowhere,
    // Without a folder nothing spills to disk: the memory limit is the limit. DuckDB itself lets SQL read this folder; the gate does not.
    temp_directory: temporary?.path ?? '',
    // Binding takes the cube of an expression's depth, and cannot be stopped: 900 additions had not ended after 20 s, 240 took 1 s.
    max_expression_depth: '250',
    memory_limit: memoryLimit,
    threads: String(threads),
  };
  for (const [name, value] of Object.entries(settings)) {
    try {
      bindings.set_config(options, name, value);
    } catch (cause) {
      throw new EngineError('settings_invalid', `DuckDB does not take ${value} for its setting ${name}`, { cause });
    }
  }
  return bindings.open(':memory:', options);
}

async function setTimeZone(run: (sql: string) => Promise<unknown>, timezone: string): Promise<void> {
  await run(`SET GLOBAL TimeZone = ${quoteText(timezone)}`).catch((cause) => {
    throw new EngineError('settings_invalid', `DuckDB knows no time zone ${timezone}`, { cause });
  });
}

async function attach(run: (sql: string) => Promise<unknown>, config: DuckdbConfig): Promise<string | undefined> {
  if (config.database === undefined) {
    return undefined;
  }
  const subject = 'Cannot open the database';
  const { real } = await checkPath(config.database, {
    subject,
    inside: config.allowedDirectories,
    denied: deniedByAdmin(config.database, config.allowedDirectories),
    kind: 'file',
  });
  const { sql, catalog } = attachSql(real, config.database);
  try {
    await run(sql);
  } catch (cause) {
    throw attachFailure(subject, basename(config.database), cause);
  }
  return catalog;
}

/** DuckDB's own names are taken, and where a schema has a database's name DuckDB cannot tell them apart. */
const takenNames: ReadonlySet<string> = new Set([
  '',
  'information_schema',
  'main',
  'memory',
  'pg_catalog',
  'system',
  'temp',
]);

/**
 * The one way in which a file is attached.
 *
 * @param real the path with its symlinks resolved
 * @param name Default: the file's as it was written, without the ending
 */
export function attachSql(real: string, written: string, name?: string): { readonly sql: string; catalog: string } {
  const catalog = name ?? catalogOf(written);
  return { sql: `ATTACH ${quoteText(real)} AS ${quoteName(catalog)} (TYPE duckdb, READ_ONLY)`, catalog };
}

function catalogOf(path: string): string {
  const stem = basename(path, extname(path));
  return takenNames.has(stem.toLowerCase()) ? `${stem}_db` : stem;
}

function attachFailure(subject: string, file: string, cause: unknown): EngineError {
  const { message } = parseFailure(cause);
  if (/Could not set lock|Conflicting lock|being used by another process/i.test(message)) {
    return new EngineError('database_busy', `${subject}: another process writes to ${file}`, {
      hint: 'Let the producer write a new file and rename it, or close its connection',
      cause,
    });
  }
  if (/Permission denied|Cannot open file/i.test(message)) {
    return new EngineError('file_unreadable', `${subject}: ${file} may not be read`, { hint: readHint, cause });
  }
  return new EngineError('file_invalid', `${subject}: ${file} is not a DuckDB database that this version can read`, {
    hint: 'Check that the file is whole, and that DuckDB has written it',
    cause,
  });
}

/** The settings' directories, and what their tables need. */
async function allowedPaths(config: DuckdbConfig): Promise<AllowedPaths> {
  const directories: string[] = [];
  for (const directory of config.directories) {
    const { real } = await checkPath(directory, {
      subject: 'Cannot let SQL name files',
      inside: config.allowedDirectories,
      denied: deniedByAdmin(directory, config.allowedDirectories, 'directory'),
      kind: 'directory',
    });
    directories.push(real);
  }
  const tables = await Promise.all(config.tables.map((table) => pathsOfTable(table, config.allowedDirectories)));
  return {
    files: tables.flatMap(({ files }) => files),
    directories: [...directories, ...tables.flatMap((table) => table.directories)],
  };
}

function quoteList(values: readonly string[]): string {
  return `[${values.map(quoteText).join(', ')}]`;
}
