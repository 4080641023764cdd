import { delimiter } from 'node:path';

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
  /** Threads of each data source's engine. */
  readonly maxThreads: number;
}

/** More than this the host cannot take in one answer, whatever anybody asks. */
const maxAnswerBytes = 2 ** 31 - 2 ** 20;
const GiB = 2 ** 30;

/**
 * Reads the admin's settings.
 *
 * @throws Error that names the variable, its value and what was expected: a ceiling that cannot be read must not count as none
 */
export function adminSettingsFrom(env: Readonly<Record<string, string | undefined>>): AdminSettings {
  return {
    allowedDirectories: (env.GF_PLUGIN_ALLOWED_DIRECTORIES ?? '')
      .split(delimiter)
      .filter((directory) => directory !== ''),
    maxRows: integer(env, 'GF_PLUGIN_MAX_ROWS', Number.MAX_SAFE_INTEGER),
    maxBytes: Math.min(bytes(env, 'GF_PLUGIN_MAX_BYTES', maxAnswerBytes), maxAnswerBytes),
    maxSeconds: integer(env, 'GF_PLUGIN_MAX_SECONDS', 3600),
    maxQueries: integer(env, 'GF_PLUGIN_MAX_QUERIES', 16),
    maxMemoryBytes: bytes(env, 'GF_PLUGIN_MAX_MEMORY', Number.MAX_SAFE_INTEGER),
    maxThreads: integer(env, 'GF_PLUGIN_MAX_THREADS', Number.MAX_SAFE_INTEGER),
  };
}

const units = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: GiB,
  TIB: 2 ** 40,
} as const;

/** Bytes of a size as people write it: `512MiB`, `1.5 GB`, `1048576`. Undefined if it is none. */
export function parseByteSize(text: string): number | undefined {
  const [, amount, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = (units as Record<string, number>)[unit.toUpperCase()];
  if (amount === undefined || factor === undefined) {
    return undefined;
  }
  const size = Math.floor(Number(amount) * factor);
  return size > 0 && Number.isSafeInteger(size) ? size : undefined;
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
  const text = env[name]?.trim();
  if (!text) {
    return missing;
  }
  const value = parseByteSize(text);
  if (value !== undefined) {
    return value;
  }
  throw new Error(`Cannot use ${name}: expected a size such as 512MiB, got ${text}`);
}
