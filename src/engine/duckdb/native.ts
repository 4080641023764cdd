import type { Bindings, Database } from './bindings.ts';
import { Catalog, readNames } from './catalog.ts';
import type { DuckdbConfig } from './config.ts';
import { fromDuckdb } from './errors.ts';
import { quoteText } from './identifiers.ts';
import { type InitObjects, type Readable, runInitSql } from './init-sql.ts';
import { JsonLevels } from './json-levels.ts';
import { lockInstance, readSettings } from './lock.ts';
import { closeInstance, openInstance } from './open.ts';
import { Parser } from './parser.ts';
import { Tables } from './tables.ts';
import { Turns } from './turns.ts';

/** A native database with what belongs to it. */
export interface Native extends Readable {
  readonly init: InitObjects;
}

/** @throws EngineError when the settings or the database file are wrong */
export async function openNative(bindings: Bindings, config: DuckdbConfig): Promise<Native> {
  const instance = await openInstance(bindings, config);
  let parser: Parser | undefined;
  try {
    const turns = new Turns();
    const makeView = (sql: string) => turns.take(() => bindings.query(instance.control, sql));
    const list = (pattern: string) =>
      turns.take(() => readNames(bindings, instance.control, `SELECT file FROM glob(${quoteText(pattern)})`));
    const jsonLevels = new JsonLevels(list);
    const tables = new Tables(config.tables, config.allowedDirectories, makeView, jsonLevels);
    const catalog = await Catalog.read(bindings, instance);
    parser = await Parser.open(bindings, instance.database);
    const readable = { instance, parser, catalog, tables, jsonLevels };
    const settings = config.initSql ? await readSettings(bindings, instance) : undefined;
    const init = await runInitSql(bindings, readable, config);
    await lockInstance(bindings, instance, settings);
    return { ...readable, init };
  } catch (error) {
    parser?.close();
    closeInstance(bindings, instance);
    throw fromDuckdb(error);
  }
}

export function closeNative(bindings: Bindings, { instance, parser }: Native): void {
  parser.close();
  closeInstance(bindings, instance);
}

/** Whether DuckDB refuses to do anything any more. */
export async function isInvalid(bindings: Bindings, database: Database): Promise<boolean> {
  const connection = await bindings.connect(database);
  try {
    await bindings.query(connection, 'SELECT 1');
    return false;
  } catch {
    return true;
  } finally {
    bindings.disconnect_sync(connection);
  }
}
