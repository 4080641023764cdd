import { SqlLexer } from './lexer.ts';
import { type References, referencesAt, specialCalls } from './table-references.ts';
import { type Token, tokensOf } from './tokens.ts';
import { regionAround, wordBefore } from './word-before.ts';

/** What may stand where the cursor is. */
export interface CursorContext extends References {
  /**
   * `table`: behind FROM and JOIN. `value`: a column, a function, and whatever else a statement is made of. `macro`: only a macro's word, in a
   * string. `nothing`: in comments, strings, numbers, and where a new name is given.
   */
  readonly kind: 'table' | 'value' | 'macro' | 'nothing';
  /** The names before the cursor's that end with a dot: of an alias, a table, a schema. */
  readonly qualifier: readonly string[];
  /** What has been written of the word, without its quote. */
  readonly word: string;
  /** Whether it has been begun with a quote. */
  readonly isQuoted: boolean;
}

/** Looks around a cursor in SQL that is being written. */
export function cursorContext(sql: string, position: number): CursorContext {
  const start = wordBefore(sql, position);
  const written = sql.slice(start, position);
  const isQuoted = written.startsWith('"');
  const word = isQuoted ? written.slice(1).replaceAll('""', '"') : written;
  const around = regionAround(sql, position);
  if (around?.kind === 'string' || around?.kind === 'comment') {
    const isMacro = around.kind === 'string' && word.startsWith('$');
    return { kind: isMacro ? 'macro' : 'nothing', qualifier: [], word, isQuoted, visible: [], ctes: [] };
  }
  const others = withoutWord(sql, start, position);
  const tokens = statementAround(tokensOf(others), start);
  const before = tokens.filter(({ end }) => end <= start);
  const { qualifier, rest } = splitQualifier(before);
  const kind = kindBehind(rest, word);
  return { kind, qualifier, word, isQuoted, ...referencesAt(others, tokens, start) };
}

/** Half a word would be taken for a name, and its quote would open what the rest of the line closes. Offsets stay. */
function withoutWord(sql: string, start: number, position: number): string {
  const lexer = new SqlLexer(sql);
  const region = sql[start] === '"' ? lexer.regionAt(start) : undefined;
  const isClosed =
    region !== undefined && region.bodyEnd < region.end && !/[\n\s]/.test(sql.slice(position, region.end));
  const end = isClosed ? region.end : position;
  return sql.slice(0, start) + ' '.repeat(end - start) + sql.slice(end);
}

/** Statements do not see each other's tables. */
function statementAround(tokens: readonly Token[], position: number): readonly Token[] {
  const isEnd = ({ kind, text }: Token) => kind === 'sign' && text === ';';
  const first = tokens.findLastIndex((token) => isEnd(token) && token.end <= position) + 1;
  const end = tokens.findIndex((token) => isEnd(token) && token.start >= position);
  return tokens.slice(first, end === -1 ? undefined : end);
}

function splitQualifier(before: readonly Token[]): { qualifier: readonly string[]; rest: readonly Token[] } {
  const backward: string[] = [];
  let count = before.length;
  while (isDot(before[count - 1]) && isPart(before[count - 2])) {
    backward.push(before[count - 2]?.text ?? '');
    count -= 2;
  }
  return { qualifier: backward.reverse(), rest: before.slice(0, count) };
}

function kindBehind(tokens: readonly Token[], word: string): CursorContext['kind'] {
  const last = tokens.at(-1);
  const keyword = wordOf(last);
  if (/^\d/.test(word) || isDot(last) || keyword === 'as') {
    return 'nothing';
  }
  const isListed = last?.kind === 'sign' && (last.text === ',' || last.text === '(');
  const isTable = isListed ? isTableList(tokens) : beforeTable.has(keyword) && !isSpecialCall(tokens);
  return isTable ? 'table' : 'value';
}

/** Whether the comma or parenthesis that the tokens end with stands in a list of tables. */
function isTableList(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (last?.text === '(') {
    const inner = tokens.slice(0, -1);
    return beforeTable.has(wordOf(inner.at(-1))) || (inner.at(-1)?.text === ',' && isTableList(inner));
  }
  const clause = clauseOf(tokens);
  return clause === 'from' || clause === 'join';
}

/** The word that began the list which the tokens end in. */
function clauseOf(tokens: readonly Token[]): string {
  let depth = 0;
  for (const token of tokens.toReversed()) {
    depth += token.kind !== 'sign' ? 0 : token.text === ')' ? 1 : token.text === '(' ? -1 : 0;
    if (depth < 0) {
      return '';
    }
    if (depth === 0 && clauses.has(wordOf(token))) {
      return wordOf(token);
    }
  }
  return '';
}

/** Whether they end within `extract(year FROM`. */
function isSpecialCall(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i];
    depth += token?.kind !== 'sign' ? 0 : token.text === ')' ? 1 : token.text === '(' ? -1 : 0;
    if (depth < 0) {
      return specialCalls.has(wordOf(tokens[i - 1]));
    }
  }
  return false;
}

const beforeTable: ReadonlySet<string> = new Set(['from', 'join', 'describe', 'summarize', 'lateral']);
const clauses: ReadonlySet<string> = new Set(
  'select from join where group having order limit offset qualify window values with'.split(' '),
);

function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}

function isDot(token: Token | undefined): boolean {
  return token?.kind === 'sign' && token.text === '.';
}

function isPart(token: Token | undefined): boolean {
  return token?.kind === 'name' || (token?.kind === 'word' && !/^\d/.test(token.text));
}
