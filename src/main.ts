import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { checkHealth } from './datasource/check-health.ts';
import type { Dependencies } from './datasource/dependencies.ts';
import { type AdminSettings, adminSettingsFrom } from './datasource/environment.ts';
import { createInstance, type OpenEngine } from './datasource/instance.ts';
import { limitsFor } from './datasource/limits.ts';
import { MemoryWatch, memoryCeiling } from './datasource/memory-watch.ts';
import { queryDataHandler } from './datasource/query-data.ts';
import { createQueryMetrics } from './datasource/query-metrics.ts';
import { lookLimits, QueryQueue } from './datasource/queue.ts';
import { resourceHandler } from './datasource/resources/index.ts';
import { RunningQueries } from './datasource/running.ts';
import { Watchdog } from './datasource/watchdog.ts';
import { openDuckdb, TemporarySpace } from './engine/duckdb/index.ts';
import { createLogger } from './goplugin/index.ts';
import { InstanceManager } from './grafana/instances.ts';
import { createMetrics } from './grafana/metrics.ts';
import { serveDataSource } from './grafana/serve.ts';

const logger = createLogger({ name: 'quiver', level: 'info' });

main().catch((error: Error) => {
  logger.error(error.message, { stack: error.stack });
  process.exitCode = 1;
});

/** Environment → engines → serve. */
async function main(): Promise<void> {
  const admin = adminSettingsFrom(process.env);
  useEnoughThreads(admin);
  const dependencies = createDependencies(admin, await openTemporarySpace(admin));
  await serveDataSource(
    {
      data: queryDataHandler(dependencies),
      diagnostics: {
        checkHealth: ({ pluginContext }, signal) => checkHealth(dependencies, pluginContext, signal),
        collectMetrics: () => dependencies.metrics.text(),
      },
      resource: resourceHandler(dependencies),
    },
    {
      pluginId: 'quiver-sql-datasource',
      logger,
      report,
      explanation: [
        'This is the backend of Quiver, a data source for Grafana: Grafana starts it, people do not.',
        "Copy the folder that it lies in into Grafana's plugins directory, and restart Grafana.",
      ],
      onShutdown: () => dependencies.instances.close(),
      // Some of DuckDB's scalar functions heed no interrupt.
      isBusy: () => dependencies.instances.isBusy,
    },
  );
}

/** What a person is shown no more of than a sentence. */
function report(error: unknown): void {
  logger.error('Unexpected failure', { error, stack: error instanceof Error ? error.stack : undefined });
}

/**
 * Each statement that runs holds a thread of libuv's pool until its call returns; with fewer threads than statements, reading a file would
 * wait for a query. libuv looks at this once, at the pool's first use, which is still to come.
 */
function useEnoughThreads({ maxQueries }: AdminSettings): void {
  process.env.UV_THREADPOOL_SIZE ??= String(maxQueries + 8);
}

/** @throws Error when the admin's directory cannot be used: an engine would fail in the midst of a query */
async function openTemporarySpace({
  temporary,
  allowedDirectories,
}: AdminSettings): Promise<TemporarySpace | undefined> {
  if (temporary === undefined) {
    return undefined;
  }
  const { directory, maxBytes } = temporary;
  const space = await TemporarySpace.open(directory, { maxBytes, readable: allowedDirectories });
  process.once('exit', () => space.close());
  return space;
}

function createDependencies(admin: AdminSettings, temporarySpace: TemporarySpace | undefined): Dependencies {
  const metrics = createMetrics();
  const instances = new InstanceManager((settings) => createInstance(settings, admin, openEngineWith(temporarySpace)), {
    onCloseError: report,
  });
  const queue = new QueryQueue({ slots: admin.maxQueries, waiting: 256, waitingPerSource: 64 });
  const looks = new QueryQueue(lookLimits);
  const now = () => performance.now();
  const running: RunningQueries = new RunningQueries(now, () => watchdog.wake());
  const memoryCeilingBytes = memoryCeiling(admin.maxProcessMemoryBytes, process.constrainedMemory(), totalmem());
  const watchdog = new Watchdog({
    running,
    slots: admin.maxQueries,
    memory: new MemoryWatch(memoryCeilingBytes),
    logger,
    now,
    residentBytes: () => process.memoryUsage.rss(),
    // Where a native call still runs, the process kills itself: see isBusy.
    exit: () => process.exit(1),
  });
  const queryMetrics = createQueryMetrics(metrics, { queue, running, instances, memoryCeilingBytes });
  return { admin, instances, queue, looks, running, metrics, queryMetrics, report };
}

const openEngineWith =
  (temporarySpace: TemporarySpace | undefined): OpenEngine =>
  ({ duckdb, limits }, { memoryBytes, threads }, admin) =>
    openDuckdb({
      ...duckdb,
      allowedDirectories: admin.allowedDirectories,
      ...(temporarySpace && { temporarySpace }),
      initTimeoutMs: limitsFor(limits, admin).timeoutMs,
      memoryLimit: `${memoryBytes}B`,
      threads,
      timezone: duckdb.timezone ?? 'UTC',
      report: (message) => logger.warn(message),
      // The bundle keeps DuckDB's libraries beside itself; a checkout finds them in node_modules.
      ...(isSea() && { libraryDirectory: join(dirname(process.execPath), 'lib') }),
    });
