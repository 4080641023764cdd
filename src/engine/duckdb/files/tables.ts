import { basename, dirname } from 'node:path';
import { EngineError } from '../../engine.ts';
import type { TableConfig } from '../config.ts';
import { parseFailure, withoutStop } from '../errors.ts';
import { quoteName, quoteText } from '../identifiers.ts';
import { type Format, formatOfFile } from './file-endings.ts';
import { type JsonLevels, tooDeep } from './json-levels.ts';
import { checkPath, deniedByAdmin, fixedPart, missingHint, readHint } from './paths.ts';

const readerOf: Readonly<Record<Format, string>> = { csv: 'read_csv', parquet: 'read_parquet', json: 'read_json' };

/** The named tables of the settings: a view for each, made when its file is there. */
export class Tables {
  readonly #configs: ReadonlyMap<string, TableConfig>;
  readonly #allowed: readonly string[];
  readonly #execute: (sql: string) => Promise<unknown>;
  readonly #jsonLevels: JsonLevels;
  readonly #list: (pattern: string) => Promise<readonly string[]>;
  /** Names whose view exists. */
  readonly #ready = new Set<string>();
  /** Two queries do not make one view at once. */
  readonly #making = new Map<string, Promise<void>>();

  /**
   * @param allowed the admin's directories
   * @param execute runs one statement on a connection of ours
   * @param list finds the files that a pattern stands for
   * @throws EngineError settings_invalid when names are empty or repeat
   */
  constructor(
    configs: readonly TableConfig[],
    allowed: readonly string[],
    execute: (sql: string) => Promise<unknown>,
    jsonLevels: JsonLevels,
    list: (pattern: string) => Promise<readonly string[]>,
  ) {
    this.#configs = byName(configs);
    this.#allowed = allowed;
    this.#execute = execute;
    this.#jsonLevels = jsonLevels;
    this.#list = list;
  }

