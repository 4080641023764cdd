import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('the Makefile', () => {
  const targets = [...read('Makefile').matchAll(/^([a-z-]+):/gm)].map(([, name]) => name);

  test('has every target that a document tells people to make', () => {
    const documents = globSync(['*.md', 'docs/*.md', 'proto/*.md', 'test/conformance/*/*.md'], { cwd: root });
    // In a code span, or at the beginning of a line of a code block.
    const told = documents.flatMap((name) =>
      [...read(name).matchAll(/(?:`|^)make ([a-z-]+)\b/gm)].map(([, made]) => made),
    );
    expect(told).toEqual(expect.arrayContaining(['check', 'demo', 'dist', 'gen', 'test']));
    expect(told.filter((target) => !targets.includes(target))).toEqual([]);
  });

  test('says of every target that it is no file, and what it does', () => {
    const [, phony] = /^\.PHONY: (.*)$/m.exec(read('Makefile')) ?? [];
    expect(phony?.split(' ')).toEqual(targets);
    expect([...read('Makefile').matchAll(/^([a-z-]+):.* ## \S/gm)].map(([, name]) => name)).toEqual(targets);
  });
});
