import { beforeAll, describe, expect, test } from 'vitest';
import { type Command, goProgram, linesOf, nodeProgram, pythonProgram, run } from './programs.ts';

const languages = ['TypeScript', 'Go', 'Python'] as const;
type Language = (typeof languages)[number];

let hosts: Partial<Record<Language, Command>>;
let plugins: Record<Language, Command>;

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
}, 300_000);

describe('the greeter', () => {
  test.each((['TypeScript', 'Go'] as const).flatMap((host) => languages.map((plugin) => ({ host, plugin }))))(
    'greets a host in $host from a plugin in $plugin, and nobody complains',
    async ({ host, plugin }) => {
      const command = hosts[host] as Command;
      expect(await run([...command, ...plugins[plugin]])).toEqual({ stdout: 'Hello Quiver\n', stderr: '', code: 0 });
    },
  );

  test.each(languages)('says to who starts its plugin in %s by hand that a host does that', async (language) => {
    const { stdout, stderr, code } = await run(plugins[language]);
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toMatch(/plugin/);
  });

  test.each(['plugin', 'host'])('has a %s of less than 60 lines', (name) => {
    expect(linesOf(`examples/greeter/${name}.ts`).length).toBeLessThan(60);
  });
});
