import { AnnotationEventFieldSource, FieldType, textUtil, toDataFrame } from '@grafana/data';
import { expect, test } from 'vitest';
import { annotationEventsFrom } from './annotation-events.ts';

type Column = readonly [name: string, type: FieldType, values: readonly unknown[]];

const frameOf = (...columns: Column[]) =>
  toDataFrame({ fields: columns.map(([name, type, values]) => ({ name, type, values: [...values] })) });

const { time, string, number, other } = FieldType;

test('rows are events, by the names of their columns in any letter case', () => {
  const frame = frameOf(
    ['Text', string, ['Restarted', null]],
    ['TIME', time, [1_000, 2_000]],
    ['timeend', time, [1_500, null]],
    ['title', string, ['Up', 'Down']],
    ['tags', string, ['a, b,,', null]],
    ['id', number, [7, 8]],
  );
  expect(annotationEventsFrom([frame])).toEqual([
    { time: 1_000, timeEnd: 1_500, isRegion: true, title: 'Up', text: 'Restarted', tags: ['a', 'b'], id: '7' },
    { time: 2_000, title: 'Down', tags: [], id: '8' },
  ]);
});

test.each([
  ['seconds', 1_700_000_000.5, 1_700_000_000_500],
  ['milliseconds', 1_700_000_000_500, 1_700_000_000_500],
  ['microseconds', 1_700_000_000_500_999, 1_700_000_000_500],
  ['nanoseconds', 1_700_000_000_500_000_000, 1_700_000_000_500],
])('a time in %s is told by its size', (_, value, expected) => {
  expect(annotationEventsFrom([frameOf(['time', number, [value]])])).toEqual([{ time: expected, tags: [] }]);
});

test('without such names the first time and the first text are taken, and no column twice', () => {
  const frame = frameOf(
    ['tags', string, ['x']],
    ['at', time, [5]],
    ['message', string, ['m']],
    ['more', string, ['n']],
  );
  expect(annotationEventsFrom([frame])).toEqual([{ time: 5, text: 'm', tags: ['x'] }]);
});

test('a region must end behind its beginning', () => {
  const frame = frameOf(['time', time, [5, 5]], ['timeEnd', time, [5, 4]]);
  expect(annotationEventsFrom([frame])).toEqual([
    { time: 5, tags: [] },
    { time: 5, tags: [] },
  ]);
});

test('a row without a time is no event', () => {
  expect(annotationEventsFrom([frameOf(['time', time, [null, 1]])])).toEqual([{ time: 1, tags: [] }]);
});

test('tags may be a list', () => {
  const frame = frameOf(['time', time, [1]], ['tags', other, [['a', 1]]]);
  expect(annotationEventsFrom([frame])).toEqual([{ time: 1, tags: ['a', '1'] }]);
});

test("a person's mappings come before names", () => {
  const frame = frameOf(['time', time, [1]], ['other', time, [2]], ['text', string, ['a']], ['title', string, ['b']]);
  const events = annotationEventsFrom([frame], {
    time: { value: 'Other' },
    text: { source: AnnotationEventFieldSource.Text, value: 'fixed' },
    title: { source: AnnotationEventFieldSource.Skip },
  });
  expect(events).toEqual([{ time: 2, text: 'fixed', tags: [] }]);
});

// As AnnotationTooltipBody.tsx of Grafana's time series panel shows them.
const shownBy = (html = '') => new DOMParser().parseFromString(textUtil.sanitize(html), 'text/html').body;

test("what a column holds is no HTML in Grafana's tooltip, and is read there as it is written", () => {
  const hostile = `<img src=x onerror="a()"><a href="//b" style='position:fixed'>List<String> &amp; more</a>`;
  const [event] = annotationEventsFrom([
    frameOf(['time', time, [1]], ['title', string, [hostile]], ['text', string, [hostile]]),
  ]);
  for (const shown of [shownBy(event?.title), shownBy(event?.text)]) {
    expect(shown.children).toHaveLength(0);
    expect(shown.textContent).toBe(hostile);
  }
});

test("a text that the mapping gives every event is its author's HTML", () => {
  const [event] = annotationEventsFrom([frameOf(['time', time, [1]])], {
    text: { source: AnnotationEventFieldSource.Text, value: '<a href="/runbook">Runbook</a>' },
  });
  expect(shownBy(event?.text).querySelector('a')?.textContent).toBe('Runbook');
});

test('rows that have no column for a time are an error that names the columns', () => {
  expect(() => annotationEventsFrom([frameOf(['a', string, ['x']], ['b', number, [1]])])).toThrow(
    /among a, b\. Name one/,
  );
});

test.each([
  ['texts', string, ['2026-01-01']],
  ['booleans', FieldType.boolean, [true]],
])('a mapping that takes %s for the time is an error, not a graph without annotations', (_, type, values) => {
  const frame = frameOf(['at', type, values], ['time', time, [1]]);
  expect(() => annotationEventsFrom([frame], { time: { value: 'at' } })).toThrow(
    'Cannot show annotations: the column at has no times. Map a timestamp, or a number since 1970',
  );
});

test('no rows and no frames are no events', () => {
  expect(annotationEventsFrom([])).toEqual([]);
  expect(annotationEventsFrom([frameOf(['a', string, []])])).toEqual([]);
});
