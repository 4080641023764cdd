import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSamples, samplePath } from '../../scripts/make-samples.ts';
import { createQueryMetrics } from '../../src/datasource/query-metrics.ts';
import { QueryQueue } from '../../src/datasource/queue.ts';
import { RunningQueries } from '../../src/datasource/running.ts';
import { frameRows } from '../../src/frame/cells.ts';
import { createMetrics } from '../../src/grafana/metrics.ts';
import { editorModes, queryFormats, type SavedQuery } from '../../src/model/query.ts';
import { interpolateSql } from '../../src/ui/variables/interpolate-sql.ts';
import { type Answers, columnsOf, openAnswers } from './answers.ts';

const root = join(import.meta.dirname, '../..');
const dashboards = globSync('dashboards/*.json', { cwd: root }).map((path) => ({
  path,
  model: readJson(path) as Dashboard,
}));
const weather = dashboardNamed('weather.json');
const pluginItself = dashboardNamed('plugin-itself.json');

/** What of a dashboard's JSON is looked at here. */
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly time: { readonly from: string; readonly to: string };
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly { readonly name: string; readonly target?: SavedQuery }[] };
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly options: { readonly content?: string };
  readonly targets?: readonly (SavedQuery & { readonly expr?: string })[];
}

interface Variable {
  readonly type: string;
  readonly name: string;
  readonly query: unknown;
}

describe('each bundled dashboard', () => {
  test('is named in plugin.json, by its title', () => {
    const { includes } = readJson('plugin.json') as { includes: readonly object[] };
    const files = dashboards.map(({ path, model }) => ({ type: 'dashboard', name: model.title, path }));
    expect(includes).toHaveLength(2);
    expect(includes).toEqual(expect.arrayContaining(files));
  });

  test.each(dashboards)('$path is one that Grafana 12 and 13 read without asking for anything', ({ model }) => {
    expect(Object.keys(model).filter((key) => key.startsWith('__'))).toEqual([]);
    // 41 is Grafana 12's; 13 brings it to its own 42.
    expect(model.schemaVersion).toBe(41);
    expect(model.uid).toMatch(/^[a-z-]{8,40}$/);
    const ids = model.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(model.templating.list[0]).toMatchObject({ type: 'datasource', name: 'datasource' });
  });

  test.each(dashboards)('$path names no data source but that of its variable', ({ model }) => {
    const uids = new Set<string>();
    JSON.stringify(model, (key, value) => {
      if (key === 'datasource' && typeof value === 'object') {
        uids.add(value.uid);
      }
      return value;
    });
    expect([...uids].sort()).toEqual(['$' + '{datasource}', '-- Grafana --']);
  });
});

describe('the weather dashboard', () => {
  let samples: string;
  let answers: Answers;

  beforeAll(async () => {
    samples = mkdtempSync(join(tmpdir(), 'quiver-dashboards-'));
    await makeSamples(samples, { formats: ['duckdb'] });
    const timeRange = { fromMs: Date.parse(weather.time.from), toMs: Date.parse(weather.time.to) };
    answers = openAnswers('', { timeRange, allowedDirectories: [samples] });
  });

  afterAll(async () => {
    await answers.close();
    rmSync(samples, { recursive: true });
  });

  const targets = weather.panels.flatMap(({ title, targets = [] }) => targets.map((query) => ({ title, query })));
  const annotations = weather.annotations.list.flatMap(({ name: title, target }) =>
    target ? [{ title, query: target }] : [],
  );
  const variables = weather.templating.list
    .filter(({ type }) => type === 'query')
    .map(({ name: title, query }) => ({ title, query: query as SavedQuery }));

  test('shows variables, time series, numbers, a table, annotations and ad hoc filters', () => {
    expect(new Set(weather.panels.map(({ type }) => type))).toEqual(new Set(['stat', 'timeseries', 'table']));
    expect(weather.templating.list.map(({ type }) => type)).toEqual(['datasource', 'query', 'query', 'adhoc']);
    expect([targets.length, annotations.length]).toEqual([8, 1]);
  });

  test.each([...targets, ...annotations, ...variables])('gets rows for $title', async ({ query }) => {
    expect(Object.keys(queryFormats)).toContain(query.format);
    expect([undefined, ...editorModes]).toContain(query.editorMode);
    const { status, error, frames = [] } = await ask(query);
    expect([status, error]).toEqual([200, undefined]);
    expect(frames.map((frame) => frameRows(frame).length > 0)).toEqual([true]);
  });

  test.each([...targets, ...annotations])(
    'filters $title by what is chosen and by ad hoc filters',
    async ({ query }) => {
      const filters = [{ key: 'station', operator: '=', value: 'nowhere' }];
      const counted = { ...query, format: 'table', queryType: '', rawSql: countOf(query) };
      const none = await ask(counted, ['north'], filters);
      const some = await ask(counted, ['north']);
      const all = await ask(counted);
      const counts = [none, some, all].map(({ frames = [] }) => Number(columnsOf(frames[0]).n?.[0]));
      expect(counts[0]).toBe(0);
      expect(counts[1]).toBeGreaterThan(0);
      expect(counts[2]).toBeGreaterThan(counts[1] ?? 0);
    },
  );

  /** The rows that a query reads, whatever it makes of them. */
  function countOf({ rawSql = '' }: SavedQuery): string {
    const [where = ''] = /FROM readings\nWHERE .*/.exec(rawSql) ?? [];
    return `SELECT count(*) AS n ${where}`;
  }

  function ask(
    query: SavedQuery,
    regions: readonly string[] = ['north', 'south', 'west'],
    adHocFilters: readonly object[] = [],
  ) {
    const chosen: Record<string, readonly string[]> = {
      region: regions,
      station: ['bergen', 'cork', 'faro', 'graz', 'oulu', 'utrecht'],
    };
    const rawSql = interpolateSql(query.rawSql ?? '', (text, format) =>
      text.replaceAll(/\$(region|station)\b/g, (_, name) => format(chosen[name], { multi: true })),
    );
    return answers.ask({ ...query, rawSql, adHocFilters }, {}, { duckdb: { database: samplePath(samples, 'duckdb') } });
  }
});

describe('the dashboard of the plugin itself', () => {
  const expressions = pluginItself.panels.flatMap(({ targets = [] }) => targets.map(({ expr = '' }) => expr));

  test('asks Prometheus for metrics that the plugin has, and for all of its own', async () => {
    const metrics = createMetrics();
    const queue = new QueryQueue({ slots: 1, waiting: 1, waitingPerSource: 1 });
    const running = new RunningQueries(() => 0);
    createQueryMetrics(metrics, { queue, running, instances: { size: 0 }, memoryCeilingBytes: 0 } as never);
    const text = await metrics.text();
    const known = Array.from(text.matchAll(/^# TYPE (\w+) /gm), ([, name]) => name);
    const asked = expressions.flatMap((expr) => expr.match(/\b(quiver|plugins|process|nodejs)_\w+/g) ?? []);
    const names = new Set(asked.map((name) => name.replace(/_bucket$/, '')));
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
    const unseen = known.filter((name) => name?.startsWith('quiver_') && !names.has(name));
    expect(unseen).toEqual([]);
  });

  test('says where the numbers come from', () => {
    const [text] = pluginItself.panels.filter(({ type }) => type === 'text');
    expect(text?.options.content).toContain('/metrics/plugins/quiver-sql-datasource');
  });
});

function dashboardNamed(name: string): Dashboard {
  const found = dashboards.find(({ path }) => basename(path) === name);
  if (!found) {
    throw new Error(`There is no dashboard ${name}`);
  }
  return found.model;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
