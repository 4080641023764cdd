import type { Page, PageRequest } from './catalog.ts';

/** One page of a list that `compareNames` has sorted. */
export function pageOf<T extends { readonly name: string }>(
  sorted: readonly T[],
  { search = '', after, limit }: PageRequest,
): Page<T> {
  const wanted = search.toLowerCase();
  const items: T[] = [];
  for (const item of sorted) {
    const isBehind = after === undefined || compareNames(item.name, after) > 0;
    if (!isBehind || !item.name.toLowerCase().includes(wanted)) {
      continue;
    }
    const last = items.at(-1);
    if (items.length >= limit && last !== undefined) {
      return { items, next: last.name };
    }
    items.push(item);
  }
  return { items };
}

/** Letter case aside, and never 0 for two names that differ. */
export function compareNames(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
