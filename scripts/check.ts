/** Says yes or no to the whole of the sources (`make check`). Every step runs, so that one look shows all that is wrong. */
import { printResult, runStep } from './run-step.ts';
import { sourceSteps, stubsInStep, unitTests } from './steps.ts';

const failed: string[] = [];
for (const step of [...sourceSteps, stubsInStep, unitTests]) {
  const result = await runStep(step);
  printResult(step, result);
  if (!result.passed) {
    failed.push(step.name);
  }
}
console.log(failed.length === 0 ? 'Yes: all is well' : `No: ${failed.join(', ')} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
