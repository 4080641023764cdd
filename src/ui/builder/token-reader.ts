import { sqlTokens, type Token } from './sql-tokens.ts';

/** Walks over tokens. What is wanted and not there ends the reading, or the innermost attempt. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  readonly #read: Token[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** What has been read, in the spelling that `respell` gives it. */
  get read(): readonly Token[] {
    return this.#read;
  }

  /** Reads these words and signs if all of them come next, letter case aside. A quoted name is no word. */
  skip(text: string): boolean {
    const wanted = text.split(' ');
    const found = this.#tokens.slice(this.#at, this.#at + wanted.length);
    const fits = wanted.every((one, index) => isWord(found[index], one));
    if (fits) {
      this.#at += wanted.length;
      this.#read.push(...found);
    }
    return fits;
  }

  expect(text: string): void {
    if (!this.skip(text)) {
      this.fail();
    }
  }

  /** The next token's text, of one of these kinds. */
  take(...kinds: readonly Token['kind'][]): string {
    const token = this.#tokens[this.#at];
    if (token === undefined || !kinds.includes(token.kind)) {
      return this.fail();
    }
    this.#at++;
    this.#read.push(token);
    return token.text;
  }

  fail(): never {
    throw new NotAsWritten();
  }

  /** What `read` gives as often as commas part it. */
  list<T>(read: () => T): readonly T[] {
    const items = [read()];
    while (this.skip(',')) {
      items.push(read());
    }
    return items;
  }

  /** What `read` gives; it counts as read in this spelling, which must mean the same. */
  respell<T>(read: () => T, spell: (value: T) => string): T {
    const start = this.#read.length;
    const value = read();
    this.#read.length = start;
    this.#read.push(...(sqlTokens(spell(value)) ?? []));
    return value;
  }

  /** Reads what may be there or not, and means nothing more. */
  leaveOut(text: string): void {
    this.respell(
      () => this.skip(text),
      () => '',
    );
  }

  /** What `read` gives, or undefined, and nothing is read, where the SQL is not so. */
  attempt<T>(read: () => T): T | undefined {
    const [start, length] = [this.#at, this.#read.length];
    try {
      return read();
    } catch (failure) {
      if (!(failure instanceof NotAsWritten)) {
        throw failure;
      }
      this.#at = start;
      this.#read.length = length;
      return undefined;
    }
  }
}

class NotAsWritten extends Error {}

/** Macros are told apart by the case of their letters. */
function isWord(token: Token | undefined, text: string): boolean {
  const kinds: readonly unknown[] = ['word', 'sign', 'variable', 'number'];
  const isCaseless = token?.kind === 'word';
  return (
    kinds.includes(token?.kind) && (isCaseless ? token.text.toLowerCase() === text.toLowerCase() : token?.text === text)
  );
}
