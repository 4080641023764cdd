import { availableParallelism } from 'node:os';
import { delimiter, isAbsolute } from 'node:path';
import { parseByteSize } from '../model/byte-size.ts';

/** What the server's admin allows, over every data source: `GF_PLUGIN_…`, from `[plugin.quiver-sql-datasource]` in grafana.ini. */
export interface AdminSettings {
  /** The only places from which files may be read; none by default. */
  readonly allowedDirectories: readonly string[];
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly maxSeconds: number;
  /** Queries at once in this process. */
  readonly maxQueries: number;
  /** Bytes of memory for each data source's engine. */
  readonly maxMemoryBytes: number;
  /** Resident memory of this process, above which queries are stopped; undefined leaves it to the machine's memory. */
  readonly maxProcessMemoryBytes: number | undefined;
  /** Threads of each data source's engine; the machine's processors unless told. */
  readonly maxThreads: number;
  /** Where engines may put what their memory does not hold; by default nowhere. */
  readonly temporary?: { readonly directory: string; readonly maxBytes: number };
}

/** What the columns of one answer may hold: hosts take less than 2 GiB, metadata and the bitmaps of spread series included. */
export const maxAnswerBytes = 2 ** 31 - 2 ** 26;
/** A timer cannot wait longer than 24 days; nobody waits for a panel that long. */
const maxSeconds = 86_400;

/**
 * Reads the admin's settings.
 *
 * @throws Error that names the variable, its value and what was expected: a ceiling that cannot be read must not count as none
 */
export function adminSettingsFrom(env: Readonly<Record<string, string | undefined>>): AdminSettings {
  const temporaryDirectory = directory(env, 'GF_PLUGIN_TEMPORARY_DIRECTORY');
  const maxTemporary = bytes(env, 'GF_PLUGIN_MAX_TEMPORARY', 4 * 2 ** 30);
  return {
    allowedDirectories: directories(env, 'GF_PLUGIN_ALLOWED_DIRECTORIES'),
    maxRows: integer(env, 'GF_PLUGIN_MAX_ROWS', Number.MAX_SAFE_INTEGER),
    maxBytes: Math.min(bytes(env, 'GF_PLUGIN_MAX_BYTES', maxAnswerBytes), maxAnswerBytes),
    maxSeconds: Math.min(integer(env, 'GF_PLUGIN_MAX_SECONDS', 3600), maxSeconds),
    maxQueries: integer(env, 'GF_PLUGIN_MAX_QUERIES', 16),
    maxMemoryBytes: bytes(env, 'GF_PLUGIN_MAX_MEMORY', Number.MAX_SAFE_INTEGER),
    maxProcessMemoryBytes: optionalBytes(env, 'GF_PLUGIN_MAX_PROCESS_MEMORY'),
    maxThreads: integer(env, 'GF_PLUGIN_MAX_THREADS', availableParallelism()),
    ...(temporaryDirectory && { temporary: { directory: temporaryDirectory, maxBytes: maxTemporary } }),
  };
}

function directories(env: Readonly<Record<string, string | undefined>>, name: string): readonly string[] {
  const listed = (env[name] ?? '').split(delimiter).map((directory) => directory.trim());
  const relative = listed.find((directory) => directory !== '' && !isAbsolute(directory));
  if (relative !== undefined) {
    throw new Error(`Cannot use ${name}: expected absolute paths with ${delimiter} between them, got ${relative}`);
  }
  return listed.filter((directory) => directory !== '');
}

function directory(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const path = env[name]?.trim();
  if (path && !isAbsolute(path)) {
    throw new Error(`Cannot use ${name}: expected an absolute path, got ${path}`);
  }
  return path || undefined;
}

function integer(env: Readonly<Record<string, string | undefined>>, name: string, missing: number): number {
  const text = env[name]?.trim();
  if (!text) {
    return missing;
  }
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) {
    return value;
  }
  throw new Error(`Cannot use ${name}: expected a whole number above 0, got ${text}`);
}

function bytes(env: Readonly<Record<string, string | undefined>>, name: string, missing: number): number {
  return optionalBytes(env, name) ?? missing;
}

function optionalBytes(env: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = env[name]?.trim();
  if (!text) {
    return undefined;
  }
  const value = parseByteSize(text);
  if (value !== undefined) {
    return value;
  }
  throw new Error(`Cannot use ${name}: expected a size such as 512MiB, got ${text}`);
}
