import { SqlLexer } from './lexer.ts';

/** A piece of SQL; blanks are none. */
export interface Token {
  /** `word` is a keyword, a function, a macro or a name without quotes; `name` has quotes; `sign` is one character, or what stays whole. */
  readonly kind: 'word' | 'name' | 'string' | 'comment' | 'sign';
  /** Names without their quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Takes any text apart, half-written SQL too: what nothing closes goes on to the end. */
export function tokensOf(sql: string): readonly Token[] {
  return tokensAndComments(sql).filter(({ kind }) => kind !== 'comment');
}

/** Comments as well. What `whole`, which is sticky, matches in code is one sign. */
export function tokensAndComments(sql: string, whole?: RegExp): readonly Token[] {
  const lexer = new SqlLexer(sql);
  const tokens: Token[] = [];
  for (let at = lexer.skipSpace(0); at < sql.length; at = lexer.skipSpace(tokens.at(-1)?.end ?? sql.length)) {
    tokens.push(tokenAt(lexer, at, whole));
  }
  return tokens;
}

function tokenAt(lexer: SqlLexer, start: number, whole: RegExp | undefined): Token {
  const { sql } = lexer;
  const region = lexer.regionAt(start);
  if (region?.kind === 'name') {
    const text = sql.slice(region.bodyStart, region.bodyEnd).replaceAll('""', '"');
    return { kind: 'name', text, start, end: region.end };
  }
  if (region !== undefined) {
    return { kind: region.kind, text: sql.slice(start, region.end), start, end: region.end };
  }
  const sign = whole && matchAt(sql, start, whole);
  const end = lexer.wordEnd(start);
  return sign === undefined && end > start
    ? { kind: 'word', text: sql.slice(start, end), start, end }
    : { kind: 'sign', text: sign ?? sql[start] ?? '', start, end: start + (sign?.length ?? 1) };
}

function matchAt(sql: string, start: number, sticky: RegExp): string | undefined {
  sticky.lastIndex = start;
  return sticky.exec(sql)?.[0];
}
