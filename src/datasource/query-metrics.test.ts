import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMetrics, type Metrics } from '../grafana/metrics.ts';
import { createQueryMetrics, type QueryMetrics } from './query-metrics.ts';
import { RunningQueries } from './running.ts';

let now = 0;
let running: RunningQueries;
let metrics: Metrics;
let queries: QueryMetrics;

beforeEach(() => {
  now = 0;
  running = new RunningQueries(() => now);
  metrics = createMetrics();
  queries = createQueryMetrics(metrics, {
    queue: { running: 3, waiting: 4 },
    running,
    instances: { size: 2 },
    memoryCeilingBytes: 1000,
  });
});

describe('createQueryMetrics()', () => {
  test('publishes what docs/metrics.md explains, and nothing else', async () => {
    const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `(quiver_\w+)` \| (\w+) \|/gm)].map(
      ([, name, kind]) => `${name} ${kind}`,
    );
    const published = [...(await metrics.text()).matchAll(/^# TYPE (quiver_\w+ \w+)$/gm)].map(([, line]) => line);
    expect(published.sort()).toEqual(documented.sort());
  });

  test('adds up what was served and why queries were stopped', async () => {
    queries.served({ rowCount: 10, byteLength: 80 });
    queries.served({ rowCount: 5, byteLength: 40, truncatedBy: 'rows' });
    queries.stopped('cancelled');
    queries.waited(0.2);
    expect(await valuesOf('rows_total', 'bytes_total', 'results_truncated_total', 'queries_stopped_total')).toEqual([
      'quiver_rows_total 15',
      'quiver_bytes_total 120',
      'quiver_results_truncated_total{limit="rows"} 1',
      'quiver_queries_stopped_total{reason="cancelled"} 1',
    ]);
    expect(await valuesOf('query_wait_seconds_bucket')).toEqual(
      expect.arrayContaining([
        'quiver_query_wait_seconds_bucket{le="0.1"} 0',
        'quiver_query_wait_seconds_bucket{le="0.5"} 1',
      ]),
    );
  });

  test('reads gauges when it is asked', async () => {
    const caller = new AbortController();
    const identity = { source: 'a', sourceUid: 'a', sql: '', signal: caller.signal, stop: () => {} };
    void running.run(identity, (query) => {
      query.watch({ progress: () => ({ fraction: 0.25, rows: 1 }) });
      return new Promise(() => {});
    });
    caller.abort();
    now = 12_000;
    expect(await valuesOf('queries', 'instances', 'memory', 'longest')).toEqual([
      'quiver_queries_running 3',
      'quiver_queries_waiting 4',
      'quiver_queries_stuck 1',
      'quiver_instances 2',
      'quiver_memory_ceiling_bytes 1000',
      'quiver_longest_query_seconds 12',
      'quiver_longest_query_progress 0.25',
    ]);
  });
});

async function valuesOf(...names: readonly string[]): Promise<readonly string[]> {
  const lines = (await metrics.text()).split('\n');
  return lines.filter((line) => names.some((name) => line.startsWith(`quiver_${name}`)));
}
