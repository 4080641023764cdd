import type { Token } from './sql-tokens.ts';

/** Walks over tokens. What is wanted and not there ends the reading, or the innermost attempt. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Reads these words and signs if all of them come next, letter case aside. A quoted name is no word. */
  skip(text: string): boolean {
    const wanted = text.split(' ');
    const found = this.#tokens.slice(this.#at, this.#at + wanted.length);
    const fits = wanted.every((one, index) => isWord(found[index], one));
    this.#at += fits ? wanted.length : 0;
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

  /** What `read` gives, or undefined, and nothing is read, where the SQL is not so. */
  attempt<T>(read: () => T): T | undefined {
    const start = this.#at;
    try {
      return read();
    } catch (failure) {
      if (!(failure instanceof NotAsWritten)) {
        throw failure;
      }
      this.#at = start;
      return undefined;
    }
  }
}

class NotAsWritten extends Error {}

function isWord(token: Token | undefined, text: string): boolean {
  const kinds: readonly unknown[] = ['word', 'sign', 'variable', 'number'];
  return kinds.includes(token?.kind) && token?.text.toLowerCase() === text.toLowerCase();
}
