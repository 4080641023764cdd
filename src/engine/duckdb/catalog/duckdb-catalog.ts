import type {
  Catalog,
  CatalogColumn,
  CatalogFunction,
  CatalogSchema,
  CatalogTable,
  ColumnNames,
  ConfiguredTable,
  Page,
  PageRequest,
} from '../../catalog.ts';
import { EngineError } from '../../engine.ts';
import { compareNames, pageOf } from '../../page.ts';
import { fromDuckdb } from '../errors.ts';
import { quoteName } from '../identifiers.ts';
import type { Latest } from '../instance/latest.ts';
import type { Native } from '../instance/native.ts';
import { cancelled } from '../run/session.ts';
import { maxTablesOfColumn } from './column-index.ts';
import { throwIfHidden } from './hidden-table.ts';
import { nearestHint } from './nearest-name.ts';
import { schemaMeant, tableOf } from './table-names.ts';

/** Tells the columns of a SELECT that has to pass the gate first. */
type DescribeTypes = (sql: string, signal: AbortSignal) => Promise<readonly CatalogColumn[]>;

interface FileTables {
  readonly columns: ReadonlyMap<CatalogTable, readonly CatalogColumn[]>;
  readonly failures: readonly EngineError[];
}

/** What is in the database file as it is now, and in the files of the settings. */
export class DuckdbCatalog implements Catalog {
  readonly #latest: Latest;
  readonly #describe: DescribeTypes;

  constructor(latest: Latest, describe: DescribeTypes) {
    this.#latest = latest;
    this.#describe = describe;
  }

