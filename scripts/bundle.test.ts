import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from './bundle.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quiver-bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('bundle() keeps names for stack traces and short lines for uncaught errors, and no comments', async () => {
  const entry = join(folder, 'entry.ts');
  const statements = Array.from({ length: 100 }, (_, i) => `  write('line ${i}'); // a comment of no use`);
  writeFileSync(
    entry,
    `export function nameInTheTrace(write: (text: string) => void) {\n${statements.join('\n')}\n}\n`,
  );
  await bundle(entry, join(folder, 'entry.mjs'));
  const text = readFileSync(join(folder, 'entry.mjs'), 'utf8');
  expect(text).toContain('function nameInTheTrace(write)');
  expect(text).not.toContain('a comment of no use');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200);
});
