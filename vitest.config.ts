import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    // The stubs are CommonJS: Node must load them itself.
    server: { deps: { external: [/\/generated\//] } },
  },
});
