import { EngineError } from '../../engine.ts';

/** DuckDB's parser cannot be stopped, and some statements cost it the square of their length. In UTF-16 units. */
export const maxSqlLength = 1024 * 1024;
/**
 * Openings of comments in one run of operators. DuckDB takes such a run for one operator and reads all of it again at each opening: 60,000
 * of them, nested or not, take minutes; with blanks between, no time at all. In nested ones the closings hold openings too: it is half as many of those.
 */
export const maxDenseComments = 128;

/**
 * Checks what DuckDB's parser cannot be trusted with.
 *
 * @throws EngineError sql_syntax, or sql_refused for what is too much
 */
export function checkSize(sql: string): void {
  if (sql.length > maxSqlLength) {
    throw new EngineError(
      'sql_refused',
      `The query has ${sql.length} characters with its variables filled in, and at most ${maxSqlLength} are read`,
      { hint: 'Choose fewer values in the dashboard’s variables, or join a table that holds them' },
    );
  }
  // The bindings hand SQL on as a C string: what follows a zero would be checked, and not run.
  const zero = sql.indexOf('\0');
  if (zero >= 0) {
    throw new EngineError('sql_syntax', 'The query contains a zero character', { position: zero });
  }
  for (const { 0: run, index } of sql.matchAll(longRun)) {
    if (run.split('/*', maxDenseComments + 2).length > maxDenseComments + 1) {
      throw new EngineError(
        'sql_refused',
        `More than ${maxDenseComments} comments begin without a blank between them`,
        {
          hint: 'Put blanks between them, or leave them out',
          position: index,
        },
      );
    }
  }
}

/** `op_chars` of DuckDB's scan.l, as many as so many openings need. */
const longRun = new RegExp(`[~!@#^&|\`?+\\-*/%<>=]{${2 * (maxDenseComments + 1)},}`, 'g');
