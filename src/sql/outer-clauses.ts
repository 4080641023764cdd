import { SqlLexer } from './lexer.ts';
import { hasSecondStatement } from './semicolon.ts';

/**
 * A statement without its outermost ORDER BY, LIMIT and OFFSET, and what stands behind them. Several stay as they are, for the engine to refuse.
 */
export function withoutOrder(sql: string): string {
  return hasSecondStatement(sql) ? sql : sql.slice(0, orderStart(new SqlLexer(sql)));
}

const interesting = /['"$\-/()[\]{};]|(?<![\w.$])(?:order|limit|offset|fetch)(?![\w$])/gi;

/** Where the first of these clauses begins outside of every parenthesis; the statement's end if there is none. */
function orderStart(lexer: SqlLexer): number {
  const { sql } = lexer;
  let depth = 0;
  interesting.lastIndex = 0;
  for (let match = interesting.exec(sql); match !== null; match = interesting.exec(sql)) {
    const [text] = match;
    const region = lexer.regionAt(match.index);
    if (region) {
      interesting.lastIndex = region.end;
    } else if ('([{'.includes(text)) {
      depth++;
    } else if (')]}'.includes(text)) {
      depth--;
    } else if (text === ';' || (depth === 0 && /^\w/.test(text) && isClause(lexer, match.index, text))) {
      return match.index;
    }
  }
  return sql.length;
}

/** The words are reserved: else they may only follow AS, as a column's name. */
function isClause(lexer: SqlLexer, start: number, word: string): boolean {
  const { sql } = lexer;
  if (/\bas\s*$/i.test(sql.slice(Math.max(0, start - 64), start))) {
    return false;
  }
  return word.toLowerCase() !== 'order' || /^by\b/i.test(sql.slice(lexer.skipBlanks(start + word.length)));
}
