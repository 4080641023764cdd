import type { SqlLexer } from './lexer.ts';

/** Offsets of one argument in the SQL, blanks around it included. */
export interface ArgumentRange {
  readonly start: number;
  readonly end: number;
}

const openers = '([{';
const closers = ')]}';
const interesting = /['"$\-/()[\]{},]/g;

/**
 * Splits what stands between the parenthesis at `open` and its partner at the commas of the outermost level; `()` has no arguments.
 * Undefined when the partner is missing.
 */
export function splitArguments(
  lexer: SqlLexer,
  open: number,
): { ranges: readonly ArgumentRange[]; end: number } | undefined {
  const { sql } = lexer;
  const ranges: ArgumentRange[] = [];
  let start = open + 1;
  let depth = 0;
  interesting.lastIndex = start;
  for (let match = interesting.exec(sql); match !== null; match = interesting.exec(sql)) {
    const at = match.index;
    const region = lexer.regionAt(at);
    if (region) {
      interesting.lastIndex = region.end;
    } else if (openers.includes(match[0])) {
      depth++;
    } else if (closers.includes(match[0]) && depth > 0) {
      depth--;
    } else if (match[0] === ')') {
      ranges.push({ start, end: at });
      return { ranges: isEmpty(sql, ranges) ? [] : ranges, end: at + 1 };
    } else if (match[0] === ',' && depth === 0) {
      ranges.push({ start, end: at });
      start = at + 1;
    }
  }
  return undefined;
}

function isEmpty(sql: string, [first, second]: readonly ArgumentRange[]): boolean {
  return first !== undefined && second === undefined && sql.slice(first.start, first.end).trim() === '';
}
