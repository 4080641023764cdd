/** Comments, strings and quoted names, each as DuckDB's lexer ends them; block comments, which nest, are counted by hand. */
const opaque =
  /--[^\n\r]*|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|(?<![\w$])(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)/y;
const escapeString = /[eE]'(?:[^'\\]|\\[\s\S]|'')*'?/y;

/** The statement up to its closing semicolon. `SELECT 1; -- done` gives `SELECT 1`; without a semicolon, everything. */
export function withoutSemicolon(sql: string): string {
  for (const token of tokens(sql)) {
    if (token.text === ';') {
      return sql.slice(0, token.start);
    }
  }
  return sql;
}

/** Whether anything but semicolons and comments follows the first semicolon. */
export function hasSecondStatement(sql: string): boolean {
  let isPastFirst = false;
  for (const { text } of tokens(sql)) {
    if (text === ';') {
      isPastFirst = true;
    } else if (isPastFirst) {
      return true;
    }
  }
  return false;
}

/** The first word in upper case, past comments: `SELECT`; empty where there is none. */
export function firstWord(sql: string): string {
  for (const { start } of tokens(sql)) {
    const word = /^\w+/.exec(sql.slice(start));
    return word?.[0].toUpperCase() ?? '';
  }
  return '';
}

/** What is neither blank, comment, string nor quoted name, a character at a time. */
function* tokens(sql: string): Generator<{ readonly text: string; readonly start: number }> {
  let at = 0;
  while (at < sql.length) {
    const end = endOfOpaque(sql, at);
    const text = sql.charAt(at);
    if (end === at && /\S/.test(text)) {
      yield { text, start: at };
    }
    at = Math.max(end, at + 1);
  }
}

/** Where the comment, string or quoted name that begins here ends; `at` when none begins. */
function endOfOpaque(sql: string, at: number): number {
  if (sql.startsWith('/*', at)) {
    return endOfBlockComment(sql, at);
  }
  const isEscape = !/[\w$]/.test(sql.charAt(at - 1));
  escapeString.lastIndex = at;
  if (isEscape && escapeString.test(sql)) {
    return escapeString.lastIndex;
  }
  opaque.lastIndex = at;
  const match = opaque.exec(sql);
  if (!match) {
    return at;
  }
  const tag = match[1];
  if (tag === undefined) {
    return opaque.lastIndex;
  }
  const close = sql.indexOf(tag, opaque.lastIndex);
  return close < 0 ? sql.length : close + tag.length;
}

function endOfBlockComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (sql.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return sql.length;
}
