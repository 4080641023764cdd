import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

test('ARCHITECTURE.md names every file of the DuckDB engine, and no other', () => {
  const [section = ''] = page.slice(page.indexOf("### DuckDB's engine") + 1).split(/\n###? /);
  const named = Array.from(section.matchAll(/(?<=[|:;,( ])`([a-z-]+)`/g), ([, name]) => name);
  const files = globSync('**/*.ts', { cwd: join(root, 'src/engine/duckdb') })
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('columns/'))
    .map((file) => basename(file, '.ts'));
  // engine.ts is named above the table; index.ts is the folder's face; `read` is one of columns/.
  const others = ['engine', 'index'];
  expect(named.filter((name) => name !== 'read').sort()).toEqual(files.filter((name) => !others.includes(name)).sort());
});

test('ARCHITECTURE.md names every folder of tests and every layer', () => {
  const folders = globSync(['src/*/', 'test/*/'], { cwd: root }).map((path) => basename(path));
  const section = page.slice(page.indexOf('## Who may import whom'), page.indexOf("### DuckDB's engine"));
  expect(folders.filter((folder) => !new RegExp(`\\b${folder}\\b`).test(section))).toEqual([]);
});
