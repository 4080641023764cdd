import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AdHocOperator } from '../../src/model/query.ts';
import { type Answers, columnsOf, openAnswers, range } from './answers.ts';

let answers: Answers;

beforeAll(() => {
  answers = openAnswers(`CREATE TABLE lines AS SELECT TIMESTAMP '2026-01-01' + to_seconds(i) AS ts,
    CASE i % 2 WHEN 0 THEN 'warn' ELSE 'info' END AS lvl, 'line ' || i AS message,
    MAP {'host': 'h' || i % 3, 'a/b~"''': 'odd' || i, 'both': 'early'} AS labels,
    {'code': i, 'both': CASE WHEN i > 2 THEN 'late' END, 'level': NULL} AS attributes FROM range(4) r(i)`);
});

afterAll(() => answers.close());

const rawSql = 'SELECT * FROM lines ORDER BY ts';

function ask(
  key: string,
  value: string,
  { operator = '=', ...query }: { operator?: AdHocOperator; [key: string]: unknown } = {},
) {
  return answers.ask({ rawSql, format: 'logs', adHocFilters: [{ key, operator, value }], ...query });
}

async function linesWith(...asked: Parameters<typeof ask>): Promise<unknown> {
  const { error, frames } = await ask(...asked);
  return error?.message ?? columnsOf(frames[0]).body;
}

describe('the key of a filter on log lines', () => {
  test('may be the name that the frame gives a field', async () => {
    expect(await linesWith('severity', 'warn')).toEqual(['line 0', 'line 2']);
    expect(await linesWith('body', 'line 1')).toEqual(['line 1']);
    expect(await linesWith('timestamp', '2026-01-01T00:00:02Z', { operator: '>=' })).toEqual(['line 2', 'line 3']);
  });

  test('may be a column, before all else', async () => {
    expect(await linesWith('lvl', 'info')).toEqual(['line 1', 'line 3']);
    const both = "SELECT TIMESTAMP '2026-01-01' AS ts, 'x' AS message, 'a' AS level, MAP {'level': 'b'} AS labels";
    expect(await linesWith('level', 'a', { rawSql: both })).toEqual(['x']);
  });

  test.each([
    ['host', 'h1', ['line 1']],
    ['a/b~"\'', 'odd2', ['line 2']],
    ['code', '3', ['line 3']],
    ['nothing', 'x', []],
  ])('may be the label %s, out of a MAP or a STRUCT', async (key, value, lines) => {
    expect(await linesWith(key, value)).toEqual(lines);
  });

  test('is of the later object where two have the label', async () => {
    expect(await linesWith('both', 'late')).toEqual(['line 3']);
    expect(await linesWith('both', 'early')).toEqual(['line 0', 'line 1', 'line 2']);
  });

  test('may be any name of a severity, where there are no labels in objects', async () => {
    const plain = 'SELECT ts, message, lvl FROM lines ORDER BY ts';
    expect(await linesWith('level', 'warn', { rawSql: plain })).toEqual(['line 0', 'line 2']);
  });

  test('finds the same lines in their volume, around a line, and where $__adHocFilters stands', async () => {
    const volume = await ask('host', 'h0', { queryType: 'logs-volume' });
    const counts = volume.frames.flatMap((frame) => columnsOf(frame).value as bigint[]);
    expect(counts.reduce((sum, count) => sum + count, 0n)).toBe(2n);
    const logsContext = { direction: 'forward', timeNs: String(BigInt(range.fromMs) * 1_000_000n), limit: 9 };
    expect(await linesWith('host', 'h0', { queryType: 'logs-context', logsContext })).toEqual(['line 0', 'line 3']);
    const byMacro = "SELECT ts, message FROM lines l WHERE $__adHocFilters('lines', l) ORDER BY ts";
    expect(await linesWith('severity', 'warn', { rawSql: byMacro })).toEqual(['line 0', 'line 2']);
    expect(await linesWith('host', 'h0', { rawSql: byMacro })).toEqual(['line 0', 'line 3']);
  });

  test('is a column alone in every other format, and a notice says which filter is not applied', async () => {
    for (const key of ['severity', 'host']) {
      const { frames } = await ask(key, 'x', { format: 'table' });
      expect(columnsOf(frames[0]).message).toHaveLength(4);
      expect(frames[0]?.meta?.notices).toEqual([
        { severity: 'info', text: `The filter on ${key} is not applied: the result has no such column` },
      ]);
    }
  });

  test('is told in a notice where a line has no such field', async () => {
    const { frames } = await ask('severity', 'warn', { rawSql: 'SELECT ts, message FROM lines' });
    expect(frames[0]?.meta?.notices).toEqual([
      { severity: 'info', text: 'The filter on severity is not applied: the result has no such column' },
    ]);
  });

  test('is told in a notice where it is no column and no line is left, which may have no such label', async () => {
    const notice = {
      severity: 'info',
      text: 'No lines are left: the filter on nothing is on a label, since there is no such column',
    };
    const logsContext = { direction: 'forward', timeNs: '0', limit: 9 };
    for (const queryType of ['', 'logs-context', 'logs-volume']) {
      const { frames } = await ask('nothing', 'x', { queryType, logsContext });
      expect(frames[0]?.meta?.notices).toEqual([notice]);
      expect((await ask('host', 'h1', { queryType, logsContext })).frames[0]?.meta?.notices).toBeUndefined();
    }
    const adHocFilters = ['nothing', 'nobody', 'lvl'].map((key) => ({ key, operator: '=', value: 'x' }));
    const { frames } = await answers.ask({ rawSql, format: 'logs', adHocFilters });
    expect(frames[0]?.meta?.notices?.map(({ text }) => text)).toEqual([
      'No lines are left: the filters on nothing, nobody are on labels, since there are no such columns',
    ]);
  });

  test('is named where the filter fails', async () => {
    expect(await linesWith('host', '[', { operator: '=~' })).toContain('Cannot apply the filter host =~ [: ');
  });
});
