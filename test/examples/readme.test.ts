import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { linesOf, nodeProgram, root, run } from './programs.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe("the README's section for authors of plugins", () => {
  test('opens with the greeter, word by word', () => {
    const [, code] = /^## Write a plugin in TypeScript\n.*?^```ts\n(.*?)^```$/ms.exec(readme) ?? [];
    expect(code).toBe(readFileSync(join(root, 'examples/greeter/plugin.ts'), 'utf8'));
  });

  test('names a command that does what it says', async () => {
    const [, args = '', said] =
      /`node (examples\/\S+ node examples\/\S+)` starts it and prints `([^`]+)`/.exec(readme) ?? [];
    const [host = '', , plugin = ''] = args.split(' ');
    const command = [process.execPath, host, process.execPath, plugin] as const;
    expect(await run(command)).toMatchObject({ stdout: `${said}\n`, code: 0 });
  });
});

describe('the data source', () => {
  test('is served in less than 80 lines', () => {
    expect(linesOf('examples/datasource/plugin.ts').length).toBeLessThan(80);
  });

  test('says to who starts it by hand that Grafana does that', async () => {
    const { stdout, stderr, code } = await run(nodeProgram('datasource/plugin.ts'));
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toContain('Grafana starts it');
  });
});
