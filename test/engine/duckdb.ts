import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bindings, type Connection, loadBindings } from '../../src/engine/duckdb/bindings.ts';
import { type DuckdbConfig, openDuckdb } from '../../src/engine/duckdb/index.ts';
import { readNames } from '../../src/engine/duckdb/reuse/ask-names.ts';
import { type Engine, EngineError, type QueryOptions } from '../../src/engine/engine.ts';
import { type Column, isValid, type RecordBatch } from '../../src/frame/column.ts';

export type Cell = number | bigint | boolean | string | null;

/** An engine with nothing allowed but what the test says. */
export function open(config: Partial<DuckdbConfig> = {}): Promise<Engine> {
  return openDuckdb({
    tables: [],
    directories: [],
    allowedDirectories: [],
    memoryLimit: '1GiB',
    threads: 2,
    timezone: 'UTC',
    ...config,
  });
}

/** Runs statements in an unlocked DuckDB of its own: the way to make files. */
export async function runUnlocked(path: string, ...statements: readonly string[]): Promise<void> {
  await withUnlocked(path, async (bindings, connection) => {
    for (const statement of statements) {
      await bindings.query(connection, statement);
    }
  });
}

/** The one text that a query gives in an unlocked DuckDB of its own. */
export async function textUnlocked(sql: string): Promise<string> {
  const [text = ''] = await withUnlocked(':memory:', (bindings, connection) => readNames(bindings, connection, sql));
  return text;
}

async function withUnlocked<T>(
  path: string,
  use: (bindings: Bindings, connection: Connection) => Promise<T>,
): Promise<T> {
  const bindings = loadBindings();
  const database = await bindings.open(path, bindings.create_config());
  const connection = await bindings.connect(database);
  try {
    return await use(bindings, connection);
  } finally {
    bindings.disconnect_sync(connection);
    bindings.close_sync(database);
  }
}

/** A folder with its symlinks resolved, and what removes it. */
export function temporaryFolder(...subfolders: readonly string[]): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-engine-')));
  for (const folder of subfolders) {
    mkdirSync(join(path, folder), { recursive: true });
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Answer {
  /** `name:type` of each column. */
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly batches: readonly RecordBatch[];
}

/** The whole result, cell by cell. */
export async function ask(engine: Engine, sql: string, options: Partial<QueryOptions> = {}): Promise<Answer> {
  const { fields, batches } = await engine.query(sql, { signal: new AbortController().signal, ...options });
  const all: RecordBatch[] = [];
  for await (const batch of batches) {
    all.push(batch);
  }
  return {
    fields: fields.map(({ name, type }) => `${name}:${type}`),
    rows: all.flatMap(({ columns, rowCount }) =>
      Array.from({ length: rowCount }, (_, row) => columns.map((column) => cellOf(column, row))),
    ),
    batches: all,
  };
}

/** The only column of a result. */
export async function askColumn(engine: Engine, sql: string): Promise<readonly (Cell | undefined)[]> {
  return (await ask(engine, sql)).rows.map(([cell]) => cell);
}

/** What a query fails with; a query that does not fail is a failure of the test. */
export async function failureOf(promise: Promise<unknown>): Promise<EngineError> {
  const outcome = await promise.then(
    () => new Error('It did not fail'),
    (error: unknown) => error,
  );
  if (outcome instanceof EngineError) {
    return outcome;
  }
  throw outcome;
}

function cellOf(column: Column, row: number): Cell {
  if (!isValid(column, row)) {
    return null;
  }
  switch (column.layout) {
    case 'fixed':
      return column.values[row] as number | bigint;
    case 'bits':
      return ((column.bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
    case 'variable':
      return Buffer.from(column.bytes.subarray(column.offsets[row], column.offsets[row + 1])).toString();
  }
}
