import type { CatalogFunction, CatalogTable } from '../../catalog.ts';
import type { Bindings } from '../bindings.ts';
import type { Instance } from '../instance/open.ts';
import { type AskNames, readNames } from '../reuse/catalog.ts';
import { Once } from '../reuse/once.ts';
import { connect } from '../run/session.ts';
import { Turns } from '../run/turns.ts';
import { type ColumnIndex, readColumnIndex } from './column-index.ts';
import { readFunctions } from './functions.ts';
import { readTableEntries, tablesFrom } from './table-names.ts';

/**
 * What a native database holds, as far as an editor asks for it. Its files are read-only and its configuration is locked: each list is read
 * once, when it is first asked for, on a connection of its own, and one after another, so that queries keep their threads.
 */
export class Objects {
  readonly tables: Once<readonly CatalogTable[]>;
  /** Of all but the tables over files of the settings, whose columns are those of their files. */
  readonly columns: Once<ColumnIndex>;
  readonly functions: Once<readonly CatalogFunction[]>;

  /**
   * @param fileTables names of the settings' tables
   * @param macros those of the data source, in lower case
   */
  constructor(
    bindings: Bindings,
    instance: Instance,
    fileTables: readonly string[],
    macros: () => Promise<ReadonlySet<string>>,
  ) {
    const turns = new Turns();
    const ask: AskNames = (sql) => turns.take(() => askAlone(bindings, instance, sql));
    const names = { catalog: instance.catalog, fileTables };
    this.tables = new Once(async () => tablesFrom(await readTableEntries(ask), names));
    this.columns = new Once(() => readColumnIndex(ask, fileTables));
    this.functions = new Once(async () => readFunctions(ask, await macros()));
  }
}

async function askAlone(bindings: Bindings, { database }: Instance, sql: string): Promise<readonly string[]> {
  const connection = await connect(bindings, database);
  try {
    return await readNames(bindings, connection, sql);
  } finally {
    bindings.disconnect_sync(connection);
  }
}
