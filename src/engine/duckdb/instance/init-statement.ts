import { SqlLexer } from '../../../sql/lexer.ts';
import { quoteName, quoteText } from '../identifiers.ts';

/**
 * One statement of init SQL, taken apart. What comes from the author as SQL is in `checked` alone, a SELECT that the gate judges; the rest
 * are names and constants, from which the statement is written anew.
 */
export type InitStatement =
  | {
      readonly kind: 'view' | 'table' | 'macro' | 'table macro';
      readonly name: string;
      /** A SELECT that holds every expression of the statement. */
      readonly checked: string;
      /** The statement that runs if the gate lets `checked` through. */
      readonly sql: string;
    }
  | { readonly kind: 'database'; readonly name: string | undefined; readonly path: string };

/** What init SQL may hold, for the hints of its errors. */
export const initKinds =
  'Init SQL may hold CREATE VIEW … AS, CREATE TABLE … AS, CREATE MACRO … AS and ATTACH ‘file’ AS name (READ_ONLY), each with a name of one part';

/**
 * Takes a statement apart; undefined where it is none of those kinds. DuckDB's own parser judges only SELECT, so the heads are read here, and
 * narrowly. A head that is misread cannot do harm: nothing of it but names and constants is written into the statement that runs.
 */
export function parseInitStatement(sql: string): InitStatement | undefined {
  const reader = new Reader(sql);
  if (reader.word('ATTACH')) {
    return parseAttach(reader);
  }
  return reader.word('CREATE') ? parseCreate(reader) : undefined;
}

function parseCreate(reader: Reader): InitStatement | undefined {
  if (reader.word('OR') && !reader.word('REPLACE')) {
    return undefined;
  }
  const what = (['VIEW', 'TABLE', 'MACRO', 'FUNCTION'] as const).find((word) => reader.word(word));
  if (what === undefined || (reader.word('IF') && !(reader.word('NOT') && reader.word('EXISTS')))) {
    return undefined;
  }
  const name = reader.name();
  if (name === undefined) {
    return undefined;
  }
  const target = `memory.main.${quoteName(name)}`;
  if (what === 'MACRO' || what === 'FUNCTION') {
    return parseMacro(reader, name, target);
  }
  const columns = what === 'VIEW' ? reader.list(() => columnOf(reader)) : '';
  if (columns === undefined || !reader.word('AS')) {
    return undefined;
  }
  const checked = reader.rest();
  const kind = what === 'VIEW' ? 'view' : 'table';
  return { kind, name, checked, sql: `CREATE ${what} ${target}${columns} AS\n${checked}` };
}

function parseMacro(reader: Reader, name: string, target: string): InitStatement | undefined {
  const parameters = reader.list(() => parameterOf(reader));
  // A macro without parameters has empty parentheses.
  if (!parameters || !reader.word('AS')) {
    return undefined;
  }
  if (reader.word('TABLE')) {
    const checked = reader.rest();
    return { kind: 'table macro', name, checked, sql: `CREATE MACRO ${target}${parameters} AS TABLE\n${checked}` };
  }
  // A newline ends the comment that the author's SQL may end with. What closes the first parenthesis early leaves the last one too many.
  const body = `(\n${reader.rest()}\n)`;
  return { kind: 'macro', name, checked: `SELECT ${body}`, sql: `CREATE MACRO ${target}${parameters} AS ${body}` };
}

function parseAttach(reader: Reader): InitStatement | undefined {
  reader.word('DATABASE');
  if (reader.word('IF') && !(reader.word('NOT') && reader.word('EXISTS'))) {
    return undefined;
  }
  const path = reader.text();
  const name = path !== undefined && reader.word('AS') ? reader.name() : '';
  const options = reader.list(() => attachOption(reader));
  if (path === undefined || name === undefined || options === undefined || !reader.isAtEnd) {
    return undefined;
  }
  return { kind: 'database', name: name === '' ? undefined : name, path };
}

function columnOf(reader: Reader): string | undefined {
  const name = reader.name();
  return name === undefined ? undefined : quoteName(name);
}

/** `a`, or `a := 1`. */
function parameterOf(reader: Reader): string | undefined {
  const name = columnOf(reader);
  if (name === undefined || !reader.symbol(':=')) {
    return name;
  }
  const value = reader.constant();
  return value === undefined ? undefined : `${name} := ${value}`;
}

/** Both are what every ATTACH gets here. */
function attachOption(reader: Reader): string | undefined {
  return reader.word('READ_ONLY') || (reader.word('TYPE') && reader.word('DUCKDB')) ? 'yes' : undefined;
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])/y;

/** Reads tokens from left to right, past blanks and comments. What is not there leaves it where it was. */
class Reader {
  readonly #lexer: SqlLexer;
  #at = 0;

  constructor(sql: string) {
    this.#lexer = new SqlLexer(sql);
  }

  get isAtEnd(): boolean {
    return this.#next() >= this.#lexer.sql.length;
  }

  word(expected: string): boolean {
    const found = this.#match(name);
    if (found?.toUpperCase() !== expected) {
      return false;
    }
    this.#at = this.#next() + found.length;
    return true;
  }

  symbol(expected: string): boolean {
    const start = this.#next();
    if (!this.#lexer.sql.startsWith(expected, start)) {
      return false;
    }
    this.#at = start + expected.length;
    return true;
  }

  /** `sales` or `"my sales"`, without its quotes. */
  name(): string | undefined {
    return this.#quoted('"') ?? this.#take(this.#match(name));
  }

  /** `'it''s'` gives `it's`; other kinds of strings are not read. */
  text(): string | undefined {
    return this.#quoted("'");
  }

  constant(): string | undefined {
    const text = this.text();
    if (text !== undefined) {
      return quoteText(text);
    }
    const word = (['NULL', 'TRUE', 'FALSE'] as const).find((expected) => this.word(expected));
    return word ?? this.#take(this.#match(number));
  }

  /** `(a, b)` from its elements; empty without parentheses, undefined for what is no such list. */
  list(element: () => string | undefined): string | undefined {
    if (!this.symbol('(')) {
      return '';
    }
    const elements: string[] = [];
    while (!this.symbol(')')) {
      const found = elements.length === 0 || this.symbol(',') ? element() : undefined;
      if (found === undefined) {
        return undefined;
      }
      elements.push(found);
    }
    return `(${elements.join(', ')})`;
  }

  /** All that is left. */
  rest(): string {
    return this.#lexer.sql.slice(this.#at);
  }

  #next(): number {
    return this.#lexer.skipBlanks(this.#at);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#next();
    return pattern.exec(this.#lexer.sql)?.[0];
  }

  #take(found: string | undefined): string | undefined {
    if (found !== undefined) {
      this.#at = this.#next() + found.length;
    }
    return found;
  }

  #quoted(quote: '"' | "'"): string | undefined {
    const { sql } = this.#lexer;
    const start = this.#next();
    const region = sql[start] === quote ? this.#lexer.regionAt(start) : undefined;
    // One that nothing closes has its body's end at its own.
    if (region === undefined || region.bodyEnd === region.end) {
      return undefined;
    }
    this.#at = region.end;
    return sql.slice(region.bodyStart, region.bodyEnd).replaceAll(quote + quote, quote);
  }
}
