/**
 * Measures the protocol (`make bench`): hosts and plugins of the interop matrix in Go and with this library, every host with every plugin, in
 * turns, so that a busy minute hits all of them. Writes bench/README.md. Figures differ from machine to machine: compare within one run.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Figures, type Measured, renderBench } from './bench/render.ts';
import { type Command, obtainPrograms } from './conformance/programs.ts';

const turns = 3;
const root = join(import.meta.dirname, '..');
const { plugins } = obtainPrograms(root);
const measures: Readonly<Record<string, Command>> = {
  go: [join(root, '.cache/interop/measure')],
  typescript: [process.execPath, join(root, 'test/conformance/interop/typescript/measure.ts')],
};
const languages = ['go', 'typescript'] as const;
const pairs = languages.flatMap((host) => languages.map((plugin) => ({ host, plugin })));

const before = loadavg()[0] ?? 0;
const runs: Measured[] = [];
for (let turn = 1; turn <= turns; turn++) {
  for (const pair of pairs) {
    console.log(`${turn} of ${turns}: ${pair.host} host, ${pair.plugin} plugin`);
    runs.push({ ...pair, figures: measure(pair.host, pair.plugin) });
  }
}
const text = renderBench(runs, {
  node: process.version,
  go: execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim(),
  processor: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
  loadBefore: before,
});
writeFileSync(join(root, 'bench/README.md'), text);
console.log(text);

function measure(host: string, plugin: string): Figures {
  const [program, ...args] = measures[host] ?? [];
  const command = plugins[plugin];
  if (program === undefined || command === undefined) {
    throw new Error(`Cannot measure: there is no ${host} host or no ${plugin} plugin`);
  }
  const output = execFileSync(program, [...args, '--', ...command, '--network', 'unix'], { encoding: 'utf8' });
  return JSON.parse(output);
}
