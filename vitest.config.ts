import { defineConfig } from 'vitest/config';

// Guards against what hangs, and judges no speed: a busy machine takes ten times as long.
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

// The stubs are CommonJS: Node must load them itself.
const server = { deps: { external: [/\/generated\//] } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...timeouts,
          name: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts', 'workbench/server/**/*.test.ts'],
          exclude: ['src/ui/**', 'test/e2e/**'],
          server,
        },
      },
      {
        test: {
          ...timeouts,
          name: 'ui',
          include: ['{src/ui,workbench/page}/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          // Node's own storage, which wants a file, would hide jsdom's.
          execArgv: ['--no-experimental-webstorage'],
          setupFiles: ['src/ui/testing/setup.ts'],
          // Grafana's packages import files that only a bundler finds.
          server: { deps: { inline: [/@grafana\//] } },
        },
      },
      // In a real browser, and after the build: each file has a plugin, a server and a browser of its own.
      { test: { ...timeouts, name: 'browser', server, include: ['test/e2e/**/*.test.ts'] } },
    ],
  },
});
