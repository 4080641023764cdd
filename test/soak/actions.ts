import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, CallOptions, DataSource, GrafanaHost } from '../../scripts/grafana-host.ts';
import { type Cell, type Frame, frameRows } from '../../src/frame/index.ts';
import type { Random } from '../random.ts';
import { type Files, rowsOfFile, tableNames } from './files.ts';

/** What the actions work on. */
export interface World {
  readonly host: GrafanaHost;
  readonly files: Files;
  readonly random: Random;
  /** Counts up; settings with a higher number replace those with a lower. */
  nextVersion(): number;
}

/** One thing that users, admins and producers of files do, over and over. It rejects where the plugin does not do as it should. */
export interface Action {
  readonly name: string;
  /** How often, beside the others. */
  readonly weight: number;
  run(world: World): Promise<void>;
}

/** gRPC's CANCELLED. */
const cancelledStatus = 1;

const memory = (id: number, limits: object = {}): DataSource => ({ id, settings: { engine: 'duckdb', limits } });
const onFiles = ({ files }: World): DataSource => ({ id: 1, settings: { engine: 'duckdb', duckdb: files.settings } });

const badStatements: readonly (readonly [sql: string, code: string])[] = [
  ['SELEC 1', 'sql_syntax'],
  ['SELECT nothing FROM nowhere', 'sql_invalid'],
  ['SELECT 1; SELECT 2', 'sql_multiple_statements'],
  ['CREATE TABLE t AS SELECT 1', 'sql_not_select'],
  ["SELECT * FROM query('SELECT 1')", 'sql_refused'],
  ["SELECT * FROM '/etc/passwd.csv'", 'sql_refused'],
  ['SELECT $__nothing(time)', 'macro_unknown'],
  ["SELECT CASE WHEN i = 90000 THEN error('late') ELSE i END FROM range(100000) r(i)", 'sql_failed'],
  ['SELECT list(i ORDER BY i DESC) FROM range(200000000) r(i)', 'memory_exceeded'],
];

