/**
 * Works with the built executable as a busy Grafana does (`make soak`): queries of all sizes, bad SQL, cancels, health checks, changed
 * settings, replaced files. Says yes if nothing unexpected happened, memory is flat and no descriptor is left. Linux only.
 *
 *     node scripts/soak.ts [--minutes 30] [--seed 1]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatMb, soak } from '../test/soak/soak.ts';
import { buildPlugin } from './build.ts';
import { executableName, hostTarget } from './targets.ts';
import { wholeNumber } from './whole-number.ts';

/** The last third of the time may take so much more memory than the first. */
const maxGrowth = 1.1;
/** Descriptors that come and go with the threads of the engine. */
const descriptorTolerance = 3;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
  },
});
const root = join(import.meta.dirname, '..');
const [minutes, seed] = [wholeNumber('minutes', values.minutes, 1), wholeNumber('seed', values.seed)];
console.log(`${minutes} minutes, seed ${seed}`);
await buildPlugin(join(root, 'src/main.ts'), join(root, 'dist'));
const executable = join(root, 'dist', executableName(hostTarget()));
const result = await soak({ executable, minutes, seed, log: console.log });

for (const [name, count] of result.done) {
  console.log(`${String(count).padStart(8)}  ${name}`);
}
const growth = result.lastThirdBytes / result.firstThirdBytes;
console.log(
  `memory: first third ${formatMb(result.firstThirdBytes)}, last third ${formatMb(result.lastThirdBytes)} (${growth.toFixed(2)}), peak ${formatMb(result.peakBytes)}`,
);
console.log(`descriptors: ${result.descriptorsBefore}, then ${result.descriptorsAfter}`);
console.log(`${result.failures.length} unexpected`);
const problems = [
  ...result.failures,
  // Of a process that could not be measured the growth is no number.
  ...(growth <= maxGrowth ? [] : ['memory grows']),
  ...(result.descriptorsAfter > result.descriptorsBefore + descriptorTolerance ? ['descriptors are left open'] : []),
];
console.log(problems.length === 0 ? 'Yes: all is well' : `No: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
