import type { FieldType } from '../frame/column.ts';

/**
 * What SQL can name, as the next query would find it. It is read beside running queries, which it does not disturb, and says nothing of
 * other data sources, of the engine's own schemas, or of how a view is defined.
 */
export interface Catalog {
  /** @throws EngineError */
  schemas(page: PageRequest, signal: AbortSignal): Promise<Page<CatalogSchema>>;
  /**
   * The tables and views of a schema, without their columns.
   *
   * @throws EngineError `name_unknown`
   */
  tables(schema: string, page: PageRequest, signal: AbortSignal): Promise<Page<CatalogTable>>;
  /**
   * One table or view by its name, letter case aside.
   *
   * @param schema Default: the first that has it
   * @throws EngineError `name_unknown`
   */
  table(schema: string | undefined, name: string, signal: AbortSignal): Promise<CatalogTable>;
  /**
   * The columns of what may stand behind FROM, in order. It passes the gate of queries, and nothing runs; files are opened where the engine
   * learns of columns only so.
   *
   * @param from SQL: a table's `sql`, or what a person has written
   * @throws EngineError
   */
  columns(from: string, signal: AbortSignal): Promise<readonly CatalogColumn[]>;
  /**
   * The same of each of several, in one look that fails where one of them does.
   *
   * @param ctes SQL: the WITH that they stand behind. Default: none
   * @throws EngineError
   */
  columnsOfEach(
    froms: readonly string[],
    ctes: string,
    signal: AbortSignal,
  ): Promise<readonly (readonly CatalogColumn[])[]>;
  /**
   * The tables that have a column of this name, letter case aside; those that cannot be read are left out.
   *
   * @throws EngineError
   */
  tablesWith(column: string, signal: AbortSignal): Promise<readonly CatalogTable[]>;
  /**
   * The names of columns that the tables have.
   *
   * @throws EngineError
   */
  columnNames(signal: AbortSignal): Promise<ColumnNames>;
  /** The functions that a query may call, in the order of their names. */
  functions(signal: AbortSignal): Promise<readonly CatalogFunction[]>;
  /**
   * Looks at a table that the settings name, and at its files.
   *
   * @throws EngineError when it cannot be read
   */
  configuredTable(name: string, signal: AbortSignal): Promise<ConfiguredTable>;
}

/** Which part of a list, in the order of names. */
export interface PageRequest {
  /** Only names that contain it, letter case aside. Default: all. */
  readonly search?: string;
  /** The name that the page before ended with. Default: the first page. */
  readonly after?: string;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** `after` of the next page. Missing on the last. */
  readonly next?: string;
}

export interface CatalogSchema {
  readonly name: string;
}

export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** How a query names it, quoted and qualified where it must be. */
  readonly sql: string;
}

export interface ColumnNames {
  /** Each once, in order. */
  readonly names: readonly string[];
  /** An EngineError for each table of the settings that cannot be read and is left out. */
  readonly failures: readonly Error[];
}

export interface CatalogColumn {
  readonly name: string;
  /** The engine's type, as its SQL writes it. */
  readonly type: string;
  /** What a query makes of it. */
  readonly fieldType: FieldType;
}

export interface CatalogFunction {
  readonly name: string;
  readonly kind: 'scalar' | 'aggregate' | 'table' | 'macro';
  /** Each way to call it, as a person would write it: `strftime(data, format)`. */
  readonly signatures: readonly string[];
  /** A sentence or two. */
  readonly description?: string;
}

export interface ConfiguredTable {
  /** How many files its path or glob matches. */
  readonly files: number;
  readonly columns: readonly CatalogColumn[];
}
