import type { Bindings, Database } from '../bindings.ts';
import { Objects } from '../catalog/objects.ts';
import type { DuckdbConfig } from '../config.ts';
import { fromDuckdb } from '../errors.ts';
import { JsonLevels } from '../files/json-levels.ts';
import { Tables } from '../files/tables.ts';
import { Parser } from '../gate/parser.ts';
import { quoteText } from '../identifiers.ts';
import { readNames } from '../reuse/ask-names.ts';
import { Catalog } from '../reuse/catalog.ts';
import { type KnownNames, knownNames } from '../reuse/known-names.ts';
import { Once } from '../reuse/once.ts';
import { Seats } from '../reuse/seats.ts';
import { Verdicts } from '../reuse/verdicts.ts';
import { Turns } from '../run/turns.ts';
import { type InitObjects, type Readable, runInitSql } from './init-sql.ts';
import { lockInstance, readSettings } from './lock.ts';
import { closeInstance, type Instance, openInstance, progressSettings, searchPathOf } from './open.ts';

/** A native database with what belongs to it. */
export interface Native extends Readable {
  readonly init: InitObjects;
  readonly seats: Seats;
  readonly names: Once<KnownNames>;
  readonly verdicts: Verdicts;
  readonly objects: Objects;
}

/** @throws EngineError when the settings or the database file are wrong */
export async function openNative(bindings: Bindings, config: DuckdbConfig): Promise<Native> {
  const instance = await openInstance(bindings, config);
  let parser: Parser | undefined;
  try {
    const turns = new Turns();
    const makeView = (sql: string) => turns.take(() => bindings.query(instance.control, sql));
    const ask = (sql: string) => turns.take(() => readNames(bindings, instance.control, sql));
    const list = (pattern: string) => ask(`SELECT file FROM glob(${quoteText(pattern)})`);
    const jsonLevels = new JsonLevels(list);
    const tables = new Tables(config.tables, config.allowedDirectories, makeView, jsonLevels, list);
    const catalog = await Catalog.read(ask, instance.catalog);
    parser = await Parser.open(bindings, instance.database);
    const readable = { instance, parser, catalog, tables, jsonLevels };
    const settings = config.initSql ? await readSettings(bindings, instance) : undefined;
    const init = await runInitSql(bindings, readable, config);
    await lockInstance(bindings, instance, settings);
    const seats = new Seats(bindings, instance.database, (timezone) => sessionSettings(instance, timezone));
    const macros = async () => new Set([...(await catalog.macros()), ...init.definitions.keys()]);
    const entries = config.initSql ? undefined : catalog.entries;
    const objects = new Objects(bindings, instance, entries, tables.names, macros);
    const names = new Once(async (signal) =>
      knownNames(await objects.entries.get(signal), {
        catalog: instance.catalog,
        fileTables: tables.names,
        macros: await macros(),
      }),
    );
    return { ...readable, init, seats, names, verdicts: new Verdicts(), objects };
  } catch (error) {
    parser?.close();
    closeInstance(bindings, instance);
    throw fromDuckdb(error);
  }
}

/** What the locked configuration still lets a connection set for itself. */
function sessionSettings(instance: Instance, timezone: string | undefined): string {
  const searchPath = searchPathOf(instance);
  const settings = [
    ...Object.entries(progressSettings).map(([name, value]) => `SET ${name} = ${value}`),
    ...(searchPath === undefined ? [] : [searchPath]),
    ...(timezone === undefined ? [] : [`SET TimeZone = ${quoteText(timezone)}`]),
  ];
  return settings.join('; ');
}

export function closeNative(bindings: Bindings, { instance, parser, seats }: Native): void {
  parser.close();
  seats.close();
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
