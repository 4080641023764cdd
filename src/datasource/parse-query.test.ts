import { describe, expect, test } from 'vitest';
import { parseQuery } from './parse-query.ts';

describe('parseQuery()', () => {
  test.each([
    ['time_series', 'time_series'],
    ['timeseries', 'time_series'],
    ['table', 'table'],
    ['logs', 'logs'],
    ['traces', 'traces'],
    [0, 'time_series'],
    [1, 'table'],
    [2, 'logs'],
    [3, 'traces'],
    [4, 'multi'],
    [undefined, 'time_series'],
    [null, 'time_series'],
  ])('reads the format %j as %s', (format, expected) => {
    expect(parse({ rawSql: 'select 1', format }).format).toBe(expected);
  });

  test('keeps what it knows and ignores what it does not', () => {
    const fill = { mode: 'value', value: 3 };
    const saved = {
      refId: 'B',
      rawSql: 'select 1',
      fill,
      timezone: 'utc',
      datasource: { uid: 'x' },
      editorMode: 'code',
    };
    expect(parse(saved)).toEqual({
      refId: 'A',
      rawSql: 'select 1',
      format: 'time_series',
      fill,
      timezone: 'utc',
    });
  });

  test.each([
    [{ rawSql: 7 }, 'rawSql: expected string, got number'],
    [{ rawSql: 'select 1', format: 'grid' }, 'format: expected one of'],
    [{ rawSql: 'select 1', format: 5 }, 'got 5'],
    [{ rawSql: 'select 1', format: {} }, 'got object'],
    [{ rawSql: 'select 1', fill: { mode: 'next' } }, 'fill.mode: '],
    [{ rawSql: 'select 1', format: 'constructor' }, 'format: expected one of'],
    [{ rawSql: 'select 1', fill: { mode: 'value', value: 'x' } }, 'fill.value: expected number, got string'],
    [{ rawSql: 'select 1', timezone: 3 }, 'timezone: expected string, got number'],
    [{ rawSql: '  ' }, 'rawSql is empty'],
    [{}, 'rawSql is empty'],
    [[], 'expected object, got array'],
    ['text', 'expected object, got string'],
    [null, 'expected object, got null'],
  ])('refuses %j and names the key', (query, message) => {
    expect(() => parse(query)).toThrow(
      expect.objectContaining({ code: 'query_invalid', message: expect.stringContaining(message) }),
    );
  });

  test('takes 1,000 ad hoc filters, and refuses more', () => {
    const parse = (count: number) => {
      const adHocFilters = Array.from({ length: count }, () => ({ key: 'a', operator: '=', value: 'b' }));
      return parseQuery('A', Buffer.from(JSON.stringify({ rawSql: 'SELECT 1', adHocFilters })));
    };
    expect(parse(1000).adHocFilters?.length).toBe(1000);
    expect(() => parse(1001)).toThrow('adHocFilters');
  });

  test('refuses a value however deep it nests', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const json = (key: string) => Buffer.from(`{"rawSql":"select 1","${key}":${deep}}`);
    expect(() => parseQuery('A', json('format'))).toThrow(expect.objectContaining({ code: 'query_invalid' }));
    expect(parseQuery('A', json('builder')).rawSql).toBe('select 1');
  });

  test('refuses what is not JSON', () => {
    expect(() => parseQuery('A', Buffer.from('{"rawSql"'))).toThrow('Cannot read the query: ');
    expect(() => parseQuery('A', new Uint8Array())).toThrow('Cannot read the query: ');
    const notText = Buffer.concat([Buffer.from('{"rawSql":"select 1 '), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(() => parseQuery('A', notText)).toThrow(expect.objectContaining({ code: 'query_invalid' }));
  });
});

function parse(query: unknown) {
  return parseQuery('A', Buffer.from(JSON.stringify(query)));
}
