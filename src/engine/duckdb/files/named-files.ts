import { EngineError } from '../../engine.ts';
import type { NamedFile } from '../gate/gate.ts';
import { isDatabaseFile } from './file-endings.ts';
import { tooDeep } from './json-levels.ts';
import { checkPath } from './paths.ts';

/**
 * Checks a file that the SQL itself names.
 *
 * @param directories those of the data source's settings
 * @param findDeep finds a JSON file that DuckDB must not read
 * @throws EngineError sql_refused, file_missing, file_unreadable or file_invalid, with the place in the SQL
 */
export async function checkNamedFile(
  file: NamedFile,
  directories: readonly string[],
  findDeep: (path: string, isGlob: boolean) => Promise<string | undefined>,
): Promise<void> {
  const { path, shown = path } = file;
  const subject = `Cannot read ${shown}`;
  // DuckDB opens whole databases by name, and has been seen to wait for ever.
  if (isDatabaseFile(path)) {
    throw new EngineError('sql_refused', `${subject}: ${reason}`, detailsOf(file));
  }
  const rules = { subject, inside: directories, denied: { reason, hint }, kind: 'file' } as const;
  const { isGlob } = await checkPath(path, rules).catch((cause) => {
    if (!(cause instanceof EngineError)) {
      throw cause;
    }
    const isOurs = cause.code === 'file_not_allowed' || cause.code === 'settings_invalid';
    // Of a path that is none, such as a URL, its own hint says more.
    const own = cause.code === 'settings_invalid' && cause.hint !== undefined ? { hint: cause.hint } : {};
    throw new EngineError(isOurs ? 'sql_refused' : cause.code, cause.message, { ...detailsOf(file), ...own, cause });
  });
  const deep = file.isJson ? await findDeep(path, isGlob) : undefined;
  if (deep !== undefined) {
    throw tooDeep(subject, deep);
  }
}

const reason = 'SQL may name only files below the directories of the data source’s settings';
const hint = 'Add its directory to the data source’s settings, or make it a table there';

function detailsOf(file: NamedFile): { hint: string; position?: number } {
  const position = file.position();
  return { hint, ...(position === undefined ? {} : { position }) };
}
