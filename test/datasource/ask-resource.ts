import { adminSettingsFrom } from '../../src/datasource/environment.ts';
import { createInstance } from '../../src/datasource/instance.ts';
import { createQueryMetrics } from '../../src/datasource/query-metrics.ts';
import { QueryQueue } from '../../src/datasource/queue.ts';
import { resourceHandler } from '../../src/datasource/resources/index.ts';
import { RunningQueries } from '../../src/datasource/running.ts';
import { openDuckdb } from '../../src/engine/duckdb/index.ts';
import { InstanceManager } from '../../src/grafana/instances.ts';
import { createMetrics } from '../../src/grafana/metrics.ts';

/** A resource's answer. */
export interface ResourceAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it whole, or look at what they know to be there
  readonly payload: any;
}

/** Resources of one data source on a DuckDB. */
export interface AskResource {
  /** `path` with what stands behind its question mark. */
  get(path: string, signal?: AbortSignal): Promise<ResourceAnswer>;
  post(path: string, body: object, signal?: AbortSignal): Promise<ResourceAnswer>;
  /** Of queries. */
  readonly queue: QueryQueue;
  readonly looks: QueryQueue;
  close(): Promise<void>;
}

/**
 * @param duckdb the data source's settings
 * @param allowed directories of the admin
 * @param slots of queries, and as many of looks
 */
export function openResources(duckdb: object, allowed: readonly string[] = [], slots = 4): AskResource {
  const admin = { ...adminSettingsFrom({}), allowedDirectories: allowed };
  const queue = new QueryQueue({ slots, waiting: 64, waitingPerSource: 64 });
  const looks = new QueryQueue({ slots, waiting: 64, waitingPerSource: 64 });
  const metrics = createMetrics();
  const instances = new InstanceManager((settings) =>
    createInstance(settings, admin, (parsed, { memoryBytes, threads }) =>
      openDuckdb({
        ...parsed.duckdb,
        allowedDirectories: allowed,
        memoryLimit: `${memoryBytes}B`,
        threads,
        timezone: 'UTC',
      }),
    ),
  );
  const running = new RunningQueries(() => performance.now());
  const queryMetrics = createQueryMetrics(metrics, { queue, running, instances, memoryCeilingBytes: 0 });
  const report = (error: unknown) => {
    throw error;
  };
  const handler = resourceHandler({ admin, instances, queue, looks, running, metrics, queryMetrics, report });
  const pluginContext = contextOf(duckdb);
  const call = async (method: string, url: string, body: Uint8Array, signal = new AbortController().signal) => {
    const path = url.replace(/\?.*$/s, '');
    const request = { pluginContext, path, method, url, headers: new Map<string, readonly string[]>(), body };
    for await (const piece of handler.callResource(request, signal)) {
      return { status: piece.status, payload: JSON.parse(Buffer.from(piece.body).toString()) };
    }
    throw new Error('No answer');
  };
  return {
    get: (path, signal) => call('GET', path, new Uint8Array(), signal),
    post: (path, body, signal) => call('POST', path, Buffer.from(JSON.stringify(body)), signal),
    queue,
    looks,
    close: () => instances.close(),
  };
}

function contextOf(duckdb: object) {
  const dataSourceInstanceSettings = {
    id: 1,
    uid: 'a',
    name: '',
    url: '',
    user: '',
    database: '',
    basicAuthEnabled: false,
    basicAuthUser: '',
    jsonData: Buffer.from(JSON.stringify({ duckdb })),
    decryptedSecureJsonData: new Map<string, string>(),
    updatedMs: 1,
    apiVersion: '',
  };
  return {
    orgId: 1,
    pluginId: '',
    pluginVersion: '',
    apiVersion: '',
    namespace: '',
    userAgent: '',
    grafanaConfig: new Map<string, string>(),
    dataSourceInstanceSettings,
  };
}
