/**
 * Attacks the built executable by chance (`make fuzz`): statements from a grammar and mutated ones, then requests that are broken. Every
 * one must be answered, nothing may end the process or fail by our own fault. Prints its seed.
 *
 *     node scripts/fuzz.ts [--seed 1] [--statements 100000] [--requests 10000] [--first 0]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Fault, Report } from '../test/fuzz/report.ts';
import { fuzzRequests } from '../test/fuzz/requests.ts';
import { fuzzStatements } from '../test/fuzz/statements.ts';
import { Target } from '../test/fuzz/target.ts';
import { buildPlugin } from './build.ts';
import { executableName, hostTarget } from './targets.ts';
import { wholeNumber } from './whole-number.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
    statements: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '10000' },
    first: { type: 'string', default: '0' },
  },
});
const root = join(import.meta.dirname, '..');
const [seed, first] = [wholeNumber('seed', values.seed), wholeNumber('first', values.first)];
const counts = {
  statements: wholeNumber('statements', values.statements),
  requests: wholeNumber('requests', values.requests),
};
console.log(
  `Seed ${seed}: to repeat one, node scripts/fuzz.ts --seed ${seed} --first <number> --statements 1 --requests 0`,
);
await buildPlugin(join(root, 'src/main.ts'), join(root, 'dist'));
const target = await Target.make(join(root, 'dist', executableName(hostTarget())));
try {
  const started = performance.now();
  const onProgress = (report: Report) => console.log(`${report.total}: ${report.summary()}`);
  const options = { seed, first, onProgress, onFault: showFault };
  const statements = await fuzzStatements(target, { ...options, count: counts.statements });
  console.log(`${statements.total} statements: ${statements.summary()}`);
  const requests = await fuzzRequests(target, { ...options, count: counts.requests });
  console.log(`${requests.total} requests: ${requests.summary()}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const faults = statements.faults.length + requests.faults.length;
  console.log(
    `${statements.total + requests.total} attempts in ${seconds} s, ${target.restarts} restarts, ${faults} faults`,
  );
  process.exitCode = faults === 0 && target.restarts === 0 ? 0 : 1;
} finally {
  await target.close();
}

function showFault({ number, outcome, fault, query }: Fault): void {
  console.log(`\n#${number} ${outcome}: ${fault}\n${query === undefined ? '' : JSON.stringify(query.model)}\n`);
}
