import type { Metrics } from '../grafana/metrics.ts';
import type { Collected } from './collect.ts';
import type { QueryQueue } from './queue.ts';
import type { RunningQueries } from './running.ts';

/** What happens to queries, counted. docs/metrics.md explains each to people; a test holds both together. */
export interface QueryMetrics {
  /** A query was given its slot after so many seconds. */
  waited(seconds: number): void;
  /** An engine's rows were read, to their end or to a limit. */
  served(collected: Pick<Collected, 'rowCount' | 'byteLength' | 'truncatedBy'>): void;
  /** A query ended before its rows did. */
  stopped(why: 'cancelled' | 'timeout' | 'memory_exceeded'): void;
}

export interface Watched {
  readonly queue: Pick<QueryQueue, 'running' | 'waiting'>;
  readonly running: RunningQueries;
  readonly instances: { readonly size: number };
  readonly memoryCeilingBytes: number;
}

export function createQueryMetrics(metrics: Metrics, watched: Watched): QueryMetrics {
  const { queue, running, instances, memoryCeilingBytes } = watched;
  metrics.gauge('quiver_queries_running', 'Queries that an engine works on', () => queue.running);
  metrics.gauge('quiver_queries_waiting', 'Queries that wait for their turn', () => queue.waiting);
  metrics.gauge(
    'quiver_queries_stuck',
    'Queries that run on although they were told to end',
    () => running.stuck().length,
  );
  metrics.gauge('quiver_instances', 'Versions of data source settings that are open', () => instances.size);
  metrics.gauge(
    'quiver_memory_ceiling_bytes',
    'Resident memory above which queries are stopped',
    () => memoryCeilingBytes,
  );
  const longest = () => running.all.values().next().value;
  metrics.gauge('quiver_longest_query_seconds', 'Since the query that runs longest was given its slot', () => {
    const query = longest();
    return query ? running.secondsOf(query) : 0;
  });
  metrics.gauge(
    'quiver_longest_query_progress',
    'How far the query that runs longest is, from 0 to 1, as its engine says',
    () => longest()?.probe?.progress()?.fraction ?? 0,
  );
  const wait = metrics.histogram(
    'quiver_query_wait_seconds',
    'Time that queries waited for their slot',
    [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60],
  );
  const rows = metrics.counter('quiver_rows_total', 'Rows that engines gave');
  const bytes = metrics.counter('quiver_bytes_total', 'Bytes of those rows, in columns');
  const truncated = metrics.counter('quiver_results_truncated_total', 'Results that a limit cut', 'limit');
  const stopped = metrics.counter('quiver_queries_stopped_total', 'Queries that ended before their rows did', 'reason');
  return {
    waited: wait,
    served({ rowCount, byteLength, truncatedBy }) {
      rows(rowCount);
      bytes(byteLength);
      if (truncatedBy) {
        truncated(1, truncatedBy);
      }
    },
    stopped: (why) => stopped(1, why),
  };
}
