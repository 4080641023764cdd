import { EngineError } from '../../engine.ts';
import type { Admission, NamedFile } from '../gate/gate.ts';
import type { Session } from '../run/session.ts';
import type { JsonLevels } from './json-levels.ts';
import { checkNamedFile } from './named-files.ts';
import type { Tables } from './tables.ts';

/** What knows the files behind the names of a statement. */
export interface Sources {
  readonly tables: Tables;
  readonly jsonLevels: JsonLevels;
}

/** Tables of the settings that cannot be read, by their names in lower case. */
export type BrokenTables = ReadonlyMap<string, EngineError>;

/**
 * Makes the views that a statement may need, and checks the files that it names.
 *
 * @param directories below which SQL may name files
 * @returns the tables that it may mean and cannot read: a name may be a CTE's too, so those are no failure yet
 * @throws EngineError for a file, or `cancelled`
 */
export async function prepareSources(
  admission: Admission,
  session: Session,
  { tables, jsonLevels }: Sources,
  directories: readonly string[],
): Promise<BrokenTables> {
  const check = async (file: NamedFile) => {
    session.throwIfStopped();
    await checkNamedFile(file, directories, (path, isGlob) =>
      jsonLevels.findDeep(path, isGlob, () => session.throwIfStopped()),
    );
  };
  const broken = await ensureTables(admission, session, tables);
  for (const file of admission.files) {
    await check(file);
  }
  for (const file of admission.fileLikeTables) {
    const failure = broken.get(file.path.toLowerCase());
    if (failure) {
      throw failure;
    }
    if (!tables.isReady(file.path)) {
      await check(file);
    }
  }
  return broken;
}

/** The files and globs that a statement reads, each once. */
export function pathsOf({ tables, files, fileLikeTables }: Admission, ours: Tables): readonly string[] {
  const named = [...tables].flatMap((name) => ours.pathOf(name) ?? []);
  return [...new Set([...named, ...[...files, ...fileLikeTables].map(({ path }) => path)])];
}

async function ensureTables(admission: Admission, session: Session, tables: Tables): Promise<BrokenTables> {
  const broken = new Map<string, EngineError>();
  for (const name of admission.tables) {
    session.throwIfStopped();
    await tables
      .ensure(name, () => session.throwIfStopped())
      .catch((error) => {
        if (!(error instanceof EngineError)) {
          throw error;
        }
        session.throwIfStopped();
        broken.set(name.toLowerCase(), error);
      });
  }
  return broken;
}

/** The table's own failure, where a statement failed because of it; a CTE of the same name needs no file. */
export function becauseOfTable(error: unknown, broken: BrokenTables): EngineError | undefined {
  if (!(error instanceof EngineError)) {
    return undefined;
  }
  const missing = /^Table with name "?(.+?)"? does not exist/.exec(error.message)?.[1];
  if (missing !== undefined) {
    return broken.get(missing.toLowerCase());
  }
  const [first] = broken.values();
  return error.code === 'sql_invalid' ? undefined : first;
}
