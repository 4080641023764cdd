import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import type * as api from '@duckdb/node-bindings';

/** DuckDB's C API as Node sees it. */
export type Bindings = typeof api;
export type Connection = api.Connection;
export type Database = api.Database;
export type DataChunk = api.DataChunk;
export type LogicalType = api.LogicalType;
export type PreparedStatement = api.PreparedStatement;
export type Result = api.Result;

let loaded: Bindings | undefined;

/**
 * DuckDB's native library, loaded on first use (85 ms of CPU and 35 MB, which a Flight SQL data source never pays).
 *
 * @param libraryDirectory where `duckdb.node` lies beside libduckdb; default: the npm package of this platform
 */
export function loadBindings(libraryDirectory?: string): Bindings {
  loaded ??= libraryDirectory === undefined ? fromPackage() : fromDirectory(libraryDirectory);
  return loaded;
}

/** Not an import: the bundler would pull in a file that it cannot bundle. */
function fromPackage(): Bindings {
  return createRequire(import.meta.url)('@duckdb/node-bindings') as Bindings;
}

function fromDirectory(directory: string): Bindings {
  const module = { exports: {} };
  process.dlopen(module, join(directory, 'duckdb.node'), constants.dlopen.RTLD_LAZY);
  return module.exports as Bindings;
}
