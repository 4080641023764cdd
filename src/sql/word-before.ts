import { type Region, SqlLexer, wordStart } from './lexer.ts';

/**
 * Where the word begins that a completion at `position` takes the place of; `position` itself where there is none. A quoted name is one
 * word with its quote; in strings and comments, only what begins with a dollar is one. `${ho` is a word, too.
 */
export function wordBefore(sql: string, position: number): number {
  const around = regionAround(sql, position);
  if (around?.kind === 'name') {
    return around.start;
  }
  const variable = position - (/\$\{?\w*$/.exec(sql.slice(around?.start ?? 0, position))?.[0].length ?? 0);
  return around || variable < position ? variable : wordStart(sql, position);
}

const interesting = /['"$\-/]/g;

/** The string, quoted name or comment in which a cursor at `position` stands. */
export function regionAround(sql: string, position: number): (Region & { readonly start: number }) | undefined {
  const lexer = new SqlLexer(sql);
  interesting.lastIndex = 0;
  for (let match = interesting.exec(sql); match !== null && match.index < position; match = interesting.exec(sql)) {
    const start = match.index;
    const region = lexer.regionAt(start);
    if (region) {
      // Behind the last character of a comment that a line's end closes, one still writes it; so it is where nothing closes a quote.
      const isOpen = region.bodyEnd === region.end;
      if (position < region.end || (isOpen && position === region.end)) {
        return { ...region, start };
      }
      interesting.lastIndex = region.end;
    }
  }
  return undefined;
}
