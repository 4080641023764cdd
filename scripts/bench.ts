/**
 * Measures the data source against one in Go, and the protocol against Go on both sides (`make bench`), and writes bench/README.md. A part, by
 * `--scenarios` or fewer passes, is only printed. Figures differ from machine to machine: compare within one run.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { measureDataSource } from './bench/measure-datasource.ts';
import { measureProtocol } from './bench/measure-protocol.ts';
import { parseBenchOptions } from './bench/options.ts';
import { type Machine, renderBench } from './bench/render.ts';

const root = join(import.meta.dirname, '..');
const options = parseBenchOptions(process.argv.slice(2));
const machine: Machine = {
  node: process.version,
  go: execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim(),
  processor: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
  loadBefore: loadavg()[0] ?? 0,
};
const text = renderBench({
  machine,
  ...(options.dataSource && { dataSource: measureDataSource(root, options) }),
  ...(options.protocol && { protocol: measureProtocol(root) }),
});
console.log(text);
if (options.whole) {
  writeFileSync(join(root, 'bench/README.md'), text);
}
