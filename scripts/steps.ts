import type { Step } from './run-step.ts';

/** What looks at the sources without running them, and without network. */
export const sourceSteps: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'types of the frontend', command: ['tsc', '-p', 'src/ui/tsconfig.json', '--noEmit'] },
  { name: 'types of the workbench', command: ['tsc', '-p', 'workbench/tsconfig.json', '--noEmit'] },
  { name: 'imports', command: ['node', 'scripts/check-imports.ts'] },
  { name: 'protocol ledger', command: ['node', 'scripts/check-protocol.ts'] },
];

/** By the stubs' stamp where no protoc is at hand: this takes a second. */
export const stubsInStep: Step = {
  name: 'stubs in step',
  command: ['node', 'scripts/gen.ts', '--check', '--offline'],
  tells: true,
};

/** By making the stubs anew with a fetched protoc, unless none can be had. */
export const stubsMadeAnew: Step = { ...stubsInStep, command: ['node', 'scripts/gen.ts', '--check', '--try'] };

export const unitTests: Step = { name: 'unit tests', command: ['vitest', 'run', 'src/', 'scripts/', 'workbench/'] };

export const build: Step = { name: 'dist', command: ['node', 'scripts/build.ts'] };

/** What Grafana's validator asks of the folder, as far as it needs no network. */
export const distIsFit: Step = { name: 'check of dist', command: ['node', 'scripts/check-dist.ts'] };

/** As people run it, which makes dist/ once more. */
export const demo: Step = { name: 'demo', command: ['make', '--no-print-directory', 'demo'] };

/** What needs dist/: the tests of whole processes. */
export const processTests: Step = { name: 'process tests', command: ['vitest', 'run', '--project', 'node', 'test/'] };

/** What needs dist/ and a Chromium: the workbench's page with the real module.js. One browser at a time. */
export const browserTests: Step = {
  name: 'browser tests',
  command: ['vitest', 'run', '--project', 'browser', '--no-file-parallelism'],
};

/** A Grafana host in Go against dist/. Never from Go's cache, which does not know that dist/ has changed. */
export const goHost: Step = {
  name: 'Go host',
  command: ['go', 'test', '-count=1', '-timeout=20m', '-json', './...'],
  cwd: 'test/conformance/go-host',
};

/** Hosts and plugins of several languages with each other. */
export const interopMatrix: Step = { name: 'interop matrix', command: ['node', 'scripts/conformance.ts'] };
