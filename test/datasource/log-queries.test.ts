import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answers, columnsOf, fieldsOf, openAnswers, range } from './answers.ts';

let answers: Answers;

/** A line each ten seconds. */
beforeAll(() => {
  answers = openAnswers(`CREATE TABLE lines AS SELECT TIMESTAMP '2026-01-01' + to_seconds(i * 10) AS ts,
    CASE i % 3 WHEN 0 THEN 'WARN' WHEN 1 THEN 'warning' ELSE 'odd' END AS level, 'line ' || i AS message, 'h' || i % 2 AS host
    FROM range(18) r(i)`);
});

afterAll(() => answers.close());

const recent = 'SELECT ts, level, message, host FROM lines WHERE $__timeFilter(ts) ORDER BY ts DESC LIMIT 5';
const minuteNs = 60_000_000_000n;
const fromNs = BigInt(range.fromMs) * 1_000_000n;

describe('logs-volume', () => {
  const volume = { rawSql: recent, format: 'logs', queryType: 'logs-volume' };

  test('counts every line in a frame for each level, whatever its order and limit', async () => {
    const { status, frames } = await answers.ask(volume);
    expect(status).toBe(200);
    expect(frames.map(({ fields }) => fields)).toEqual([
      [
        { name: 'time', type: 'timestamp' },
        { name: 'value', type: 'int64', labels: { level: 'unknown' } },
      ],
      [
        { name: 'time', type: 'timestamp' },
        { name: 'value', type: 'int64', labels: { level: 'warning' } },
      ],
    ]);
    expect(frames.map(columnsOf)).toEqual([
      { time: [fromNs, fromNs + minuteNs, fromNs + 2n * minuteNs], value: [2n, 2n, 2n] },
      { time: [fromNs, fromNs + minuteNs, fromNs + 2n * minuteNs], value: [4n, 4n, 4n] },
    ]);
    expect(frames[0]?.meta).toMatchObject({ type: 'timeseries-multi', preferredVisualisationType: 'graph' });
  });

  test.each([
    ['FATAL', 'critical'],
    ['2', 'critical'],
    [' Err ', 'error'],
    ['4', 'warning'],
    ['Notice', 'info'],
    ['dbug', 'debug'],
    ['trace', 'trace'],
    ["it's", 'unknown'],
    ['', 'unknown'],
  ])('the severity %j is %s', async (written, level) => {
    const rawSql = `SELECT TIMESTAMP '2026-01-01' AS time, 'x' AS body, $$${written}$$ AS severity`;
    const { frames } = await answers.ask({ ...volume, rawSql });
    expect(frames[0]?.fields[1]?.labels).toEqual({ level });
  });

  test('numbers are severities of syslog, null and no column at all are unknown', async () => {
    for (const [column, level] of [
      ['7 AS level', 'debug'],
      ['NULL::VARCHAR AS level', 'unknown'],
      ["'z' AS host", 'unknown'],
    ]) {
      const rawSql = `SELECT TIMESTAMP '2026-01-01' AS time, 'x' AS body, ${column}`;
      const { frames } = await answers.ask({ ...volume, rawSql });
      expect(frames.map(({ fields }) => fields[1]?.labels)).toEqual([{ level }]);
    }
  });

  test('times may be numbers; lines without one are not counted', async () => {
    const rawSql = `SELECT ${range.fromMs} + i * 20000 AS time, 'x' AS body FROM range(6) r(i) UNION ALL SELECT NULL, 'y'`;
    const { frames } = await answers.ask({ ...volume, rawSql });
    expect(columnsOf(frames[0])).toEqual({ time: [fromNs, fromNs + minuteNs], value: [3n, 3n] });
  });

  test('counts what ad hoc filters leave', async () => {
    const adHocFilters = [{ key: 'host', operator: '=', value: 'h0' }];
    const { frames } = await answers.ask({ ...volume, adHocFilters });
    expect(frames.flatMap((frame) => columnsOf(frame).value as bigint[]).reduce((sum, n) => sum + n)).toBe(9n);
    const rawSql = "SELECT ts, level, message FROM lines WHERE $__adHocFilters('lines') ORDER BY ts LIMIT 3";
    const byMacro = await answers.ask({ ...volume, rawSql, adHocFilters });
    expect(byMacro.frames.flatMap((frame) => columnsOf(frame).value as bigint[]).reduce((sum, n) => sum + n)).toBe(9n);
  });

  test('no lines are 200, with their fields', async () => {
    const { status, frames } = await answers.ask({ ...volume, rawSql: `SELECT * FROM (${recent}) WHERE false` });
    expect(status).toBe(200);
    expect(fieldsOf(frames[0])).toEqual(['time:timestamp', 'value:int64']);
  });

  test("keeps the place of an error in the person's SQL, and says where there is no time", async () => {
    const rawSql = 'SELECT ts, nowhere AS body FROM lines ORDER BY ts';
    const { frames } = await answers.ask({ ...volume, rawSql });
    expect(frames[0]?.meta?.custom).toEqual({ code: 'sql_invalid', position: rawSql.indexOf('nowhere') });
    const { status, frames: without } = await answers.ask({ ...volume, rawSql: "SELECT 'x' AS body" });
    expect(status).toBe(400);
    expect(without[0]?.meta?.custom).toEqual({ code: 'no_time_column' });
  });
});

