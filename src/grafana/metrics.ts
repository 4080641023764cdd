import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorSource } from './error-source.ts';

/** What a plugin tells Prometheus through Grafana: its process, and its requests by endpoint. */
export interface Metrics {
  /** Counts one request or query that has ended, and the seconds that it took. */
  observe(endpoint: Endpoint, outcome: Outcome, seconds: number): void;
  /** Publishes a number that is read when metrics are collected. */
  gauge(name: string, help: string, read: () => number): void;
  /** Publishes a sum that only grows, and returns what adds to it; with a label's name, a sum for each of its values. */
  counter(name: string, help: string, label?: string): (amount: number, value?: string) => void;
  /** Publishes how values are spread over buckets, given by their upper bounds, and returns what adds one. */
  histogram(name: string, help: string, buckets: readonly number[]): (value: number) => void;
  /** Everything, in Prometheus' text format. */
  text(): Promise<string>;
}

/** Which of its duties a plugin did. */
export type Endpoint = 'queryData' | 'checkHealth' | 'callResource';

/** How it went. */
export interface Outcome {
  /** An HTTP status. */
  readonly status: number;
  /** Whose fault a failure was. */
  readonly source?: ErrorSource;
}

/** A registry with the process's own figures (CPU, memory, event loop) and those of its requests. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'plugins_requests_total',
    help: 'Requests and queries that have ended, by endpoint, HTTP status and error source',
    labelNames: ['endpoint', 'status', 'error_source'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'plugins_request_duration_seconds',
    help: 'Time from a request or query to its answer',
    labelNames: ['endpoint'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });
  return {
    observe(endpoint, { status, source }, duration) {
      requests.inc({ endpoint, status: String(status), error_source: source ?? 'none' });
      seconds.observe({ endpoint }, duration);
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    counter(name, help, label) {
      const counter = new Counter({
        name,
        help,
        registers: [registry],
        labelNames: label === undefined ? [] : [label],
      });
      return (amount, value) =>
        counter.inc(label === undefined || value === undefined ? {} : { [label]: value }, amount);
    },
    histogram(name, help, buckets) {
      const histogram = new Histogram({ name, help, registers: [registry], buckets: [...buckets] });
      return (value) => histogram.observe(value);
    },
    text: () => registry.metrics(),
  };
}
