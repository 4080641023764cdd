import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pluginReadme } from './plugin-readme.ts';

describe('pluginReadme()', () => {
  test('keeps the words of links into the project, and links elsewhere and within the page', () => {
    const readme =
      'See [installing](docs/installing.md#files), [Grafana](https://grafana.com) and [below](#more), `a[0](x)`.';
    expect(pluginReadme(readme)).toBe('See installing, [Grafana](https://grafana.com) and [below](#more), `a0`.');
  });

  test('leaves pictures of the project out', () => {
    expect(pluginReadme('# Quiver\n\n![Explore](img/screenshots/explore.png)\n\nText\n')).toBe('# Quiver\n\nText\n');
  });

  test('leaves no relative link in the README of this project', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    expect(pluginReadme(readme)).not.toMatch(/\]\((?!https?:|#)/);
    expect(readme).toMatch(/\]\((?!https?:|#)/);
  });
});
