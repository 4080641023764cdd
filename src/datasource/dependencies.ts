import type { InstanceManager } from '../grafana/instances.ts';
import type { Metrics } from '../grafana/metrics.ts';
import type { ReportFailure } from '../grafana/status.ts';
import type { AdminSettings } from './environment.ts';
import type { QuiverInstance } from './instance.ts';
import type { QueryMetrics } from './query-metrics.ts';
import type { QueryQueue } from './queue.ts';
import type { RunningQueries } from './running.ts';

/** What the handlers share, for as long as the process lives. */
export interface Dependencies {
  readonly admin: AdminSettings;
  readonly instances: InstanceManager<QuiverInstance>;
  readonly queue: QueryQueue;
  /** For what editors ask an engine, which runs nothing and must not wait for queries. */
  readonly looks: QueryQueue;
  readonly running: RunningQueries;
  readonly metrics: Metrics;
  readonly queryMetrics: QueryMetrics;
  readonly report: ReportFailure;
}
