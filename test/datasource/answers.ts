import { adminSettingsFrom } from '../../src/datasource/environment.ts';
import { createInstance } from '../../src/datasource/instance.ts';
import { queryDataHandler } from '../../src/datasource/query-data.ts';
import { createQueryMetrics } from '../../src/datasource/query-metrics.ts';
import { QueryQueue } from '../../src/datasource/queue.ts';
import { RunningQueries } from '../../src/datasource/running.ts';
import { openDuckdb } from '../../src/engine/duckdb/index.ts';
import { frameColumn } from '../../src/frame/cells.ts';
import type { Frame } from '../../src/frame/frame.ts';
import type { DataResponse } from '../../src/grafana/handlers.ts';
import { InstanceManager } from '../../src/grafana/instances.ts';
import { createMetrics } from '../../src/grafana/metrics.ts';

/** The hour that queries are asked for. */
export const range = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 0, 1, 1) };

/** A data source on a DuckDB in memory, whose init SQL may make tables. */
export interface Answers {
  /** One query's answer; `settings` are the data source's jsonData. */
  ask(query: object, headers?: Readonly<Record<string, string>>, settings?: object): Promise<DataResponse>;
  close(): Promise<void>;
}

/** @param allowedDirectories of the admin, where a query reads files; none by default */
export function openAnswers(
  initSql = '',
  { timeRange = range, allowedDirectories = [] as readonly string[] } = {},
): Answers {
  const admin = adminSettingsFrom({});
  const queue = new QueryQueue({ slots: 4, waiting: 64, waitingPerSource: 64 });
  const metrics = createMetrics();
  const instances = new InstanceManager((settings) =>
    createInstance(settings, admin, ({ duckdb }, { memoryBytes, threads }) =>
      openDuckdb({ ...duckdb, allowedDirectories, memoryLimit: `${memoryBytes}B`, threads, timezone: 'UTC' }),
    ),
  );
  const running = new RunningQueries(() => performance.now());
  const queryMetrics = createQueryMetrics(metrics, { queue, running, instances, memoryCeilingBytes: 0 });
  const failures: unknown[] = [];
  const report = (error: unknown) => failures.push(error);
  const handler = queryDataHandler({ admin, instances, queue, looks: queue, running, metrics, queryMetrics, report });
  return {
    async ask(query, headers = {}, settings = {}) {
      const queryType = (query as { queryType?: string }).queryType ?? '';
      const json = Buffer.from(JSON.stringify(query));
      const asked = { refId: 'A', queryType, maxDataPoints: 100, intervalMs: 60_000, timeRange, json };
      const jsonData = { duckdb: { initSql }, ...settings };
      const dataSourceInstanceSettings = {
        id: 1,
        uid: JSON.stringify(jsonData),
        name: '',
        url: '',
        user: '',
        database: '',
        basicAuthEnabled: false,
        basicAuthUser: '',
        jsonData: Buffer.from(JSON.stringify(jsonData)),
        decryptedSecureJsonData: new Map<string, string>(),
        updatedMs: 1,
        apiVersion: '',
      };
      const answers = await handler.queryData(
        {
          format: 'arrow',
          headers: new Map(Object.entries(headers)),
          queries: [asked],
          pluginContext: {
            orgId: 1,
            pluginId: '',
            pluginVersion: '',
            apiVersion: '',
            namespace: '',
            userAgent: '',
            grafanaConfig: new Map(),
            dataSourceInstanceSettings,
          },
        },
        new AbortController().signal,
      );
      const answer = answers.get('A');
      if (answer === undefined || failures.length > 0) {
        throw failures[0] ?? new Error('There is no answer');
      }
      return answer;
    },
    close: () => instances.close(),
  };
}

/** A frame as an object of its columns. */
export function columnsOf(frame: Frame | undefined): Record<string, unknown[]> {
  return Object.fromEntries((frame?.fields ?? []).map(({ name }, i) => [name, frameColumn(frame as Frame, i)]));
}

/** `name:type` of each field. */
export function fieldsOf(frame: Frame | undefined): string[] {
  return (frame?.fields ?? []).map(({ name, type }) => `${name}:${type}`);
}
