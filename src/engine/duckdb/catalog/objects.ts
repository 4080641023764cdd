import type { CatalogFunction, CatalogTable } from '../../catalog.ts';
import type { Bindings } from '../bindings.ts';
import type { Instance } from '../instance/open.ts';
import { type AskNames, readNames } from '../reuse/ask-names.ts';
import { Once } from '../reuse/once.ts';
import { readTableEntries, type TableEntry } from '../reuse/table-entries.ts';
import { Session } from '../run/session.ts';
import { Turns } from '../run/turns.ts';
import { type ColumnIndex, readColumnIndex } from './column-index.ts';
import { readFunctions } from './functions.ts';
import { tablesFrom } from './table-names.ts';

/**
 * What a native database holds, as far as an editor asks for it. Its files are read-only and its configuration is locked: each list is read
 * once, when it is first asked for, on a connection of its own, and one after another, so that queries keep their threads. A list that nobody
 * waits for any more is given up.
 */
export class Objects {
  readonly entries: Once<readonly TableEntry[]>;
  readonly tables: Once<readonly CatalogTable[]>;
  /** Of all but the tables over files of the settings, whose columns are those of their files. */
  readonly columns: Once<ColumnIndex>;
  readonly functions: Once<readonly CatalogFunction[]>;

  /**
   * @param entries what is known already to be there, and not to have changed since
   * @param fileTables names of the settings' tables
   * @param macros those of the data source, in lower case
   */
  constructor(
    bindings: Bindings,
    instance: Instance,
    entries: readonly TableEntry[] | undefined,
    fileTables: readonly string[],
    macros: () => Promise<ReadonlySet<string>>,
  ) {
    const turns = new Turns();
    const ask =
      (signal: AbortSignal): AskNames =>
      (sql) =>
        turns.take(() => askAlone(bindings, instance, sql, signal));
    const names = { catalog: instance.catalog, fileTables };
    this.entries = new Once(async (signal) => entries ?? (await readTableEntries(ask(signal))));
    this.tables = new Once(async (signal) => tablesFrom(await this.entries.get(signal), names));
    this.columns = new Once((signal) => readColumnIndex(ask(signal), fileTables));
    this.functions = new Once(async (signal) => readFunctions(ask(signal), await macros()));
  }
}

async function askAlone(
  bindings: Bindings,
  { database }: Instance,
  sql: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const session = await Session.open(bindings, database, signal);
  try {
    return await session.run(() => readNames(bindings, session.connection, sql));
  } finally {
    session.close();
  }
}
