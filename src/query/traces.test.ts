import { describe, expect, test } from 'vitest';
import { type Cell, frameColumn } from '../frame/cells.ts';
import type { FieldType } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import { frameFrom } from '../frame/frame-from.ts';
import { finish } from '../steps/steps.ts';
import { plainName } from './column-names.ts';
import { endNames, spanFields } from './trace-columns.ts';
import { traceSpans } from './traces.ts';

type Columns = Record<string, [FieldType, Cell[]]>;

const needed: Columns = {
  traceID: ['utf8', ['t']],
  spanID: ['utf8', ['s']],
  operationName: ['utf8', ['get']],
  serviceName: ['utf8', ['shop']],
  startTime: ['timestamp', [1_700_000_000_123_456_789n]],
  duration: ['float64', [1.5]],
};

function spansOf(columns: Columns) {
  const { fields, batches } = frameFrom(
    Object.entries(columns).map(([name, [type, cells]]) => ({ name, type, cells })),
  );
  return finish(traceSpans({ fields, batches: batches.filter(({ rowCount }) => rowCount > 0) }));
}

/** The needed columns, with others added, or in place of those that are left out. */
function spanWith(more: Columns, ...without: string[]) {
  const kept = Object.entries(needed).filter(([name]) => !without.includes(name));
  return spansOf({ ...Object.fromEntries(kept), ...more });
}

function contents(frame: Frame | undefined): Record<string, unknown[]> {
  return Object.fromEntries((frame?.fields ?? []).map(({ name }, i) => [name, frameColumn(frame as Frame, i)]));
}

function jsonOf(frame: Frame | undefined, name: string): unknown {
  return JSON.parse(String(contents(frame)[name]?.[0]));
}

