import { SqlLexer } from './lexer.ts';

/** The statement up to its closing semicolon. `SELECT 1; -- done` gives `SELECT 1`; without a semicolon, everything. */
export function withoutSemicolon(sql: string): string {
  return sql.slice(0, firstSemicolon(new SqlLexer(sql)));
}

/** Whether anything but semicolons, blanks and comments follows the first semicolon. */
export function hasSecondStatement(sql: string): boolean {
  const lexer = new SqlLexer(sql);
  let at = firstSemicolon(lexer);
  while (sql[at] === ';') {
    at = lexer.skipBlanks(at + 1);
  }
  return at < sql.length;
}

const interesting = /[;'"$\-/]/g;

/** Its offset in code; the SQL's length if there is none. */
export function firstSemicolon(lexer: SqlLexer): number {
  const { sql } = lexer;
  interesting.lastIndex = 0;
  for (let match = interesting.exec(sql); match !== null; match = interesting.exec(sql)) {
    if (match[0] === ';') {
      return match.index;
    }
    const region = lexer.regionAt(match.index);
    if (region) {
      interesting.lastIndex = region.end;
    }
  }
  return sql.length;
}
