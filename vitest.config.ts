import { defineConfig } from 'vitest/config';

// Guards against what hangs, and judges no speed: a busy machine takes ten times as long.
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...timeouts,
          name: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts', 'workbench/**/*.test.ts'],
          exclude: ['src/ui/**'],
          // The stubs are CommonJS: Node must load them itself.
          server: { deps: { external: [/\/generated\//] } },
        },
      },
      {
        test: {
          ...timeouts,
          name: 'ui',
          include: ['src/ui/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          // Node's own storage, which wants a file, would hide jsdom's.
          execArgv: ['--no-experimental-webstorage'],
          setupFiles: ['src/ui/testing/setup.ts'],
          // Grafana's packages import files that only a bundler finds.
          server: { deps: { inline: [/@grafana\//] } },
        },
      },
    ],
  },
});
