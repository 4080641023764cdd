import { SqlLexer } from '../../../sql/lexer.ts';
import { firstSemicolon } from '../../../sql/semicolon.ts';

/** The statements between semicolons, without them; those of blanks and comments alone are left out. */
export function splitStatements(sql: string): readonly string[] {
  const statements: string[] = [];
  let rest = sql;
  while (rest !== '') {
    const end = firstSemicolon(new SqlLexer(rest));
    const statement = rest.slice(0, end);
    if (new SqlLexer(statement).skipBlanks(0) < statement.length) {
      statements.push(statement);
    }
    rest = rest.slice(end + 1);
  }
  return statements;
}

/** The first word in upper case, past comments: `SELECT`; empty where there is none. */
export function firstWord(sql: string): string {
  word.lastIndex = new SqlLexer(sql).skipBlanks(0);
  return word.exec(sql)?.[0].toUpperCase() ?? '';
}

const word = /\w+/y;
