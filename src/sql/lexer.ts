/** A part of SQL that is no code: `string` covers '…', E'…' and $tag$…$tag$, `name` covers "…", `comment` both kinds. */
export interface Region {
  readonly kind: 'string' | 'name' | 'comment';
  /** Offset behind its last character; the SQL's length when nothing closes it. */
  readonly end: number;
  /** Offsets of what stands between its delimiters. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Beyond ASCII, what DuckDB takes for blanks (StripUnicodeSpaces); every other character there may stand in a name. */
const wideBlank = '\\u00a0\\u2000-\\u200b\\u202f\\u205f\\u2060\\u3000\\ufeff';
const wideLetter =
  '\\u0080-\\u009f\\u00a1-\\u1fff\\u200c-\\u202e\\u2030-\\u205e\\u2061-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff';
const tag = `\\$(?:[A-Za-z_${wideLetter}][\\w${wideLetter}]*)?\\$`;

/** What a name may hold without quotes, and a dollar. */
const nameCharacter = new RegExp(`[\\w$${wideLetter}]`);
const notBlank = new RegExp(`[^ \\t\\n\\r\\f${wideBlank}]`, 'g');
const lineEnd = /[\n\r]/g;
const dollarTag = new RegExp(tag, 'y');
/** The same wherever it begins: the tags of `$a$b$` share a dollar. */
const dollarTags = new RegExp(`(?=(${tag}))\\$`, 'g');

/**
 * Tells code from what is none in one SQL text, by DuckDB's rules (scan.l of its libpg_query, v1.5.5), in time that grows with the text's
 * length alone, whatever it holds.
 */
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
        return isEscapeString(sql, start) ? escapeString(sql, start) : quoted(sql, start, 'string');
      case '"':
        return quoted(sql, start, 'name');
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

  /** The first offset from `start` on that is neither blank nor in a comment; the SQL's length if there is none. */
  skipBlanks(start: number): number {
    let at = this.skipSpace(start);
    for (let region = this.regionAt(at); region?.kind === 'comment'; region = this.regionAt(at)) {
      at = this.skipSpace(region.end);
    }
    return at;
  }

  /** The first offset from `start` on that is not blank. */
  skipSpace(start: number): number {
    return indexFrom(this.sql, notBlank, start);
  }

  /** Where the name, keyword, number or macro at `start` ends; `start` itself where there is none. `start` must lie in code. */
  wordEnd(start: number): number {
    let end = start;
    while (end < this.sql.length && nameCharacter.test(this.sql[end] ?? ' ')) {
      end += 1;
    }
    return end;
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

/** Where the word begins that stands before `end`; `end` itself if none does. */
export function wordStart(sql: string, end: number): number {
  let start = end;
  while (nameCharacter.test(sql[start - 1] ?? ' ')) {
    start -= 1;
  }
  return start;
}

/** Where a global pattern matches from `start` on; the SQL's length if it does not. */
function indexFrom(sql: string, pattern: RegExp, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(sql)?.index ?? sql.length;
}

/** Whether the string whose quote is at `quote` is an `E'…'`, where the E is a word of its own. */
export function isEscapeString(sql: string, quote: number): boolean {
  const before = sql[quote - 1];
  return (before === 'E' || before === 'e') && !nameCharacter.test(sql[quote - 2] ?? ' ');
}

/** With its continuations, in which backslashes escape as well; those of other strings are like strings of their own. */
function escapeString(sql: string, start: number): Region {
  let region = quoted(sql, start, 'string', true);
  for (let next = continuationOf(sql, region); next !== undefined; next = continuationOf(sql, region)) {
    region = { ...quoted(sql, next, 'string', true), bodyStart: start + 1 };
  }
  return region;
}

/** The quote that goes on with a string: behind blanks and line comments, and at least one new line. */
function continuationOf(sql: string, { end }: Region): number | undefined {
  let at = indexFrom(sql, notBlank, end);
  while (sql.startsWith('--', at)) {
    at = indexFrom(sql, notBlank, lineComment(sql, at).end);
  }
  return sql[at] === "'" && /[\n\r]/.test(sql.slice(end, at)) ? at : undefined;
}

function quoted(sql: string, start: number, kind: 'string' | 'name', escapes = false): Region {
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
  const end = indexFrom(sql, lineEnd, start);
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
