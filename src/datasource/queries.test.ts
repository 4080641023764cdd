import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { querySchema } from './parse-query.ts';

test('docs/queries.md names every key of a query, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/queries.md'), 'utf8');
  const section = page.slice(page.indexOf('## The query'), page.indexOf('## Formats'));
  const documented = Array.from(section.matchAll(/^\| `(\w+)` \|/gm), ([, key]) => key);
  expect(documented.sort()).toEqual(Object.keys(querySchema.shape).sort());
});