export const actions: readonly Action[] = [
  {
    name: 'select 1',
    weight: 30,
    async run({ host }) {
      expectEqual(await rowsOf(host, memory(2), 'SELECT 1 AS value'), [[1]]);
    },
  },
  {
    name: 'a table of one version',
    weight: 20,
    async run(world) {
      const sql = `SELECT count(*)::INTEGER, (max(version) - min(version))::INTEGER, count(DISTINCT station)::INTEGER FROM ${world.random.pick(tableNames)}`;
      expectEqual(await rowsOf(world.host, onFiles(world), sql), [[rowsOfFile, 0, 10]]);
    },
  },
  {
    name: 'a time series',
    weight: 10,
    async run(world) {
      const sql = `SELECT $__timeGroup(time, '5m') AS time, station, avg(value) AS value FROM ${world.random.pick(tableNames)}
        WHERE $__timeFilter(time) GROUP BY 1, 2 ORDER BY 1`;
      const [frame] = await framesOf(world.host, onFiles(world), sql, 'time_series');
      expectEqual([frame?.fields.length, frame && frameRows(frame).length], [11, 267]);
    },
  },
  {
    name: '100,000 rows',
    weight: 5,
    run: ({ host }) => expectRows(host, 100_000),
  },
  {
    name: '1,000,000 rows',
    weight: 1,
    run: ({ host }) => expectRows(host, 1_000_000),
  },
  {
    name: 'an alert over the limit',
    weight: 2,
    async run({ host }) {
      const answer = await ask(host, memory(3, { rows: 10 }), 'SELECT * FROM range(11)', 'table', {
        headers: { FromAlert: 'true' },
      });
      expectEqual(codeOf(answer), 'rows_exceeded');
    },
  },
  {
    name: 'bad SQL',
    weight: 8,
    async run({ host, random }) {
      const [sql, code] = random.pick(badStatements);
      // An engine of its own, and a small one: a statement among them takes all the memory that it has.
      const source = { id: 9, settings: { engine: 'duckdb', duckdb: { memoryLimit: '128MiB' } } };
      expectEqual(codeOf(await ask(host, source, sql, 'table')), code);
    },
  },
  {
    name: 'a cancelled query',
    weight: 8,
    async run({ host, random }) {
      const controller = new AbortController();
      const sql = random.pick([
        'SELECT count(*) FROM range(100000000000)',
        'SELECT i, md5(i::VARCHAR) FROM range(1000000) r(i)',
        'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r',
      ]);
      const asked = ask(host, memory(4), sql, 'table', { signal: controller.signal });
      const status = asked.then(
        () => 'answered',
        (error: { code?: number }) => error.code,
      );
      await sleep(random.below(300));
      controller.abort();
      expectOneOf(await status, [cancelledStatus, 'answered']);
    },
  },
  {
    name: 'a query beyond its time',
    weight: 1,
    async run({ host }) {
      const answer = await ask(
        host,
        memory(5, { timeoutSeconds: 0.5 }),
        'SELECT count(*) FROM range(100000000000)',
        'table',
      );
      expectEqual(codeOf(answer), 'timeout');
    },
  },
  {
    name: 'many panels at once',
    weight: 2,
    async run({ host }) {
      const queries = Array.from({ length: 12 }, (_, i) => ({
        model: { rawSql: `SELECT ${i} AS value`, format: 'table' },
      }));
      const answers = await host.query(memory(6), queries);
      expectEqual(
        answers.map((answer) => cellsOf(answer)),
        queries.map((_, i) => [[i]]),
      );
    },
  },
  {
    name: 'a health check',
    weight: 6,
    async run(world) {
      const { isOk, message } = await world.host.checkHealth(onFiles(world));
      expectEqual([isOk, message.includes('DuckDB')], [true, true]);
    },
  },
  {
    name: 'metrics',
    weight: 2,
    async run({ host }) {
      expectEqual((await host.collectMetrics()).includes('quiver_queries_running'), true);
    },
  },
  {
    name: 'changed settings',
    weight: 3,
    async run({ host, nextVersion }) {
      const version = nextVersion();
      const limits = { rows: version };
      const source = {
        id: 7,
        updatedMs: version,
        settings: { engine: 'duckdb', duckdb: { threads: 1 + (version % 2) }, limits },
      };
      expectEqual(await rowsOf(host, source, 'SELECT 7 AS value'), [[7]]);
    },
  },
  {
    name: 'wrong settings',
    weight: 2,
    async run({ host }) {
      const source = { id: 8, settings: { engine: 'duckdb', duckdb: { database: '/nowhere/x.duckdb' } } };
      expectEqual((await host.checkHealth(source)).isOk, false);
      expectEqual(codeOf(await ask(host, source, 'SELECT 1', 'table')), 'file_not_allowed');
    },
  },
  {
    name: 'a replaced file',
    weight: 3,
    run: ({ files }) => files.replaceOne(),
  },
];

async function expectRows(host: GrafanaHost, count: number): Promise<void> {
  const sql = `SELECT TIMESTAMP '2026-01-01' + to_milliseconds(i) AS time, i / 3 AS value, 'row number ' || i AS text FROM range(${count}) r(i)`;
  const [frame] = await framesOf(host, memory(2), sql, 'table');
  expectEqual(
    frame?.batches.reduce((sum, { rowCount }) => sum + rowCount, 0),
    count,
  );
}

async function ask(
  host: GrafanaHost,
  source: DataSource,
  rawSql: string,
  format: string,
  options?: CallOptions,
): Promise<Answer> {
  const [answer] = await host.query(source, [{ model: { rawSql, format } }], options);
  if (answer === undefined) {
    throw new Error('There is no answer');
  }
  return answer;
}

async function framesOf(host: GrafanaHost, source: DataSource, rawSql: string, format: string): Promise<Frame[]> {
  const answer = await ask(host, source, rawSql, format);
  expectEqual(answer.error, '');
  return answer.frames();
}

async function rowsOf(host: GrafanaHost, source: DataSource, rawSql: string): Promise<readonly (readonly Cell[])[]> {
  return cellsOf(await ask(host, source, rawSql, 'table'));
}

function cellsOf(answer: Answer): readonly (readonly Cell[])[] {
  expectEqual(answer.error, '');
  return answer.frames().flatMap((frame) => frameRows(frame));
}

function codeOf(answer: Answer): unknown {
  return (answer.frames()[0]?.meta?.custom as { code?: unknown } | undefined)?.code ?? 'no error';
}

function expectEqual(actual: unknown, expected: unknown): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) {
    throw new Error(`expected ${wanted}, got ${got}`);
  }
}

function expectOneOf(actual: unknown, expected: readonly unknown[]): void {
  if (!expected.includes(actual)) {
    throw new Error(`expected one of ${expected.join(', ')}, got ${actual}`);
  }
}
