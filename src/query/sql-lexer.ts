/** A part of SQL that is no code: `string` covers '…', E'…' and $tag$…$tag$, `name` covers "…", `comment` both kinds. */
export interface Region {
  readonly kind: 'string' | 'name' | 'comment';
  /** Offset behind its last character; the SQL's length when nothing closes it. */
  readonly end: number;
  /** Offsets of what stands between its delimiters. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
/** The same wherever it begins: the tags of `$a$b$` share a dollar. */
const dollarTags = /(?=(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$))\$/g;
const nameCharacter = /[\w$\u0080-\uffff]/;

/** Tells code from what is none in one SQL text, in time that grows with the text's length alone, whatever it holds. */
export class SqlLexer {
  readonly sql: string;
  #lastTags: ReadonlyMap<string, number> | undefined;

  constructor(sql: string) {
    this.sql = sql;
  }

  /** The string, quoted name or comment that begins at `start`, if one does. `start` must lie in code. */
  regionAt(start: number): Region | undefined {
    const { sql } = this;
    switch (sql[start]) {
      case "'":
        return quoted(sql, start, 'string', isEscapeString(sql, start));
      case '"':
        return quoted(sql, start, 'name', false);
      case '-':
        return sql[start + 1] === '-' ? lineComment(sql, start) : undefined;
      case '/':
        return sql[start + 1] === '*' ? blockComment(sql, start) : undefined;
      case '$':
        return this.#dollarQuoted(start);
      default:
        return undefined;
    }
  }

  /**
   * Only what is closed counts: `$__from$__to` is two macros, not an open string. Behind a letter a dollar belongs to the name, as in
   * PostgreSQL. A search for each tag that nothing closes would cost the square of the length: the last of each is looked up once.
   */
  #dollarQuoted(start: number): Region | undefined {
    const { sql } = this;
    dollarTag.lastIndex = start;
    const tag = dollarTag.exec(sql)?.[0];
    if (tag === undefined || nameCharacter.test(sql[start - 1] ?? ' ')) {
      return undefined;
    }
    this.#lastTags ??= new Map(Array.from(sql.matchAll(dollarTags), ({ 1: text = '', index }) => [text, index]));
    const bodyStart = start + tag.length;
    if ((this.#lastTags.get(tag) ?? 0) < bodyStart) {
      return undefined;
    }
    const bodyEnd = sql.indexOf(tag, bodyStart);
    return { kind: 'string', end: bodyEnd + tag.length, bodyStart, bodyEnd };
  }
}

/** `E'…'`, where the E is a word of its own. */
function isEscapeString(sql: string, quote: number): boolean {
  const before = sql[quote - 1];
  return (before === 'E' || before === 'e') && !nameCharacter.test(sql[quote - 2] ?? ' ');
}

function quoted(sql: string, start: number, kind: 'string' | 'name', escapes: boolean): Region {
  const quote = sql[start];
  let at = start + 1;
  while (at < sql.length) {
    if (escapes && sql[at] === '\\') {
      at += 2;
    } else if (sql[at] !== quote) {
      at += 1;
    } else if (sql[at + 1] === quote) {
      at += 2;
    } else {
      return { kind, end: at + 1, bodyStart: start + 1, bodyEnd: at };
    }
  }
  return { kind, end: sql.length, bodyStart: start + 1, bodyEnd: sql.length };
}

function lineComment(sql: string, start: number): Region {
  const newline = sql.indexOf('\n', start);
  const end = newline === -1 ? sql.length : newline;
  return { kind: 'comment', end, bodyStart: start + 2, bodyEnd: end };
}

/** Comments nest, as in PostgreSQL. */
function blockComment(sql: string, start: number): Region {
  let depth = 1;
  let at = start + 2;
  while (at < sql.length && depth > 0) {
    if (sql.startsWith('/*', at)) {
      depth += 1;
      at += 2;
    } else if (sql.startsWith('*/', at)) {
      depth -= 1;
      at += 2;
    } else {
      at += 1;
    }
  }
  const end = Math.min(at, sql.length);
  return { kind: 'comment', end, bodyStart: start + 2, bodyEnd: depth === 0 ? end - 2 : end };
}
