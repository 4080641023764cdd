import { SqlLexer } from '../../sql/lexer.ts';

/** What the builder's SQL is made of. A `word` is a keyword, a function or a name without quotes. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'interval' | 'variable' | 'sign';
  /** Names and texts without their quotes; `<>` is `!=`. */
  readonly text: string;
}

const number = '-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![\\w.$])';
const variable = '\\$\\{\\w+(?:[.:][\\w.:-]+)?\\}|\\[\\[\\w+(?::\\w+)?\\]\\]|\\$[A-Za-z_]\\w*';
const bareValue = new RegExp(`^(?:${number}|${variable}|true|false)$`, 'i');
const token = new RegExp(
  `(?<number>${number})|(?<interval>\\d+[A-Za-z]+)|(?<variable>${variable})|(?<word>[A-Za-z_]\\w*)|(?<sign>!=|<>|<=|>=|[(),.*=<>;])`,
  'y',
);

/** Whether it is a number, a boolean or a dashboard variable, which SQL may hold without quotes. */
export function isBareValue(value: string): boolean {
  return bareValue.test(value);
}

/** Undefined where there is anything that the builder never writes, such as a comment. */
export function sqlTokens(sql: string): readonly Token[] | undefined {
  const lexer = new SqlLexer(sql);
  const tokens: Token[] = [];
  let at = lexer.skipSpace(0);
  while (at < sql.length) {
    const found = quotedAt(lexer, at) ?? plainAt(sql, at);
    if (found === undefined) {
      return undefined;
    }
    tokens.push(found.token);
    at = lexer.skipSpace(found.end);
  }
  return tokens;
}

interface Found {
  readonly token: Token;
  readonly end: number;
}

function quotedAt(lexer: SqlLexer, at: number): Found | undefined {
  const { sql } = lexer;
  const region = lexer.regionAt(at);
  const quote = sql[at];
  if (region === undefined || (quote !== '"' && quote !== "'")) {
    return undefined;
  }
  const closed = region.bodyEnd < region.end;
  const text = sql.slice(region.bodyStart, region.bodyEnd).replaceAll(quote + quote, quote);
  return closed ? { token: { kind: quote === '"' ? 'name' : 'text', text }, end: region.end } : undefined;
}

function plainAt(sql: string, at: number): Found | undefined {
  token.lastIndex = at;
  const groups = token.exec(sql)?.groups as Partial<Record<Token['kind'], string>> | undefined;
  const [kind, text] = Object.entries(groups ?? {}).find(([, found]) => found !== undefined) ?? [];
  return kind && text
    ? { token: { kind: kind as Token['kind'], text: text === '<>' ? '!=' : text }, end: at + text.length }
    : undefined;
}
