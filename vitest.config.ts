import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Guards against what hangs, and judges no speed: a busy machine takes ten times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    // The stubs are CommonJS: Node must load them itself.
    server: { deps: { external: [/\/generated\//] } },
  },
});
