import type { Field } from '../frame/column.ts';

/** The column with the first of these names that there is, letter case, blanks, `_`, `-` and `.` aside; -1 if there is none. */
export function findColumn(
  fields: readonly Field[],
  names: readonly string[],
  taken: ReadonlySet<number> = none,
): number {
  const known = fields.map(({ name }, index) => (taken.has(index) ? undefined : plainName(name)));
  for (const name of names) {
    const index = known.indexOf(plainName(name));
    if (index !== -1) {
      return index;
    }
  }
  return -1;
}

/** `Parent_Span-ID` is `parentspanid`. */
export function plainName(name: string): string {
  return name.replaceAll(/[\s_.-]/g, '').toLowerCase();
}

const none: ReadonlySet<number> = new Set();
