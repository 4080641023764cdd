import { describe, expect, test } from 'vitest';
import { formatConfig, formatLabels, formatMeta, parseConfig, parseLabels, parseMeta } from './metadata-json.ts';

describe('what there is nothing to say about has no text', () => {
  test.each([
    ['meta', formatMeta],
    ['config', formatConfig],
    ['labels', formatLabels],
  ] as const)('%s', (_, format) => {
    expect([format(undefined), format({})]).toEqual([undefined, undefined]);
  });
});

test('formatLabels() sorts the keys', () => {
  expect(formatLabels({ zone: 'b', host: 'a "quoted" 🐎', Zone: '' })).toBe(
    '{"Zone":"","host":"a \\"quoted\\" 🐎","zone":"b"}',
  );
});

test('formatMeta() writes a severity as its word and a version as two numbers', () => {
  expect(formatMeta({ type: 'table', typeVersion: [0, 1], notices: [{ severity: 'warning', text: 'cut' }] })).toBe(
    '{"type":"table","typeVersion":[0,1],"notices":[{"severity":"warning","text":"cut"}]}',
  );
});

test('parseMeta() keeps the keys that it does not know', () => {
  expect(parseMeta('{"typeVersion":[0,0],"channel":"ds/a/b"}')).toEqual({ typeVersion: [0, 0], channel: 'ds/a/b' });
});

describe('an unexpected value is named with its key', () => {
  test.each([
    [parseMeta, '{"typeVersion":[1]}', 'The key "typeVersion" has an unexpected value: [1]'],
    [parseMeta, '{"notices":[null]}', 'The key "notices" has an unexpected value: [null]'],
    [parseMeta, '{"custom":3}', 'The key "custom" has an unexpected value: 3'],
    [parseConfig, '{"interval":"1s"}', 'The key "interval" has an unexpected value: "1s"'],
    [parseLabels, '{"host":1}', 'The key "host" has an unexpected value: 1'],
    [parseLabels, '["host"]', 'Expected a JSON object, got ["host"]'],
    [parseMeta, 'null', 'Expected a JSON object, got null'],
  ])('%o of %s', (parse, text, message) => {
    expect(() => parse(text)).toThrow(new TypeError(message));
  });
});
