import type { Step } from './run-step.ts';

/** What looks at the sources without running them. */
export const sourceSteps: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'imports', command: ['node', 'scripts/check-imports.ts'] },
  { name: 'stubs in step', command: ['node', 'scripts/gen.ts', '--check', '--offline'] },
];

export const unitTests: Step = { name: 'unit tests', command: ['vitest', 'run', 'src/', 'scripts/'] };

export const build: Step = { name: 'dist', command: ['node', 'scripts/build.ts'] };

/** What needs dist/: the tests of whole processes. */
export const processTests: Step = { name: 'process tests', command: ['vitest', 'run', 'test/'] };

/** A Grafana host in Go against dist/. Never from Go's cache, which does not know that dist/ has changed. */
export const goHost: Step = {
  name: 'Go host',
  command: ['go', 'test', '-count=1', '-timeout=20m', '-json', './...'],
  cwd: 'test/conformance/go-host',
};
