/**
 * The interop matrix (`make conformance`): builds the hosts and plugins of test/conformance/interop, lets each host run its checks against
 * each plugin, and compares with features.json. Ends with `N passed, N failed`; a gap counts as neither as long as it holds.
 *
 *     node scripts/conformance.ts [--host go] [--plugin python] [--network tcp] [--auto-mtls true] [--check start]
 *
 * Each option takes a part of the matrix, and may stand more than once.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Features, idleGaps, readFeatures } from './conformance/features.ts';
import { judge } from './conformance/judge.ts';
import { obtainPrograms, type Programs } from './conformance/programs.ts';
import { type CellOutcome, renderCell, renderMatrix } from './conformance/render.ts';
import { runCell } from './conformance/run-cell.ts';
import { type Selected, select } from './conformance/select.ts';
import { addCounts, type Counts, formatCounts } from './count-tests.ts';

const root = join(import.meta.dirname, '..');
const stopped = new AbortController();
process.once('SIGINT', () => stopped.abort());
process.once('SIGTERM', () => stopped.abort());

try {
  const counts = await runMatrix(readFeatures(join(root, 'test/conformance/interop/features.json')));
  console.log(formatCounts(counts));
  process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function runMatrix(features: Features): Promise<Counts> {
  const selected = select(features, process.argv.slice(2));
  const outcomes = await runAll(selected, features, obtainPrograms(root));
  console.log(`\n${renderMatrix(features, outcomes)}`);
  const idle = idleGaps(features);
  for (const gap of idle) {
    console.log(`FAILED  a gap of features.json takes nothing out: ${JSON.stringify(gap)}`);
  }
  return addCounts([...outcomes.map(countsOf), { passed: 0, failed: idle.length, skipped: 0 }]);
}

/** As many cells at a time as there are processors, printed as they end, returned in the table's order. */
async function runAll(selected: readonly Selected[], features: Features, programs: Programs): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  const queue = selected.entries();
  const worker = async () => {
    for (const [index, one] of queue) {
      const outcome = await outcomeOf(one, features, programs);
      console.log(renderCell(outcome));
      outcomes[index] = outcome;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return outcomes;
}

async function outcomeOf({ cell, checks }: Selected, features: Features, programs: Programs): Promise<CellOutcome> {
  const [host, plugin] = [programs.hosts[cell.host], programs.plugins[cell.plugin]];
  if (!host || !plugin) {
    throw new Error(`Cannot run the ${cell.host} host with the ${cell.plugin} plugin: no program has that name`);
  }
  const { results, problems, stderr, seconds } = await runCell({ cell, checks, host, plugin }, stopped.signal);
  const verdicts = [
    ...judge(features, cell, checks, results),
    ...problems.map((message) => ({ check: 'the run', kind: 'failed', message }) as const),
  ];
  return { cell, verdicts, stderr, seconds };
}

function countsOf({ verdicts }: CellOutcome): Counts {
  const count = (wanted: string) => verdicts.filter(({ kind }) => kind === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: 0 };
}
