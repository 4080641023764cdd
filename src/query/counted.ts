/** A number with its noun: `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The verb that goes with so many. */
export function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}
