import { describe, expect, test } from 'vitest';
import type { Cell } from '../frame/cells.ts';
import { frameColumn } from '../frame/cells.ts';
import type { FieldType } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import { frameFrom } from '../frame/frame-from.ts';
import { finish } from '../steps/steps.ts';
import { logLines } from './log-lines.ts';

const second = 1_000_000_000n;

function linesOf(...columns: [string, FieldType, Cell[], string[]?][]) {
  const { fields, batches } = frameFrom(
    columns.map(([name, type, cells, texts]) => ({ name, type, cells, ...(texts && { texts }) })),
  );
  return finish(logLines({ fields, batches: batches.filter(({ rowCount }) => rowCount > 0) }));
}

function contents(frame: Frame | undefined): Record<string, unknown[]> {
  return Object.fromEntries((frame?.fields ?? []).map(({ name }, i) => [name, frameColumn(frame as Frame, i)]));
}

function labelsOf(frame: Frame | undefined): unknown[] {
  return (contents(frame).labels as string[]).map((text) => JSON.parse(text));
}

const line: [[string, FieldType, Cell[]], [string, FieldType, Cell[]]] = [
  ['time', 'timestamp', [second]],
  ['msg', 'utf8', ['hello']],
];

describe('logLines()', () => {
  test('names and types fields as the data plane contract does', () => {
    const { frames, notices } = linesOf(
      ['host', 'utf8', ['a', null]],
      ['ts', 'timestamp', [second, 2n * second]],
      ['id', 'int64', [7n, 8n]],
      ['level', 'utf8', ['info', null]],
      ['message', 'utf8', ['one', 'two']],
    );
    expect(frames[0]?.meta).toEqual({ type: 'log-lines', typeVersion: [0, 0], preferredVisualisationType: 'logs' });
    expect(frames[0]?.fields).toEqual([
      { name: 'timestamp', type: 'timestamp' },
      { name: 'body', type: 'utf8' },
      { name: 'severity', type: 'utf8' },
      { name: 'id', type: 'utf8' },
      { name: 'labels', type: 'json' },
    ]);
    expect(contents(frames[0])).toEqual({
      timestamp: [second, 2n * second],
      body: ['one', 'two'],
      severity: ['info', null],
      id: ['7', '8'],
      labels: ['{"host":"a"}', '{}'],
    });
    expect(notices).toEqual([]);
  });

  test('leaves out what there is no column for', () => {
    const { frames } = linesOf(...line);
    expect(frames[0]?.fields.map(({ name }) => name)).toEqual(['timestamp', 'body']);
  });

  test.each(['body', 'message', 'line', 'msg', 'log', 'text', 'content', 'Log', 'MESSAGE'])(
    'takes %s for the body',
    (name) => {
      const { frames } = linesOf(['host', 'utf8', ['a']], ['time', 'timestamp', [second]], [name, 'utf8', ['hello']]);
      expect(contents(frames[0])).toMatchObject({ body: ['hello'], labels: ['{"host":"a"}'] });
    },
  );

  test.each(['severity', 'level', 'severity_text', 'logLevel', 'lvl', 'detected_level'])(
    'takes %s for the severity',
    (name) => {
      expect(contents(linesOf(...line, [name, 'utf8', ['warn']]).frames[0])).toMatchObject({ severity: ['warn'] });
    },
  );

  test('what is called severity goes before a level, which becomes a label', () => {
    const { frames } = linesOf(...line, ['level', 'utf8', ['x']], ['severity', 'utf8', ['warn']]);
    expect(contents(frames[0])).toMatchObject({ severity: ['warn'], labels: ['{"level":"x"}'] });
  });

  test('takes the first text for the body where none is called so', () => {
    const { frames } = linesOf(
      ['time', 'timestamp', [second]],
      ['level', 'utf8', ['info']],
      ['n', 'int8', [1]],
      ['a', 'utf8', ['x']],
      ['b', 'utf8', ['y']],
    );
    expect(contents(frames[0])).toMatchObject({ body: ['x'], severity: ['info'], labels: ['{"n":"1","b":"y"}'] });
  });

  test('a time is no body, whatever it is called', () => {
    const { frames } = linesOf(['log', 'timestamp', [second]], ['line', 'utf8', ['x']]);
    expect(contents(frames[0])).toEqual({ timestamp: [second], body: ['x'] });
  });

  test('a body of JSON is its text', () => {
    const { frames } = linesOf(['time', 'timestamp', [second]], ['body', 'json', ['{"a":1}']]);
    expect(frames[0]?.fields[1]).toEqual({ name: 'body', type: 'utf8' });
    expect(contents(frames[0]).body).toEqual(['{"a":1}']);
  });

  test.each([
    ['time', 'int64', 1n],
    ['timestamp', 'float64', 1.5],
    ['ts', 'int32', 1],
  ] as [string, FieldType, Cell][])('numbers called %s are times', (name, type, cell) => {
    const { frames } = linesOf([name, type, [cell]], ['body', 'utf8', ['x']]);
    expect(contents(frames[0]).timestamp).toEqual([BigInt(Number(cell) * 1e9)]);
  });

  test('every type becomes a label as text', () => {
    const { frames } = linesOf(
      ...line,
      ['flag', 'bool', [true]],
      ['big', 'uint64', [18446744073709551615n]],
      ['half', 'float64', [0.5]],
      ['at', 'timestamp', [-1n]],
      ['day', 'timestamp', [86_400n * second]],
      ['list', 'json', ['[1,2]']],
      ['kind', 'enum', [1], ['a', 'b']],
    );
    expect(labelsOf(frames[0])).toEqual([
      {
        flag: 'true',
        big: '18446744073709551615',
        half: '0.5',
        at: '1969-12-31T23:59:59.999999999Z',
        day: '1970-01-02T00:00:00.000Z',
        list: '[1,2]',
        kind: 'b',
      },
    ]);
  });

  test.each(['a"b', 'a\\c', 'tab\t', '\u0000', '\u001f', '\u007f\u2028', '日本🦆', ''])(
    'labels keep %j, in names and values',
    (odd) => {
      expect(labelsOf(linesOf(...line, [`n${odd}`, 'utf8', [odd]]).frames[0])).toEqual([{ [`n${odd}`]: odd }]);
    },
  );

  test('objects of columns called labels or attributes are labels themselves; a column goes before a member', () => {
    const { frames } = linesOf(
      ['time', 'timestamp', [1n, 2n, 3n, 4n]],
      ['body', 'utf8', ['a', 'b', 'c', 'd']],
      ['labels', 'json', ['{"host":"x","n":1,"none":null,"deep":{"a":1}}', '{}', null, '[1]']],
      ['attributes', 'json', ['{"host":"x","n":1,"none":null,"deep":{"a":1}}', null, '{"env":"p"}', '{}']],
      ['host', 'utf8', ['y', 'y', null, 'y']],
    );
    // As texts: JSON.parse() would hide a key that is there twice.
    expect(contents(frames[0]).labels).toEqual([
      String.raw`{"n":"1","deep":"{\"a\":1}","host":"y"}`,
      '{"host":"y"}',
      '{"env":"p"}',
      '{"labels":"[1]","host":"y"}',
    ]);
  });

  test('a label keeps the digits and blanks that its JSON has', () => {
    const { frames } = linesOf(...line, [
      'labels',
      'json',
      ['{ "n": 1.50, "big": 123456789012345678901, "list": [1, 2] }'],
    ]);
    expect(labelsOf(frames[0])).toEqual([{ n: '1.50', big: '123456789012345678901', list: '[1, 2]' }]);
  });

  test.each([
    ['int64', -5n, '-5'],
    ['int64', 2n ** 53n + 1n, '9007199254740993'],
    ['int64', -(2n ** 63n), '-9223372036854775808'],
    ['uint64', 2n ** 32n, '4294967296'],
    ['timestamp', -1n, '1969-12-31T23:59:59.999999999Z'],
    ['timestamp', -86_400n * second, '1969-12-31T00:00:00.000Z'],
    ['timestamp', 86_399_120_000_000n, '1970-01-01T23:59:59.120Z'],
    ['timestamp', 1_000n, '1970-01-01T00:00:00.000001Z'],
    ['timestamp', -(2n ** 63n), '1677-09-21T00:12:43.145224192Z'],
    ['timestamp', 2n ** 63n - 1n, '2262-04-11T23:47:16.854775807Z'],
    ['float64', Number.NaN, 'NaN'],
    ['bool', false, 'false'],
  ] as [FieldType, Cell, string][])('the %s %s is the label %s, wherever it stands', (type, cell, text) => {
    const { frames } = linesOf(
      ['time', 'timestamp', [second, second, second]],
      ['body', 'utf8', ['a', 'b', 'c']],
      ['label', type, [cell, null, cell]],
    );
    expect(labelsOf(frames[0])).toEqual([{ label: text }, {}, { label: text }]);
  });

  test('thousands of long labels come through whole', () => {
    const texts = Array.from({ length: 3000 }, (_, row) => `${row}-${'x'.repeat(row % 97)}`);
    const { frames } = linesOf(
      ['time', 'timestamp', texts.map(() => second)],
      ['body', 'utf8', texts],
      ['label', 'utf8', texts],
    );
    expect(labelsOf(frames[0])).toEqual(texts.map((label) => ({ label })));
  });

  test('lines without a time are counted in a notice', () => {
    const { notices } = linesOf(['ts', 'timestamp', [null, second]], ['body', 'utf8', ['x', 'y']]);
    expect(notices).toEqual([{ severity: 'warning', text: '1 line has no time, since ts is empty' }]);
  });

  test('no rows keep their fields, whatever they are', () => {
    const { frames } = linesOf(
      ['ts', 'timestamp', []],
      ['body', 'utf8', []],
      ['level', 'utf8', []],
      ['host', 'utf8', []],
    );
    expect(frames[0]?.fields.map(({ name }) => name)).toEqual(['timestamp', 'body', 'severity', 'labels']);
    expect(linesOf(['n', 'int8', []]).frames).toHaveLength(1);
  });

  test('says which column is missing', () => {
    expect(() => linesOf(['body', 'utf8', ['x']])).toThrow(
      expect.objectContaining({ code: 'no_time_column', hint: expect.stringContaining('named time') }),
    );
    expect(() => linesOf(['time', 'utf8', ['x']], ['body', 'utf8', ['x']])).toThrow(
      expect.objectContaining({ code: 'no_time_column' }),
    );
    expect(() => linesOf(['time', 'timestamp', [1n]], ['n', 'int8', [1]])).toThrow(
      expect.objectContaining({ code: 'column_missing', hint: expect.stringContaining('body, message, line') }),
    );
  });
});
