import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, type Database, loadBindings } from '../bindings.ts';
import { readNames } from './ask-names.ts';
import { statelessFunctions, volatileFunctions } from './stability.ts';

const bindings = loadBindings();
let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await bindings.open(':memory:', bindings.create_config());
  connection = await bindings.connect(database);
});
afterAll(() => {
  bindings.disconnect_sync(connection);
  bindings.close_sync(database);
});
const ask = (sql: string) => readNames(bindings, connection, sql);

test('every function that DuckDB calls volatile is on the list, and every macro over one', async () => {
  const functions = await ask(`SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability = 'VOLATILE'`);
  const calls = functions.map((name) => `\\b${name}\\(`).join('|');
  const macros = await ask(
    `SELECT function_name FROM duckdb_functions() WHERE regexp_matches(macro_definition, '${calls}')`,
  );
  expect([...volatileFunctions].sort()).toEqual([...new Set([...functions, ...macros])].sort());
});

test('every function that a kept statement may call is one of DuckDB’s, and consistent in each of its forms', async () => {
  const unsteady = new Set(
    await ask(
      `SELECT function_name FROM duckdb_functions()
       WHERE stability <> 'CONSISTENT' OR regexp_matches(macro_definition, 'current_|now\\(|today|age\\(')`,
    ),
  );
  const all = new Set(await ask('SELECT function_name FROM duckdb_functions()'));
  // The parser makes windows of these.
  const parsed = ['ntile', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'row_number', 'lag', 'lead', 'nth_value'];
  const names = [...statelessFunctions];
  expect(names.filter((name) => unsteady.has(name))).toEqual([]);
  expect(names.filter((name) => !all.has(name) && !parsed.includes(name))).toEqual([]);
});