test('no two fields, nor the end, go by the same name', () => {
  const names = [...spanFields.flatMap(({ name, aliases }) => [name, ...aliases]), ...endNames].map(plainName);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

describe('traceSpans()', () => {
  test('tags keep their JSON; of equal keys the last counts, and null is left out', () => {
    const { frames } = spanWith({
      tags: ['json', [String.raw`{ "a": 1, "b": null, "c\"": {"d": [1, null]}, "a": "\u0041" }`]],
    });
    expect(jsonOf(frames[0], 'tags')).toEqual([
      { key: 'c"', value: { d: [1, null] } },
      { key: 'a', value: 'A' },
    ]);
  });

  test('names and types fields as the trace view takes them', () => {
    const { frames, notices } = spanWith({
      parent_span_id: ['utf8', [null]],
      service_tags: ['json', ['{"host":"a"}']],
      tags: ['json', ['{"n":1}']],
      logs: ['json', [null]],
      references: ['json', [null]],
      kind: ['utf8', ['server']],
      status_code: ['int32', [2]],
      status_message: ['utf8', ['no']],
    });
    expect(frames[0]?.meta).toEqual({ preferredVisualisationType: 'trace' });
    expect(frames[0]?.fields).toEqual([
      { name: 'traceID', type: 'utf8' },
      { name: 'spanID', type: 'utf8' },
      { name: 'parentSpanID', type: 'utf8' },
      { name: 'operationName', type: 'utf8' },
      { name: 'serviceName', type: 'utf8' },
      { name: 'serviceTags', type: 'json' },
      { name: 'startTime', type: 'float64' },
      { name: 'duration', type: 'float64' },
      { name: 'tags', type: 'json' },
      { name: 'logs', type: 'json' },
      { name: 'references', type: 'json' },
      { name: 'kind', type: 'utf8' },
      { name: 'statusCode', type: 'int64' },
      { name: 'statusMessage', type: 'utf8' },
    ]);
    expect(contents(frames[0])).toEqual({
      traceID: ['t'],
      spanID: ['s'],
      parentSpanID: [null],
      operationName: ['get'],
      serviceName: ['shop'],
      serviceTags: ['[{"key":"host","value":"a"}]'],
      startTime: [1_700_000_000_123.4568],
      duration: [1.5],
      tags: ['[{"key":"n","value":1}]'],
      logs: ['[]'],
      references: ['[]'],
      kind: ['server'],
      statusCode: [2n],
      statusMessage: ['no'],
    });
    expect(notices).toEqual([]);
  });

  test('has empty tags where there is no column for them, and leaves out the rest', () => {
    const frame = spanWith({}).frames[0];
    expect(contents(frame)).toMatchObject({ tags: ['[]'], serviceTags: ['[]'] });
    expect(frame?.fields).toHaveLength(8);
  });

  test('an exact name goes before another that may stand for it', () => {
    expect(contents(spanWith({ name: ['utf8', ['other']] }).frames[0]).operationName).toEqual(['get']);
    expect(contents(spanWith({ name: ['utf8', ['other']] }, 'operationName').frames[0]).operationName).toEqual([
      'other',
    ]);
  });

  test.each([
    [1_700_000_000, 'int64'],
    [1_700_000_000_000, 'int64'],
    [1_700_000_000_000_000, 'int64'],
  ] as const)('a start of %d is milliseconds', (number, type) => {
    const { frames } = spanWith({ start: [type, [BigInt(number)]] }, 'startTime');
    expect(contents(frames[0]).startTime).toEqual([1_700_000_000_000]);
  });

  test('durations are of the unit in the name, intervals, or lead to an end', () => {
    expect(contents(spanWith({ duration_ns: ['int64', [1_500_000n]] }, 'duration').frames[0]).duration).toEqual([1.5]);
    expect(contents(spanWith({ duration: ['utf8', ['00:00:01.5']] }).frames[0]).duration).toEqual([1500]);
    const ends: Columns = { end_time: ['timestamp', [1_700_000_000_124_456_789n]] };
    expect(contents(spanWith(ends, 'duration').frames[0]).duration).toEqual([1]);
  });

  test.each([
    [
      '{"a":"b","none":null,"deep":{"c":[1]}}',
      [
        { key: 'a', value: 'b' },
        { key: 'deep', value: { c: [1] } },
      ],
    ],
    [
      '[{"key":"a","value":1},{"KEY":"b","Value":null},{"x":1}]',
      [
        { key: 'a', value: 1 },
        { key: 'b', value: null },
      ],
    ],
    ['7', [{ key: 'tags', value: 7 }]],
    ['no json', [{ key: 'tags', value: 'no json' }]],
    ['null', []],
    [null, []],
  ])('tags of %s are a list of keys and values', (text, tags) => {
    expect(jsonOf(spanWith({ tags: ['utf8', [text]] }).frames[0], 'tags')).toEqual(tags);
  });

  test('events have times in milliseconds and fields', () => {
    const events = JSON.stringify([
      { time: '2026-01-01 00:00:00.5', name: 'retry', attributes: { n: 2 } },
      { Timestamp: 1_700_000_000_000_000_000, fields: [{ key: 'a', value: 'b' }] },
      { timeUnixNano: '1700000000000000000' },
      { time: '2026-01-01T02:00:00+02' },
    ]);
    expect(jsonOf(spanWith({ events: ['json', [events]] }).frames[0], 'logs')).toEqual([
      { timestamp: Date.UTC(2026, 0, 1, 0, 0, 0, 500), name: 'retry', fields: [{ key: 'n', value: 2 }] },
      { timestamp: 1_700_000_000_000, fields: [{ key: 'a', value: 'b' }] },
      { timestamp: 1_700_000_000_000, fields: [] },
      { timestamp: Date.UTC(2026, 0, 1), fields: [] },
    ]);
  });

  test('links have ids and tags; what names no span is left out', () => {
    const links = '[{"trace_id":"t2","span_id":"s2","attributes":{"a":1}},{"x":1}]';
    expect(jsonOf(spanWith({ links: ['json', [links]] }).frames[0], 'references')).toEqual([
      { traceID: 't2', spanID: 's2', tags: [{ key: 'a', value: 1 }] },
    ]);
  });

  test.each([
    ['SPAN_KIND_CLIENT', 'client'],
    ['Server', 'server'],
    ['2', 'server'],
    ['', null],
    [null, null],
  ])('the kind %s is %s', (kind, shown) => {
    expect(contents(spanWith({ span_kind: ['utf8', [kind]] }).frames[0]).kind).toEqual([shown]);
  });

  test.each([
    ['STATUS_CODE_ERROR', 2n],
    ['Ok', 1n],
    ['unset', 0n],
    ['2', 2n],
    ['', null],
  ])('the status %s is %s', (status, code) => {
    expect(contents(spanWith({ status: ['utf8', [status]] }).frames[0]).statusCode).toEqual([code]);
  });

  test('warnings are a list, also where there is one', () => {
    expect(jsonOf(spanWith({ warnings: ['utf8', ['late']] }).frames[0], 'warnings')).toEqual(['late']);
    expect(jsonOf(spanWith({ warnings: ['json', ['["a","b"]']] }).frames[0], 'warnings')).toEqual(['a', 'b']);
  });

  test('says which columns are left out, and that there are several traces', () => {
    const two: Columns = Object.fromEntries(
      Object.entries(needed).map(([name, [type, [cell = null]]]) => [name, [type, [cell, cell]]]),
    );
    const { notices } = spansOf({ ...two, traceID: ['utf8', ['a', 'b']], host: ['utf8', ['x', 'y']] });
    expect(notices.map(({ text }) => text)).toEqual([
      'The spans are of 2 traces, which the trace view draws as one',
      'Not part of a span, and left out: host. Put them into tags to see them',
    ]);
  });

  test.each(Object.keys(needed))('says that %s is missing', (name) => {
    expect(() => spanWith({}, name)).toThrow(
      expect.objectContaining({
        code: 'column_missing',
        message: `Cannot make spans: the result has no column ${name}`,
      }),
    );
  });

  test.each([
    ['startTime', 'utf8', 'soon'],
    ['duration', 'utf8', 'long'],
    ['statusCode', 'utf8', 'odd'],
  ] as const)('refuses a %s that cannot be read', (name, type, cell) => {
    expect(() => spanWith({ [name]: [type, [cell]] })).toThrow(
      expect.objectContaining({
        code: 'column_type',
        message: expect.stringContaining(`${name} is ${type} and has ${cell}`),
      }),
    );
  });

  test('refuses an end that is no time', () => {
    expect(() => spanWith({ endTime: ['utf8', ['x']] }, 'duration')).toThrow(
      expect.objectContaining({ code: 'column_type' }),
    );
  });

  test('no rows keep their fields, whatever they are', () => {
    expect(spansOf({ trace_id: ['utf8', []] }).frames[0]?.fields.map(({ name }) => name)).toEqual([
      'traceID',
      'serviceTags',
      'tags',
    ]);
  });
});
