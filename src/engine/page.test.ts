import { expect, test } from 'vitest';
import { compareNames, pageOf } from './page.ts';

const names = ['b', 'A', 'a', 'é', 'B2', 'データ'].sort(compareNames).map((name) => ({ name }));

test('compareNames() puts letter case aside, but for names that differ in it alone', () => {
  expect(names.map(({ name }) => name)).toEqual(['A', 'a', 'b', 'B2', 'é', 'データ']);
});

test('pages follow each other without gap or repetition, and the last has no next', () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = pageOf(names, { limit: 2, ...(after !== undefined && { after }) });
    seen.push(...page.items.map(({ name }) => name));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toEqual(names.map(({ name }) => name));
});

test.each([
  [{ limit: 10, search: 'B' }, { items: [{ name: 'b' }, { name: 'B2' }] }],
  [
    { limit: 1, search: 'B' },
    { items: [{ name: 'b' }], next: 'b' },
  ],
  [{ limit: 10, search: 'タ' }, { items: [{ name: 'データ' }] }],
  [{ limit: 10, search: '%' }, { items: [] }],
  [{ limit: 10, after: 'aa' }, { items: [{ name: 'b' }, { name: 'B2' }, { name: 'é' }, { name: 'データ' }] }],
  [{ limit: 10, after: 'データ' }, { items: [] }],
])('pageOf() of %j', (request, page) => {
  expect(pageOf(names, request)).toEqual(page);
});
