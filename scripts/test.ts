/**
 * Runs everything (`make test`) and ends with `N passed, N failed`: the tests of vitest and of Go and the checks of the interop matrix,
 * counted one by one, and the demo as one more. A step that fails otherwise (a type error, a build that breaks) counts as one failure. Every
 * step runs, whatever failed before it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addCounts,
  atLeastOneFailed,
  type Counts,
  countFinalLine,
  countGo,
  countVitest,
  formatCounts,
  goOutput,
} from './count-tests.ts';
import { installChromium } from './install-chromium.ts';
import { printResult, runStep, type Step, type StepResult } from './run-step.ts';
import {
  browserTests,
  build,
  demo,
  distIsFit,
  goHost,
  interopMatrix,
  processTests,
  sourceSteps,
  stubsMadeAnew,
  unitTests,
} from './steps.ts';

const all: Counts[] = [];
for (const step of [...sourceSteps, stubsMadeAnew]) {
  all.push(await runPlain(step));
}
all.push(await runVitest(unitTests));
all.push(await runPlain(build));
all.push(await runPlain(distIsFit));
all.push(await runDemo(demo));
all.push(await runVitest(processTests));
installChromium();
all.push(await runVitest(browserTests));
all.push(await runGo(goHost));
all.push(await runCounted(interopMatrix));

const sum = addCounts(all);
console.log(formatCounts(sum));
process.exitCode = sum.failed === 0 ? 0 : 1;

async function runPlain(step: Step): Promise<Counts> {
  const result = await runStep(step);
  printResult(step, result);
  return { passed: 0, failed: result.passed ? 0 : 1, skipped: 0 };
}

async function runDemo(step: Step): Promise<Counts> {
  const counts = await runPlain(step);
  return { ...counts, passed: 1 - counts.failed };
}

async function runVitest(step: Step): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'quiver-test-'));
  const report = join(folder, 'report.json');
  try {
    const [program, ...args] = step.command;
    const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const result = await runStep({ ...step, command: [program, ...args, ...options] });
    return counted(step, result, existsSync(report) ? countVitest(readFileSync(report, 'utf8')) : addCounts([]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runGo(step: Step): Promise<Counts> {
  const result = await runStep(step);
  const hint = result.stderr.includes('Cannot start go:') ? 'Go is needed for the Go host: https://go.dev/dl\n' : '';
  const readable = { ...result, stdout: goOutput(result.stdout), stderr: result.stderr + hint };
  return counted(step, readable, countGo(result.stdout));
}

/** A script of ours that prints its own counts. */
async function runCounted(step: Step): Promise<Counts> {
  const result = await runStep(step);
  return counted(step, result, countFinalLine(result.stdout) ?? addCounts([]));
}

/** A run without a single test has failed as well. */
function counted(step: Step, result: StepResult, counts: Counts): Counts {
  const passed = result.passed && counts.failed === 0 && counts.passed > 0;
  const final = passed ? counts : atLeastOneFailed(counts);
  printResult(step, { ...result, passed });
  console.log(`        ${formatCounts(final)}`);
  return final;
}
