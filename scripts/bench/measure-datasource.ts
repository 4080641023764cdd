import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { obtainPython } from '../conformance/python.ts';
import { executableName, hostTarget } from '../targets.ts';
import type { DataSourceReport } from './datasource-report.ts';
import type { BenchOptions } from './options.ts';

const mebibyte = 2 ** 20;

/**
 * Builds both data sources and lets the Go host drive them. The first run also makes 10,000,000 rows, in .cache/bench.
 *
 * @throws Error where a toolchain is missing or an answer is wrong, with what was said
 */
export function measureDataSource(root: string, { passes, scenarios }: BenchOptions): DataSourceReport {
  const cache = join(root, '.cache/bench');
  mkdirSync(cache, { recursive: true });
  const run = (program: string, args: readonly string[], cwd = root) =>
    execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 64 * mebibyte,
    });
  run(process.execPath, ['scripts/build.ts']);
  run('go', ['build', '-o', join(cache, 'gpx_go_baseline'), '.'], join(root, 'bench/go-baseline'));
  run('go', ['build', '-o', join(cache, 'bench'), './cmd/bench'], join(root, 'test/conformance/go-host'));
  const floor = join(root, 'bench/floor');
  const options = {
    quiver: join(root, 'dist', executableName(hostTarget())),
    baseline: join(cache, 'gpx_go_baseline'),
    cache,
    floor: join(floor, 'floor.py'),
    python: obtainPython(join(floor, 'requirements.txt'), cache),
    passes: String(passes),
    scenarios: scenarios ?? '',
  };
  const report = run(
    join(cache, 'bench'),
    Object.entries(options).map(([name, value]) => `-${name}=${value}`),
  );
  return JSON.parse(report);
}