  async schemas(page: PageRequest, signal: AbortSignal): Promise<Page<CatalogSchema>> {
    const names = new Set((await this.#tables(signal)).map(({ schema }) => schema));
    const sorted = [...names].sort(compareNames).map((name) => ({ name }));
    return pageOf(sorted, page);
  }

  async tables(schema: string, page: PageRequest, signal: AbortSignal): Promise<Page<CatalogTable>> {
    const { all, within: found } = await this.#tablesIn(schema, signal);
    if (found.length === 0) {
      throw unknownName('schema', schema, new Set(all.map((table) => table.schema)));
    }
    return pageOf(found, page);
  }

  async table(schema: string | undefined, name: string, signal: AbortSignal): Promise<CatalogTable> {
    const { within } = await this.#tablesIn(schema, signal);
    const found = within.filter((table) => isSame(table.name, name));
    const table = found.find((candidate) => candidate.schema === 'main') ?? found[0];
    if (table === undefined) {
      throw unknownName('table', schema === undefined ? name : `${schema}.${name}`, new Set(within.map((t) => t.name)));
    }
    return table;
  }

  columns(from: string, signal: AbortSignal): Promise<readonly CatalogColumn[]> {
    return this.#describe(`SELECT * FROM ${from}`, signal);
  }

  async columnsOfEach(
    froms: readonly string[],
    ctes: string,
    signal: AbortSignal,
  ): Promise<readonly (readonly CatalogColumn[])[]> {
    const tables = froms.map((from, i) => `(SELECT * FROM ${from}\n) AS q${i}`).join(', ');
    const columns = froms.map((_, i) => `q${i}.*, 0 AS ${quoteName(endOfTable)}`).join(', ');
    return splitAtEnds(await this.#describe(`${ctes} SELECT ${columns} FROM ${tables}`, signal));
  }

  async tablesWith(column: string, signal: AbortSignal): Promise<readonly CatalogTable[]> {
    const { tables, columns, catalog } = await this.#read(signal, async ({ objects, instance }) => ({
      tables: await objects.tables.get(signal),
      columns: await objects.columns.get(signal),
      catalog: instance.catalog,
    }));
    const indexed = columns.get(column.toLowerCase())?.tables ?? [];
    const found = indexed.flatMap((entry) => tableOf(entry, tables, catalog) ?? []);
    for (const [table, itsColumns] of (await this.#fileTables(signal)).columns) {
      if (itsColumns.some(({ name }) => isSame(name, column))) {
        found.push(table);
      }
    }
    return found.slice(0, maxTablesOfColumn);
  }

  async columnNames(signal: AbortSignal): Promise<ColumnNames> {
    const index = await this.#read(signal, ({ objects }) => objects.columns.get(signal));
    const names = new Map([...index].map(([key, { name }]) => [key, name]));
    const { columns, failures } = await this.#fileTables(signal);
    for (const { name } of [...columns.values()].flat()) {
      names.set(name.toLowerCase(), names.get(name.toLowerCase()) ?? name);
    }
    return { names: [...names.values()].sort(compareNames), failures };
  }

  functions(signal: AbortSignal): Promise<readonly CatalogFunction[]> {
    return this.#read(signal, ({ objects }) => objects.functions.get(signal));
  }

  async configuredTable(name: string, signal: AbortSignal): Promise<ConfiguredTable> {
    const files = await this.#read(signal, async ({ tables, catalog }) => {
      await tables.ensure(name, () => throwIfAborted(signal));
      throwIfHidden(catalog, name);
      return await tables.countFiles(name);
    });
    const { sql } = await this.table('main', name, signal);
    return { files, columns: await this.columns(sql, signal) };
  }

  /** The columns of the settings' tables, and why some cannot be read. */
  async #fileTables(signal: AbortSignal): Promise<FileTables> {
    const names = await this.#read(signal, async ({ tables }) => new Set(tables.names));
    const all = await this.#tables(signal);
    const found = new Map<CatalogTable, readonly CatalogColumn[]>();
    const failures: EngineError[] = [];
    for (const table of all.filter(({ schema, name }) => schema === 'main' && names.has(name))) {
      try {
        found.set(table, await this.columns(table.sql, signal));
      } catch (error) {
        throwIfAborted(signal);
        if (!(error instanceof EngineError)) {
          throw error;
        }
        failures.push(error);
      }
    }
    return { columns: found, failures };
  }

  /** Those of a schema, which may be named with its database; of all without one. Tables of the settings are in no file. */
  async #tablesIn(schema: string | undefined, signal: AbortSignal) {
    const { all, catalog, ofSettings } = await this.#read(signal, async ({ objects, instance, tables }) => ({
      all: await objects.tables.get(signal),
      catalog: instance.catalog,
      ofSettings: new Set(tables.names),
    }));
    if (schema === undefined) {
      return { all, within: all };
    }
    const meant = schemaMeant(schema, all, catalog);
    const within = all.filter((table) => isSame(table.schema, meant));
    return { all, within: isSame(meant, schema) ? within : within.filter(({ name }) => !ofSettings.has(name)) };
  }

  #tables(signal: AbortSignal): Promise<readonly CatalogTable[]> {
    return this.#read(signal, ({ objects }) => objects.tables.get(signal));
  }

  /** Holds the database while it is read. */
  async #read<T>(signal: AbortSignal, read: (native: Native) => Promise<T>): Promise<T> {
    throwIfAborted(signal);
    const { native, release } = await this.#latest.lease();
    try {
      return await read(native);
    } catch (error) {
      throwIfAborted(signal);
      throw fromDuckdb(error);
    } finally {
      release();
    }
  }
}

/** Between the columns of two tables, which may have the same names; none is called so. */
const endOfTable = '\u{1}';

function splitAtEnds(columns: readonly CatalogColumn[]): readonly (readonly CatalogColumn[])[] {
  const tables: CatalogColumn[][] = [];
  let table: CatalogColumn[] = [];
  for (const column of columns) {
    if (column.name === endOfTable) {
      tables.push(table);
      table = [];
    } else {
      table.push(column);
    }
  }
  return tables;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw cancelled(signal);
  }
}

function unknownName(what: string, name: string, known: ReadonlySet<string>): EngineError {
  return new EngineError('name_unknown', `There is no ${what} ${name}`, nearestHint(name, known));
}
