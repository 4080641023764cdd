import { SqlLexer } from '../../sql/lexer.ts';

/** Whether two texts are the same SQL but for blanks and line breaks between their words. */
export function isSameSql(a: string, b: string): boolean {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  return left.length === right.length && left.every((token, i) => token === right[i]);
}

const blank = /\s/;
/** Longest first; everything else is an operator of one character. */
const operators = [
  '->>',
  '!~~*',
  '~~*',
  '!~~',
  '<=>',
  '->',
  '||',
  '::',
  ':=',
  '=>',
  '<=',
  '>=',
  '<>',
  '!=',
  '==',
  '//',
  '**',
  '~~',
  '!~',
  '<<',
  '>>',
  '^@',
  '&&',
  '@>',
  '<@',
  '..',
];
/** What Grafana replaces, and must stay in one piece. */
const variable = /\$\{[^}]*\}|\[\[\w[^\][]*\]\]/y;

function tokensOf(sql: string): readonly string[] {
  const lexer = new SqlLexer(sql);
  const tokens: string[] = [];
  let at = 0;
  while (at < sql.length) {
    if (blank.test(sql[at] ?? '')) {
      at += 1;
      continue;
    }
    const region = lexer.regionAt(at);
    const end = region?.end ?? tokenEnd(lexer, at);
    const text = sql.slice(at, end);
    // The lines of a comment may be moved to the right.
    tokens.push(region?.kind === 'comment' ? text.replaceAll(/\s+/g, ' ').trim() : text);
    at = end;
  }
  return tokens;
}

function tokenEnd(lexer: SqlLexer, start: number): number {
  const { sql } = lexer;
  variable.lastIndex = start;
  const found = variable.exec(sql)?.[0] ?? operators.find((operator) => sql.startsWith(operator, start));
  if (found !== undefined) {
    return start + found.length;
  }
  return Math.max(lexer.wordEnd(start), start + 1);
}
