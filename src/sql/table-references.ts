import { formatName } from './names.ts';
import type { Token } from './tokens.ts';

/** What stands behind FROM or JOIN. */
export interface TableReference {
  /** As SQL: a name, a call, a string, or a SELECT in parentheses, with what the WITH before it defines. */
  readonly from: string;
  /** What columns may be qualified with; undefined where they cannot. */
  readonly name?: string;
}

export interface References {
  /** Those that can be named where the cursor stands, the nearest first. */
  readonly visible: readonly TableReference[];
  /** Names of common table expressions. */
  readonly ctes: readonly string[];
}

/** Parentheses, which hide the tables within them from what stands outside. */
interface Scope {
  readonly parent: Scope | undefined;
  readonly references: TableReference[];
  /** Whether a comma is followed by another table. */
  isInFrom: boolean;
  /** In `extract(year FROM t)` and its like, FROM names no table. */
  readonly isCall: boolean;
}

/** Finds the tables of a statement, which may be half-written. */
export function referencesAt(sql: string, tokens: readonly Token[], position: number): References {
  return new Finder(sql, tokens).find(position);
}

class Finder {
  readonly #sql: string;
  readonly #tokens: readonly Token[];
  /** Closing parentheses by their opening ones. */
  readonly #partners: ReadonlyMap<number, number>;
  readonly #ctes = new Map<string, string>();
  /** The offset of WITH, and of the end of what it has defined so far. */
  #with: { readonly start: number; end: number } | undefined;

  constructor(sql: string, tokens: readonly Token[]) {
    this.#sql = sql;
    this.#tokens = tokens;
    this.#partners = partnersOf(tokens);
  }

  find(position: number): References {
    let scope = newScope(undefined, false);
    let cursor: Scope | undefined;
    for (const [i, token] of this.#tokens.entries()) {
      if (token.start >= position) {
        cursor ??= scope;
      }
      if (isSign(token, '(')) {
        scope = newScope(scope, specialCalls.has(this.#wordAt(i - 1)));
      } else if (isSign(token, ')')) {
        scope = scope.parent ?? scope;
      } else {
        this.#visit(token, i, scope);
      }
    }
    return { visible: visibleFrom(cursor ?? scope), ctes: [...this.#ctes.values()] };
  }

  #visit(token: Token, i: number, scope: Scope): void {
    this.#addCte(token, i);
    const word = this.#wordAt(i);
    if (isSign(token, ',') ? scope.isInFrom : beforeTables.has(word) && !scope.isCall) {
      scope.isInFrom = true;
      this.#addReference(i + 1, scope);
    } else if (afterTables.has(word)) {
      scope.isInFrom = false;
    }
  }

  /** `WITH a AS (…), b(x) AS MATERIALIZED (…)`. */
  #addCte(token: Token, i: number): void {
    const before = this.#wordAt(i - 1);
    if (before === 'with') {
      this.#with ??= { start: this.#tokens[i - 1]?.start ?? 0, end: 0 };
    }
    const isPlace = before === 'with' || before === 'recursive' || isSign(this.#tokens[i - 1], ',');
    if (this.#with === undefined || !isPlace || !isName(token)) {
      return;
    }
    let at = isSign(this.#tokens[i + 1], '(') ? this.#closing(i + 1) + 1 : i + 1;
    if (this.#wordAt(at) !== 'as') {
      return;
    }
    do {
      at += 1;
    } while (this.#wordAt(at) === 'not' || this.#wordAt(at) === 'materialized');
    if (isSign(this.#tokens[at], '(')) {
      this.#ctes.set(token.text.toLowerCase(), token.text);
      this.#with.end = this.#endOf(this.#closing(at));
    }
  }

  #addReference(first: number, scope: Scope): void {
    const start = this.#wordAt(first) === 'lateral' ? first + 1 : first;
    const token = this.#tokens[start];
    if (token === undefined || (!isSign(token, '(') && token.kind !== 'string' && !isName(token))) {
      return;
    }
    const last = this.#lastOf(start);
    const from = this.#sql.slice(token.start, this.#endOf(last));
    const own = isName(token) && isName(this.#tokens[last]) ? this.#tokens[last]?.text : undefined;
    const name = this.#aliasAt(last + 1) ?? own;
    const isCte = last === start && isName(token) && this.#ctes.has(token.text.toLowerCase());
    const reference = { from: isCte ? this.#withCtes(from) : from, ...(name !== undefined && { name }) };
    scope.references.push(reference);
  }

  /** The token with which `a.b.c`, `f(…)`, `(SELECT …)` or a string ends. */
  #lastOf(start: number): number {
    if (isSign(this.#tokens[start], '(')) {
      return this.#closing(start);
    }
    let last = start;
    while (isSign(this.#tokens[last + 1], '.') && isName(this.#tokens[last + 2])) {
      last += 2;
    }
    return isSign(this.#tokens[last + 1], '(') ? this.#closing(last + 1) : last;
  }

  #aliasAt(i: number): string | undefined {
    const token = this.#tokens[this.#wordAt(i) === 'as' ? i + 1 : i];
    return isName(token) ? token.text : undefined;
  }

  #withCtes(from: string): string {
    const { start, end } = this.#with ?? { start: 0, end: 0 };
    return `(${this.#sql.slice(start, end)} SELECT * FROM ${from})`;
  }

  /** The partner of the parenthesis at `open`; the last token where it is missing. */
  #closing(open: number): number {
    return this.#partners.get(open) ?? this.#tokens.length - 1;
  }

  #endOf(i: number): number {
    return this.#tokens[i]?.end ?? this.#sql.length;
  }

  #wordAt(i: number): string {
    const token = this.#tokens[i];
    return token?.kind === 'word' ? token.text.toLowerCase() : '';
  }
}

function partnersOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const open: number[] = [];
  const partners = new Map<number, number>();
  for (const [i, token] of tokens.entries()) {
    if (isSign(token, '(')) {
      open.push(i);
    } else if (isSign(token, ')')) {
      partners.set(open.pop() ?? -1, i);
    }
  }
  return partners;
}

const beforeTables: ReadonlySet<string> = new Set(['from', 'join', 'describe', 'summarize']);
const afterTables: ReadonlySet<string> = new Set(
  'select where group having order limit offset qualify window union except intersect values'.split(' '),
);
/** Functions whose arguments have words between them. */
export const specialCalls: ReadonlySet<string> = new Set(['extract', 'overlay', 'substring', 'trim']);

function newScope(parent: Scope | undefined, isCall: boolean): Scope {
  return { parent, references: [], isInFrom: parent?.isInFrom === true && parent.references.length === 0, isCall };
}

function visibleFrom(innermost: Scope): readonly TableReference[] {
  const visible: TableReference[] = [];
  for (let scope: Scope | undefined = innermost; scope !== undefined; scope = scope.parent) {
    for (const reference of scope.references) {
      visible.push(reference);
    }
  }
  return visible;
}

function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

/** Keywords are no names, and macros neither. */
function isName(token: Token | undefined): token is Token {
  return token?.kind === 'name' || (token?.kind === 'word' && isFree(token.text));
}

function isFree(word: string): boolean {
  return !word.includes('$') && !/^\d/.test(word) && (formatName(word) === word || !/^\w+$/.test(word));
}