test.each(['', 'annotation', 'logs-volume', 'logs-context', 'variable'])(
  'several statements are refused, and none of them left out, whatever is asked: %j',
  async (queryType) => {
    const logsContext = { direction: 'forward', timeNs: '0', limit: 1 };
    for (const rawSql of [`${recent}; SELECT 2`, 'SELECT 1; SELECT 2 LIMIT 1', `${recent}; DROP TABLE lines`]) {
      const { status, error, frames } = await answers.ask({ rawSql, format: 'logs', queryType, logsContext });
      expect([status, frames[0]?.meta?.custom]).toEqual([400, { code: 'sql_multiple_statements' }]);
      expect(error?.message).toContain('A query is one statement, and these are several');
    }
  },
);

describe('logs-context', () => {
  const context = (direction: string, timeNs: string, limit = 3) => ({
    rawSql: recent,
    format: 'logs',
    queryType: 'logs-context',
    logsContext: { direction, timeNs, limit },
  });
  const at = String(fromNs + minuteNs);

  test('gives the lines before one, newest first, and behind it, oldest first', async () => {
    const before = await answers.ask(context('backward', at));
    expect(fieldsOf(before.frames[0])).toEqual(['timestamp:timestamp', 'body:utf8', 'severity:utf8', 'labels:json']);
    expect(columnsOf(before.frames[0]).body).toEqual(['line 6', 'line 5', 'line 4']);
    const behind = await answers.ask(context('forward', at));
    expect(columnsOf(behind.frames[0]).body).toEqual(['line 6', 'line 7', 'line 8']);
  });

  test('finds a line by its nanoseconds, whatever the precision of the column', async () => {
    for (const type of ['TIMESTAMP', 'TIMESTAMP_NS', 'TIMESTAMPTZ', 'TIMESTAMP_MS', 'TIMESTAMP_S', 'DATE']) {
      const rawSql = `SELECT '2026-01-01 00:00:00.123456789'::${type} AS time, 'x' AS body`;
      const { frames } = await answers.ask({ ...context('forward', '0', 1), rawSql });
      const [timeNs] = columnsOf(frames[0]).timestamp as bigint[];
      for (const direction of ['backward', 'forward']) {
        const { frames } = await answers.ask({ ...context(direction, String(timeNs)), rawSql });
        expect(columnsOf(frames[0]).timestamp).toEqual([timeNs]);
      }
    }
  });

  test('times may be numbers', async () => {
    const rawSql = `SELECT ${range.fromMs / 1000} + i AS time, 'line ' || i AS body FROM range(9) r(i)`;
    const { frames } = await answers.ask({ ...context('forward', String(fromNs + 7_000_000_000n)), rawSql });
    expect(columnsOf(frames[0]).body).toEqual(['line 7', 'line 8']);
  });

  test('no lines are 200, with their fields', async () => {
    const { status, frames } = await answers.ask(context('backward', '0'));
    expect(status).toBe(200);
    expect(columnsOf(frames[0])).toEqual({ timestamp: [], body: [], severity: [], labels: [] });
  });

  test.each([
    [undefined, 'logs-context needs logsContext'],
    [{ direction: 'backward', timeNs: 'x', limit: 1 }, 'logsContext.timeNs: expected nanoseconds'],
    [{ direction: 'up', timeNs: '1', limit: 1 }, 'logsContext.direction'],
    [{ direction: 'forward', timeNs: '1', limit: 0 }, 'logsContext.limit'],
  ])('refuses %o', async (logsContext, message) => {
    const { status, error } = await answers.ask({ rawSql: recent, queryType: 'logs-context', logsContext });
    expect(status).toBe(400);
    expect(error?.message).toContain(message);
  });
});
