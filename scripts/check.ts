/** Says yes or no to the whole of the sources (`make check`). Every step runs, so that one look shows all that is wrong. */
import { runStep, type Step, summaryLine } from './run-step.ts';

const steps: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'imports', command: ['node', 'scripts/check-imports.ts'] },
  { name: 'stubs in step', command: ['node', 'scripts/gen.ts', '--check', '--offline'] },
  { name: 'unit tests', command: ['vitest', 'run', 'src', 'scripts'] },
];

const failed: string[] = [];
for (const step of steps) {
  const result = await runStep(step);
  if (!result.passed) {
    failed.push(step.name);
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
  }
  console.log(summaryLine(step.name, result));
}
console.log(failed.length === 0 ? 'Yes: all is well' : `No: ${failed.join(', ')} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
