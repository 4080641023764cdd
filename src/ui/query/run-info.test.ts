import { dateTime, LoadingState, type PanelData, toDataFrame } from '@grafana/data';
import { expect, test } from 'vitest';
import { runInfo } from './run-info.ts';

const range = { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1h', to: 'now' } };
const panel = (data: Partial<PanelData>): PanelData => ({
  state: LoadingState.Done,
  series: [],
  timeRange: range,
  ...data,
});

const frame = toDataFrame({
  refId: 'A',
  fields: [{ name: 'a', values: [1, 2] }],
  meta: {
    stats: [
      { displayName: 'Rows from the engine', value: 1234567 },
      { displayName: 'Bytes from the engine', value: 2500, unit: 'decbytes' },
    ],
    notices: [{ severity: 'warning', text: 'Cut to 2 rows' }],
  },
});

test('a run tells its figures with their units, and its notices once', () => {
  const other = toDataFrame({ ...frame, meta: { notices: [{ severity: 'warning', text: 'Cut to 2 rows' }] } });
  expect(runInfo(panel({ series: [frame, other] }), 'A')).toEqual({
    figures: ['Rows from the engine: 1,234,567', 'Bytes from the engine: 2.50 kB'],
    notices: [{ severity: 'warning', text: 'Cut to 2 rows' }],
  });
});

test('an answer without figures tells its rows', () => {
  const series = [toDataFrame({ refId: 'A', fields: [{ name: 'a', values: [1, 2, 3] }] })];
  expect(runInfo(panel({ series }), 'A')?.figures).toEqual(['Rows: 3']);
});

test('an error has its message and the place that the backend tells', () => {
  const failed = toDataFrame({ refId: 'A', fields: [], meta: { custom: { code: 'sql_invalid', position: 7 } } });
  const errors = [
    { refId: 'B', message: 'Another' },
    { refId: 'A', message: 'Cannot find nme. Did you mean name?' },
  ];
  expect(runInfo(panel({ series: [failed], errors }), 'A')).toEqual({
    figures: [],
    notices: [],
    error: { message: 'Cannot find nme. Did you mean name?', position: 7 },
  });
});

test.each([
  ['nothing has run', undefined],
  ['there is no data', panel({})],
  ['another query has failed', panel({ error: { refId: 'B', message: 'no' } })],
  ['there is data of another query alone', panel({ series: [toDataFrame({ refId: 'B', fields: [] })] })],
])('there is nothing to tell where %s', (_, data) => {
  expect(runInfo(data, 'A')).toBeUndefined();
});
