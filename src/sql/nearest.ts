/** The name that takes the fewest changes to reach from `name`, letter case aside; the first of several. There must be one at least. */
export function nearest(name: string, names: Iterable<string>): string {
  const start = [...name.slice(0, maxLetters).toLowerCase()];
  let [best, least] = ['', Number.POSITIVE_INFINITY];
  for (const candidate of names) {
    const distance = editDistance(start, candidate.toLowerCase());
    if (distance < least) {
      [best, least] = [candidate, distance];
    }
  }
  return best;
}

/** Letters of the name that count. */
const maxLetters = 64;

/** Levenshtein's: letters put in, taken out or replaced. */
function editDistance(from: readonly string[], to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of from.entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
