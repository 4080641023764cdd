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
import { parseArgs } from 'node:util';
import { type Cell, cellsOf, type Features, idleGaps, readFeatures } from './conformance/features.ts';
import { judge, namesOf } from './conformance/judge.ts';
import { obtainPrograms, type Programs } from './conformance/programs.ts';
import { type CellOutcome, renderCell, renderMatrix } from './conformance/render.ts';
import { runCell } from './conformance/run-cell.ts';
import { addCounts, formatCounts } from './count-tests.ts';

const root = join(import.meta.dirname, '..');
const features = readFeatures(join(root, 'test/conformance/interop/features.json'));
const { values: wanted } = parseArgs({
  options: {
    host: { type: 'string', multiple: true, default: features.hosts },
    plugin: { type: 'string', multiple: true, default: features.plugins },
    network: { type: 'string', multiple: true, default: features.networks },
    'auto-mtls': { type: 'string', multiple: true, default: features.autoMtls.map(String) },
    check: { type: 'string', multiple: true, default: features.checks.map(({ name }) => name) },
  },
});

const stopped = new AbortController();
process.once('SIGINT', () => stopped.abort());
process.once('SIGTERM', () => stopped.abort());

const programs = obtainPrograms(root);
const outcomes = await runAll(cellsOf(features).filter(isWanted));
console.log(`\n${renderMatrix(features, outcomes)}`);
const faults = idleGaps(features).map((gap) => `a gap of features.json takes nothing out: ${JSON.stringify(gap)}`);
for (const fault of faults) {
  console.log(fault);
}
const counts = addCounts([...outcomes.map(countsOf), { passed: 0, failed: faults.length, skipped: 0 }]);
console.log(formatCounts(counts));
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

function isWanted(cell: Cell): boolean {
  return (
    wanted.host.includes(cell.host) &&
    wanted.plugin.includes(cell.plugin) &&
    wanted.network.includes(cell.network) &&
    wanted['auto-mtls'].includes(String(cell.autoMtls))
  );
}

/** As many cells at a time as there are processors, printed as they end, returned in the table's order. */
async function runAll(cells: readonly Cell[]): Promise<CellOutcome[]> {
  const results: CellOutcome[] = [];
  const queue = cells.entries();
  const worker = async () => {
    for (const [index, cell] of queue) {
      const result = await outcomeOf(cell, features, programs);
      console.log(renderCell(result));
      results[index] = result;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

async function outcomeOf(cell: Cell, table: Features, { hosts, plugins }: Programs): Promise<CellOutcome> {
  const [host, plugin] = [hosts[cell.host], plugins[cell.plugin]];
  if (!host || !plugin) {
    const message = `there is no program for the ${cell.host} host or the ${cell.plugin} plugin`;
    return { cell, verdicts: [{ check: 'start', kind: 'failed', message }], seconds: 0 };
  }
  const checks = namesOf(table, cell).filter((name) => wanted.check.includes(name));
  const { results, problems, stderr, seconds } = await runCell({ cell, checks, host, plugin }, stopped.signal);
  const verdicts = [
    ...judge(table, cell, checks, results),
    ...problems.map((message) => ({ check: 'the run', kind: 'failed', message }) as const),
  ];
  if (verdicts.some(({ kind }) => kind === 'failed')) {
    console.log(stderr.trimEnd());
  }
  return { cell, verdicts, seconds };
}

function countsOf({ verdicts }: CellOutcome) {
  const count = (wantedKind: string) => verdicts.filter(({ kind }) => kind === wantedKind).length;
  return { passed: count('passed'), failed: count('failed'), skipped: 0 };
}
