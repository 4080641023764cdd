/**
 * Shows the plugin at work in a terminal (`make demo`): builds it, starts the executable as Grafana does, asks it for its health and for
 * rows of sample files. Exits with 0 only if every answer was right.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Frame, frameRows } from '../src/frame/index.ts';
import { buildPlugin } from './build.ts';
import { installing } from './demo/installing.ts';
import { renderSeries } from './demo/render-series.ts';
import { renderTable } from './demo/render-table.ts';
import { type DataSource, type GrafanaHost, startGrafanaHost } from './grafana-host.ts';
import { firstReading, makeSamples, samplePath } from './make-samples.ts';
import { executableName, hostTarget } from './targets.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const from = new Date(firstReading);
const range = { from, to: new Date(from.getTime() + 86_400_000 - 1) };

const tableSql = `SELECT station, region, count(*) AS readings, min(temperature) AS coldest, max(temperature) AS warmest,
       round(avg(humidity), 1) AS humidity, count(*) FILTER (rain) AS rainy_minutes
FROM readings_csv GROUP BY ALL ORDER BY station`;

const seriesSql = `SELECT $__timeGroup(time, '30m') AS time, station, avg(temperature) AS temperature
FROM readings WHERE $__timeFilter(time) GROUP BY 1, 2 ORDER BY 1`;

const samples = mkdtempSync(join(tmpdir(), 'quiver-demo-'));
process.on('exit', () => rmSync(samples, { recursive: true, force: true }));
// Ends by way of `exit`, whose listeners end the plugin and remove the files.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

try {
  await timed('Built the plugin', () => buildPlugin(join(root, 'src/main.ts'), dist));
  await timed('Made a day of weather readings as CSV, Parquet, JSON and a DuckDB file', () => makeSamples(samples));
  await showPlugin();
  console.log(`\n${installing(relative(process.cwd(), dist))}`);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function showPlugin(): Promise<void> {
  const executable = join(dist, executableName(hostTarget()));
  // All that the plugin sees of the environment: neither HOME nor PATH.
  const env = { GF_PLUGIN_ALLOWED_DIRECTORIES: samples };
  const host = await timed(`Started ${relative(root, executable)} as Grafana does`, () =>
    startGrafanaHost(executable, env),
  );
  try {
    await showHealth(host);
    await showTable(host);
    await showSeries(host);
  } finally {
    await timed('Stopped it', () => host.stop());
  }
}

/** A DuckDB file, and a table for each of the other files. */
function dataSource(): DataSource {
  const settings = {
    engine: 'duckdb',
    duckdb: {
      database: samplePath(samples, 'duckdb'),
      tables: [
        { name: 'readings_csv', path: samplePath(samples, 'csv') },
        { name: 'readings_json', path: samplePath(samples, 'json') },
        { name: 'readings_parquet', path: samplePath(samples, 'parquet') },
      ],
    },
  };
  return { id: 1, settings };
}

async function showHealth(host: GrafanaHost): Promise<void> {
  const { isOk, message } = await timed('Checked its health', () => host.checkHealth(dataSource()));
  print(message);
  expect(
    isOk && message.includes('DuckDB') && message.includes('readings_parquet'),
    'the names of the engine and its tables',
  );
}

async function showTable(host: GrafanaHost): Promise<void> {
  const [table] = await timed('Asked for a table', () => ask(host, tableSql, 'table'));
  expect(table !== undefined && table.fields.length === 7, 'a table of 7 columns');
  print(tableSql, '', ...renderTable(table));
  const counts = frameRows(table).map((row) => Number(row[2]));
  expect(counts.length === 6 && counts.every((count) => count === 1440), '6 stations with 1440 readings each');
}

async function showSeries(host: GrafanaHost): Promise<void> {
  const [series] = await timed('Asked for a time series', () => ask(host, seriesSql, 'time_series'));
  expect(series !== undefined && series.fields.length === 7, 'a time and 6 series');
  print(seriesSql, '', ...renderSeries(series));
  expect(frameRows(series).length === 48, '48 points, one for each half hour');
}

async function ask(host: GrafanaHost, rawSql: string, format: string): Promise<Frame[]> {
  const [answer] = await host.query(dataSource(), [{ model: { rawSql, format }, range }]);
  if (answer === undefined || answer.error !== '') {
    throw new Error(`The query failed: ${answer?.error ?? 'there is no answer'}`);
  }
  return answer.frames();
}

async function timed<T>(what: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await run();
  console.log(`${what} (${formatMs(performance.now() - started)})`);
  return result;
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function print(...lines: readonly string[]): void {
  const indented = lines.flatMap((text) => text.split('\n')).map((line) => `    ${line}`.trimEnd());
  console.log(`\n${indented.join('\n')}\n`);
}

function expect(condition: boolean, what: string): asserts condition {
  if (!condition) {
    throw new Error(`The plugin gave a wrong answer: expected ${what}`);
  }
}