  get names(): readonly string[] {
    return [...this.#configs.values()].map(({ name }) => name);
  }

  /** Whether queries find a view under this name; DuckDB compares names without case. */
  isReady(name: string): boolean {
    return this.#ready.has(name.toLowerCase());
  }

  /** The file or glob that a name stands for, if it is one of ours. */
  pathOf(name: string): string | undefined {
    return this.#configs.get(name.toLowerCase())?.path;
  }

  /**
   * Makes sure that the table can be read, and makes its view if there is none yet. Names that are no table of ours are ignored.
   *
   * @param throwIfStopped called now and then; what it throws ends the wait
   * @throws EngineError naming the table
   */
  async ensure(name: string, throwIfStopped: () => void): Promise<void> {
    const key = name.toLowerCase();
    const config = this.#configs.get(key);
    if (config === undefined) {
      return;
    }
    const { path, isGlob } = await checkPath(config.path, rulesOf(config, this.#allowed));
    const format = formatOf(config);
    if (format === 'json') {
      const deep = await this.#jsonLevels.findDeep(path, isGlob, throwIfStopped);
      if (deep !== undefined) {
        throw tooDeep(`Cannot read the table ${config.name}`, deep);
      }
    }
    if (this.#ready.has(key)) {
      return;
    }
    const making = this.#making.get(key) ?? this.#make(key, config, format);
    this.#making.set(key, making);
    await making.finally(() => this.#making.delete(key));
  }

  /** How many files it stands for now. Ask for one that `ensure` has let through. */
  async countFiles(name: string): Promise<number> {
    const path = this.pathOf(name) ?? '';
    return fixedPart(path) === path ? 1 : (await this.#list(path)).length;
  }

  async #make(key: string, config: TableConfig, format: Format): Promise<void> {
    try {
      await this.#execute(viewOf(config, format));
    } catch (error) {
      throw fromFileFailure(config, error);
    }
    this.#ready.add(key);
  }
}

/** What DuckDB is told to let through. */
export interface AllowedPaths {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

/**
 * What a table needs: its file, or the directory of its glob. One that is missing is let through where it will be; one outside of the admin's
 * list never is.
 */
export async function pathsOfTable(config: TableConfig, allowed: readonly string[]): Promise<AllowedPaths> {
  try {
    const { path, real, isGlob } = await checkPath(config.path, rulesOf(config, allowed));
    return isGlob ? { files: [], directories: [real] } : { files: [path, real], directories: [] };
  } catch (error) {
    const isMissing = error instanceof EngineError && error.code === 'file_missing';
    if (!isMissing) {
      return { files: [], directories: [] };
    }
    const fixed = fixedPart(config.path);
    return fixed === config.path ? { files: [fixed], directories: [] } : { files: [], directories: [fixed] };
  }
}

/** Directories that messages for viewers leave out. */
export function directoryOf({ path }: TableConfig): string {
  const fixed = fixedPart(path);
  return fixed === path ? dirname(path) : fixed;
}

/** The statement that names a file: `CREATE OR REPLACE VIEW memory.main."sales" AS FROM read_csv('/data/sales.csv')`. */
function viewOf({ name, path }: TableConfig, format: Format): string {
  return `CREATE OR REPLACE VIEW memory.main.${quoteName(name)} AS FROM ${readerOf[format]}(${quoteText(path)})`;
}

function formatOf({ name, path, format }: TableConfig): Format {
  const found = format ?? formatOfFile(path);
  if (found !== undefined) {
    return found;
  }
  throw new EngineError(
    'settings_invalid',
    `Cannot read the table ${name}: the ending of ${basename(path)} names no format`,
    {
      hint: 'Set the table’s format to csv, parquet or json in the data source’s settings',
    },
  );
}

function rulesOf({ name, path }: TableConfig, allowed: readonly string[]) {
  const subject = `Cannot read the table ${name}`;
  return { subject, inside: allowed, denied: deniedByAdmin(path, allowed), kind: 'file' } as const;
}

function fromFileFailure(config: TableConfig, cause: unknown): EngineError {
  const failure = parseFailure(cause);
  const subject = `Cannot read the table ${config.name}`;
  const file = basename(config.path);
  if (/No files found/.test(failure.message)) {
    return new EngineError('file_missing', `${subject}: no file matches ${file}`, { hint: missingHint, cause });
  }
  if (failure.type === 'Permission') {
    const reason = `a file that ${file} stands for lies, by a link, outside of the directories that may be read`;
    return new EngineError('file_not_allowed', `${subject}: ${reason}`, {
      hint: 'Remove the link, or write a path that does not match it',
      cause,
    });
  }
  if (/Permission denied/i.test(failure.message)) {
    return new EngineError('file_unreadable', `${subject}: ${file} may not be read`, { hint: readHint, cause });
  }
  const reason = reasonOf(failure.message.replaceAll(config.path, file));
  return new EngineError('file_invalid', `${subject}: ${file} cannot be read as its format says: ${reason}`, {
    cause,
    hint: 'Check the file, and the table’s format in the data source’s settings',
  });
}

/** DuckDB's first paragraph, up to what it advises and without the line of the file. */
function reasonOf(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const end = lines.findIndex((line) => line === '' || /^(Possible|The search space)/.test(line));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => !line.startsWith('Original Line:'))
    .map(withoutStop)
    .join('. ');
}

function byName(configs: readonly TableConfig[]): ReadonlyMap<string, TableConfig> {
  const map = new Map<string, TableConfig>();
  for (const config of configs) {
    const key = config.name.toLowerCase();
    if (key === '') {
      throw new EngineError('settings_invalid', `Cannot name the table of ${basename(config.path)}: its name is empty`);
    }
    if (map.has(key)) {
      throw new EngineError('settings_invalid', `Cannot name two tables ${config.name}`);
    }
    map.set(key, config);
  }
  return map;
}
