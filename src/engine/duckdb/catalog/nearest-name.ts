import { nearest } from '../../../sql/nearest.ts';
import type { CatalogTable } from '../../catalog.ts';
import { EngineError } from '../../engine.ts';
import { parseFailure } from '../errors.ts';

/** Of thousands of names, the nearest takes longer to find than it is worth. */
const maxCompared = 10_000;

/** What a person may have meant who wrote a name that there is none of. */
export function nearestHint(name: string, names: ReadonlySet<string>): { readonly hint?: string } {
  return names.size > 0 && names.size <= maxCompared ? { hint: `The nearest is ${nearest(name, names)}` } : {};
}

/** As DuckDB says it; the rest of its message is an excerpt of the statement. */
const unknownTable = /^Table with name (.+?) does not exist!(?:\s+Did you mean "(.+?)"\?)?/;

/**
 * In place of a table that there is none of, DuckDB suggests views of its own too, and no table of the settings that nobody has read yet: here it
 * is one that a query can name. Other errors stay as they are.
 */
export async function withNearestTable(
  error: unknown,
  readTables: () => Promise<readonly CatalogTable[]>,
): Promise<unknown> {
  if (!(error instanceof EngineError)) {
    return error;
  }
  const [, name, suggested] = unknownTable.exec(parseFailure(error.cause).message) ?? [];
  if (name === undefined) {
    return error;
  }
  const tables = await readTables().catch(() => []);
  const isSuggested = tables.some((table) => table.sql === suggested || table.name === suggested);
  const { code, message, position, cause } = error;
  return new EngineError(code, message, {
    ...(isSuggested
      ? { hint: `The nearest is ${suggested}` }
      : nearestHint(name, new Set(tables.map(({ sql }) => sql)))),
    ...(position !== undefined && { position }),
    cause,
  });
}
