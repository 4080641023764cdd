/**
 * Shows the plugin at work (`make demo`): builds it, starts the executable as Grafana does with sample files, asks it for its health and for
 * rows, and serves the workbench's page until Ctrl-C. Without a terminal it draws the page once, and exits with 0 only if every answer was
 * right and a graph was drawn.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Frame, frameRows } from '../src/frame/index.ts';
import { findChromium } from '../workbench/browser/find-chromium.ts';
import { bundlePage } from '../workbench/server/bundle-page.ts';
import { toHostSource } from '../workbench/server/data-sources.ts';
import { makeSampleSite } from '../workbench/server/sample-site.ts';
import { startWorkbench, type Workbench } from '../workbench/server/start-workbench.ts';
import { buildPlugin } from './build.ts';
import { drawOnce } from './demo/draw-once.ts';
import { installing } from './demo/installing.ts';
import { openPage } from './demo/open-page.ts';
import { renderSeries } from './demo/render-series.ts';
import { renderTable } from './demo/render-table.ts';
import type { DataSource, GrafanaHost } from './grafana-host.ts';
import { firstReading } from './make-samples.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const from = new Date(firstReading);
const range = { from, to: new Date(from.getTime() + 86_400_000 - 1) };

const tableSql = `SELECT station, region, count(*) AS readings, min(temperature) AS coldest, max(temperature) AS warmest,
       round(avg(humidity), 1) AS humidity, count(*) FILTER (rain) AS rainy_minutes
FROM readings_csv GROUP BY ALL ORDER BY station`;

const seriesSql = `SELECT $__timeGroup(time, '30m') AS time, station, avg(temperature) AS temperature
FROM readings WHERE $__timeFilter(time) GROUP BY 1, 2 ORDER BY 1`;

const samples = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-demo-')));
process.on('exit', () => rmSync(samples, { recursive: true, force: true }));
// Ends by way of `exit`, whose listeners end the plugin and the browser and remove the files.
process.on('SIGHUP', () => process.exit(129));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

try {
  await timed('Built the plugin', () => buildPlugin(join(root, 'src/main.ts'), dist));
  await timed('Built the page', bundlePage);
  const site = await timed('Made a day of weather readings as CSV, Parquet, JSON and a DuckDB file', () =>
    makeSampleSite(samples),
  );
  const workbench = await timed('Started the plugin as Grafana does, and a page in front of it', () =>
    startWorkbench(site),
  );
  try {
    await showAnswers(workbench);
    await (process.stdout.isTTY ? servePage(workbench) : checkPage(workbench));
  } finally {
    await timed('Stopped it', () => workbench.stop());
  }
  console.log(`\n${installing(relative(process.cwd(), dist))}`);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function showAnswers({ host, sources }: Workbench): Promise<void> {
  const source = toHostSource(sources.get('weather'));
  await showHealth(host, source);
  await showTable(host, source);
  await showSeries(host, source);
}

/** Until Ctrl-C. */
async function servePage({ url }: Workbench): Promise<void> {
  console.log(`${installing(relative(process.cwd(), dist))}\n`);
  console.log(`${openPage(url) ? 'Opened' : 'Open'} ${url} to see it at work; Ctrl-C ends it.`);
  await new Promise<never>(() => {});
}

async function checkPage({ url }: Workbench): Promise<void> {
  const chromium = findChromium();
  if (chromium !== undefined) {
    await timed('Drew the page in Chromium: its graph has lines', () => drawOnce(url, chromium));
    return;
  }
  await timed('Asked for the page, without drawing it: there is no Chromium here', () => fetchPage(url));
}

/** The page, and module.js as it asks for it. */
async function fetchPage(url: string): Promise<void> {
  for (const path of ['', 'build/boot.js', 'public/plugins/quiver-sql-datasource/module.js']) {
    const { status } = await fetch(new URL(path, url));
    expect(status === 200, `${path || 'the page'} with status 200, got ${status}`);
  }
}

async function showHealth(host: GrafanaHost, source: DataSource): Promise<void> {
  const { isOk, message } = await timed('Checked its health', () => host.checkHealth(source));
  print(message);
  expect(
    isOk && message.includes('DuckDB') && message.includes('readings_parquet'),
    'the names of the engine and its tables',
  );
}

async function showTable(host: GrafanaHost, source: DataSource): Promise<void> {
  const [table] = await timed('Asked for a table', () => ask(host, source, tableSql, 'table'));
  expect(table !== undefined && table.fields.length === 7, 'a table of 7 columns');
  print(tableSql, '', ...renderTable(table));
  const counts = frameRows(table).map((row) => Number(row[2]));
  expect(counts.length === 6 && counts.every((count) => count === 1440), '6 stations with 1440 readings each');
}

async function showSeries(host: GrafanaHost, source: DataSource): Promise<void> {
  const [series] = await timed('Asked for a time series', () => ask(host, source, seriesSql, 'time_series'));
  expect(series !== undefined && series.fields.length === 7, 'a time and 6 series');
  print(seriesSql, '', ...renderSeries(series));
  expect(frameRows(series).length === 48, '48 points, one for each half hour');
}

async function ask(host: GrafanaHost, source: DataSource, rawSql: string, format: string): Promise<Frame[]> {
  const [answer] = await host.query(source, [{ model: { rawSql, format }, range }]);
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
