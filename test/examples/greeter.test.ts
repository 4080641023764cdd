import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Command, goProgram, linesOf, nodeProgram, pythonProgram, run } from './programs.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const hostLanguages = ['TypeScript', 'Go'] as const;
const pluginLanguages = [...hostLanguages, 'Python'] as const;

let hosts: Record<(typeof hostLanguages)[number], Command>;
let plugins: Record<(typeof pluginLanguages)[number], Command>;

// The first build has Go's packages and Python's to fetch.
beforeAll(() => {
  hosts = {
    TypeScript: nodeProgram('greeter/host.ts'),
    Go: goProgram('greeter-host', './host'),
  };
  plugins = {
    TypeScript: nodeProgram('greeter/plugin.ts'),
    Go: goProgram('greeter-plugin', './plugin'),
    Python: pythonProgram('greeter/python/plugin.py'),
  };
});

describe('the greeter', () => {
  test.each(hostLanguages.flatMap((host) => pluginLanguages.map((plugin) => ({ host, plugin }))))(
    'greets a host in $host from a plugin in $plugin, and nobody complains',
    async ({ host, plugin }) => {
      const greeted = await run([...hosts[host], ...plugins[plugin]]);
      expect(greeted).toEqual({ stdout: 'Hello Quiver\n', stderr: '', code: 0 });
    },
  );

  test.each(pluginLanguages)('says to who starts its plugin in %s by hand that a host does that', async (language) => {
    const { stdout, stderr, code } = await run(plugins[language]);
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toMatch(/plugin/);
  });

  test.each(['plugin', 'host'])('has a %s of less than 60 lines', (name) => {
    expect(linesOf(`examples/greeter/${name}.ts`).length).toBeLessThan(60);
  });
});
