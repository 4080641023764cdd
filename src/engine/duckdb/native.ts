import type { Bindings } from './bindings.ts';
import { Catalog, readNames } from './catalog.ts';
import type { DuckdbConfig } from './config.ts';
import { fromDuckdb } from './errors.ts';
import { quoteText } from './identifiers.ts';
import { JsonLevels } from './json-levels.ts';
import { closeInstance, type Instance, openInstance } from './open.ts';
import { Parser } from './parser.ts';
import { Tables } from './tables.ts';
import { Turns } from './turns.ts';

/** A native database with what belongs to it. */
export interface Native {
  readonly instance: Instance;
  readonly parser: Parser;
  /** Of the attached file, as it was when it was opened. */
  readonly catalog: Catalog;
  readonly tables: Tables;
  readonly jsonLevels: JsonLevels;
}

/** @throws EngineError when the settings or the database file are wrong */
export async function openNative(bindings: Bindings, config: DuckdbConfig): Promise<Native> {
  const instance = await openInstance(bindings, config);
  try {
    const turns = new Turns();
    const makeView = (sql: string) => turns.take(() => bindings.query(instance.control, sql));
    const list = (pattern: string) =>
      turns.take(() => readNames(bindings, instance.control, `SELECT file FROM glob(${quoteText(pattern)})`));
    const jsonLevels = new JsonLevels(list);
    const tables = new Tables(config.tables, config.allowedDirectories, makeView, jsonLevels);
    const catalog = await Catalog.read(bindings, instance);
    // Last, so that no failure leaves it open.
    const parser = await Parser.open(bindings, instance.database);
    return { instance, parser, catalog, tables, jsonLevels };
  } catch (error) {
    closeInstance(bindings, instance);
    throw fromDuckdb(error);
  }
}

export function closeNative(bindings: Bindings, { instance, parser }: Native): void {
  parser.close();
  closeInstance(bindings, instance);
}
