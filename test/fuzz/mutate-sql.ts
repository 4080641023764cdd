import type { Random } from '../random.ts';

const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$__\w+|\w+|\s+|./gsu;
const strangers = [
  '(',
  ')',
  ',',
  ';',
  "'",
  '"',
  '$$',
  '--',
  '/*',
  '*/',
  '[',
  '}',
  '::',
  '.',
  '*',
  '\\',
  '\0',
  '💥',
  '\ud800',
  'NULL',
  'SELECT',
  'FROM',
  'LATERAL',
  'OVER',
  'AS',
  'lambda x:',
  '$__timeFilter(',
  '$1',
  ':=',
  '9'.repeat(400),
];

/** A statement in which a few words are left out, doubled, moved, taken from another, or strange. */
export function mutateSql(random: Random, sql: string, other: string): string {
  const words = sql.match(tokens) ?? [];
  const donors = other.match(tokens) ?? [];
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(words.length + 1);
    random.pick([
      () => words.splice(at, 1 + random.below(3)),
      () => words.splice(at, 0, random.pick(strangers)),
      () => words.splice(at, 0, ...donors.slice(random.below(donors.length + 1)).slice(0, 1 + random.below(8))),
      () => words.splice(at, 0, ...words.slice(at, at + 1 + random.below(5))),
      () => words.splice(at, 1, random.pick(strangers)),
      () => words.splice(at, 1, random.pick(words.length > 0 ? words : [''])),
      () => wrap(words, random),
    ])();
  }
  const mutated = words.join('');
  return random.happens(0.1) ? random.mutate(Buffer.from(mutated)).toString() : mutated;
}

/** As deep as nobody writes by hand. */
function wrap(words: string[], random: Random): void {
  const depth = random.pick([1, 5, 50, 500]);
  const [open, close] = random.pick([
    ['(', ')'],
    ['(SELECT * FROM (', '))'],
    ['[', ']'],
    ['NOT ', ''],
    ['- ', ''],
    ['/*', '*/'],
  ] as const);
  words.unshift(open.repeat(depth));
  words.push(close.repeat(depth));
}
