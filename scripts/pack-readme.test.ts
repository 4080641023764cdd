import { describe, expect, test } from 'vitest';
import { packageReadme } from './pack-readme.ts';

const readme = `# Project

## Install it

Not for authors.

## Write a plugin in TypeScript

See [the greeter](examples/greeter) and [Grafana](https://grafana.com).

### Get it

\`\`\`sh
# a comment
\`\`\`

## Work on it

Not for authors either.
`;

describe('packageReadme()', () => {
  test('is the section for authors, a level higher, without links into the project', () => {
    const text = packageReadme(readme, 'quiver');
    expect(text.slice(0, text.indexOf('## Licence'))).toBe(`# quiver

See the greeter and [Grafana](https://grafana.com).

## Get it

\`\`\`sh
# a comment
\`\`\`

`);
  });

  test('names the section that is missing', () => {
    expect(() => packageReadme('# Project\n', 'quiver')).toThrow(/has no section "Write a plugin in TypeScript"/);
  });
});
