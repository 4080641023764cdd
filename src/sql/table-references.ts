import { formatName } from './names.ts';
import type { Token } from './tokens.ts';

/** What stands behind FROM or JOIN. */
export interface TableReference {
  /** As SQL: a name, a call, a string, or a SELECT in parentheses. */
  readonly from: string;
  /** What columns may be qualified with; undefined where they cannot. */
  readonly name?: string;
  /** Where it is the name of a common table expression: the WITH as far as that is defined. */
  readonly ctes?: string;
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
  /** Where a WITH begins. */
  withStart: number | undefined;
  /** In `extract(year FROM t)` and its like, FROM names no table. */
  readonly isCall: boolean;
  /** Whether a common table expression is made of it, which sees no table of the SELECT that it stands before. */
  readonly isBody: boolean;
}

interface Cte {
  readonly name: string;
  /** From WITH to its own end. What follows may be half-written. */
  readonly ctes: string;
}

/** Finds the tables of a statement, which may be half-written. */
export function referencesAt(sql: string, tokens: readonly Token[], position: number): References {
  return new Finder(sql, tokens, position).find();
}

class Finder {
  readonly #sql: string;
  readonly #tokens: readonly Token[];
  readonly #position: number;
  /** Closing parentheses by their opening ones. */
  readonly #partners: ReadonlyMap<number, number>;
  readonly #ctes = new Map<string, Cte>();
  /** Opening parentheses of what common table expressions are made of. */
  readonly #bodies = new Set<number>();

  constructor(sql: string, tokens: readonly Token[], position: number) {
    this.#sql = sql;
    this.#tokens = tokens;
    this.#position = position;
    this.#partners = partnersOf(tokens);
  }

  find(): References {
    let scope = newScope(undefined, false, false);
    let cursor: Scope | undefined;
    for (const [i, token] of this.#tokens.entries()) {
      if (token.start >= this.#position) {
        cursor ??= scope;
      }
      if (isSign(token, '(')) {
        scope = newScope(scope, specialCalls.has(this.#wordAt(i - 1)), this.#bodies.has(i));
      } else if (isSign(token, ')')) {
        scope = scope.parent ?? scope;
      } else {
        this.#visit(token, i, scope);
      }
    }
    return { visible: visibleFrom(cursor ?? scope), ctes: [...this.#ctes.values()].map(({ name }) => name) };
  }

  #visit(token: Token, i: number, scope: Scope): void {
    this.#addCte(token, i, scope);
    const word = this.#wordAt(i);
    if (isSign(token, ',') ? scope.isInFrom : beforeTables.has(word) && !scope.isCall) {
      scope.isInFrom = true;
      this.#addReference(i + 1, scope);
    } else if (afterTables.has(word)) {
      scope.isInFrom = false;
    }
  }

  /** `WITH a AS (…), b(x) AS MATERIALIZED (…)`. */
  #addCte(token: Token, i: number, scope: Scope): void {
    const before = this.#wordAt(i - 1);
    if (this.#wordAt(i) === 'with') {
      scope.withStart ??= token.start;
    }
    const isPlace = before === 'with' || before === 'recursive' || isSign(this.#tokens[i - 1], ',');
    if (scope.withStart === undefined || !isPlace || !isName(token)) {
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
      const ctes = this.#sql.slice(scope.withStart, this.#endOf(this.#closing(at)));
      this.#ctes.set(token.text.toLowerCase(), { name: token.text, ctes });
      this.#bodies.add(at);
    }
  }

  #addReference(first: number, scope: Scope): void {
    const start = this.#wordAt(first) === 'lateral' ? first + 1 : first;
    const token = this.#tokens[start];
    if (token === undefined || (!isSign(token, '(') && token.kind !== 'string' && !isName(token))) {
      return;
    }
    if (this.#hasCursor(start)) {
      return;
    }
    const last = this.#lastOf(start);
    const from = this.#sql.slice(token.start, this.#endOf(last));
    const own = isName(token) && isName(this.#tokens[last]) ? this.#tokens[last]?.text : undefined;
    const name = this.#aliasAt(last + 1) ?? own;
    const cte = last === start && isName(token) ? this.#ctes.get(token.text.toLowerCase()) : undefined;
    scope.references.push({ from, ...(name !== undefined && { name }), ...(cte && { ctes: cte.ctes }) });
  }

  /** What is being written within parentheses sees itself least of all. */
  #hasCursor(open: number): boolean {
    const token = this.#tokens[open];
    const partner = this.#partners.get(open);
    const isBehind = isSign(token, '(') && token !== undefined && token.start < this.#position;
    return isBehind && (partner === undefined || this.#position < this.#endOf(partner));
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

function newScope(parent: Scope | undefined, isCall: boolean, isBody: boolean): Scope {
  const isInFrom = parent?.isInFrom === true && parent.references.length === 0;
  return { parent, references: [], isInFrom, withStart: undefined, isCall, isBody };
}

function visibleFrom(innermost: Scope): readonly TableReference[] {
  const visible: TableReference[] = [];
  for (let scope: Scope | undefined = innermost; scope !== undefined; scope = outside(scope)) {
    for (const reference of scope.references) {
      visible.push(reference);
    }
  }
  return visible;
}

function outside({ parent, isBody }: Scope): Scope | undefined {
  return isBody ? parent?.parent : parent;
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
