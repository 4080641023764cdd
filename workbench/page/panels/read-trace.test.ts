import { toDataFrame } from '@grafana/data';
import { expect, test } from 'vitest';
import { readTrace } from './read-trace.ts';

test('readTrace() puts spans below their parents, and those of a lost parent at the top', () => {
  const frame = toDataFrame({
    fields: [
      { name: 'spanID', values: ['c', 'b', 'a', 'x'] },
      { name: 'parentSpanID', values: ['b', 'a', null, 'lost'] },
      { name: 'startTime', values: [3, 2, 1, 9] },
    ],
  });
  expect(readTrace(frame).map(({ spanID, depth }) => [spanID, depth])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['x', 0],
  ]);
});
