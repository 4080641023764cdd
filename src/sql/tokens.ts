import { SqlLexer } from './lexer.ts';

/** A piece of SQL; blanks and comments are none. */
export interface Token {
  /** `word` is a keyword, a function, a macro or a name without quotes; `name` has quotes; `sign` is one character. */
  readonly kind: 'word' | 'name' | 'string' | 'sign';
  /** Names without their quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Takes any text apart, half-written SQL too: what nothing closes goes on to the end. */
export function tokensOf(sql: string): readonly Token[] {
  const lexer = new SqlLexer(sql);
  const tokens: Token[] = [];
  for (let at = lexer.skipBlanks(0); at < sql.length; at = lexer.skipBlanks(tokens.at(-1)?.end ?? sql.length)) {
    tokens.push(tokenAt(lexer, at));
  }
  return tokens;
}

function tokenAt(lexer: SqlLexer, start: number): Token {
  const { sql } = lexer;
  const region = lexer.regionAt(start);
  if (region?.kind === 'name') {
    const text = sql.slice(region.bodyStart, region.bodyEnd).replaceAll('""', '"');
    return { kind: 'name', text, start, end: region.end };
  }
  if (region !== undefined) {
    return { kind: 'string', text: sql.slice(start, region.end), start, end: region.end };
  }
  const end = lexer.wordEnd(start);
  return end > start
    ? { kind: 'word', text: sql.slice(start, end), start, end }
    : { kind: 'sign', text: sql[start] ?? '', start, end: start + 1 };
}
