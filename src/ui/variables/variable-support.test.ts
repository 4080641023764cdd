import {
  AppEvents,
  type DataFrame,
  type DataQueryRequest,
  dateTime,
  EventBusSrv,
  FieldType,
  LoadingState,
  toDataFrame,
} from '@grafana/data';
import { setAppEvents } from '@grafana/runtime';
import { lastValueFrom, of } from 'rxjs';
import { beforeEach, expect, test } from 'vitest';
import type { QuiverQuery } from '../types.ts';
import { maxOptions } from './variable-options.ts';
import type { VariableQuery } from './variable-query.ts';
import { QuiverVariableSupport } from './variable-support.ts';

let warnings: unknown[];

beforeEach(() => {
  warnings = [];
  const events = new EventBusSrv();
  events.on(AppEvents.alertWarning, (payload) => warnings.push(payload));
  setAppEvents(events);
});

/** Variables whose queries all answer these values. */
function supportOf(values: readonly string[]) {
  const asked: DataQueryRequest<QuiverQuery>[] = [];
  const frame = toDataFrame({ fields: [{ name: 'host', type: FieldType.string, values: [...values] }] });
  const support = new QuiverVariableSupport((request) => {
    asked.push(request);
    return of({ data: [frame], state: LoadingState.Done });
  });
  return { asked, support };
}

const [from, to] = [dateTime(0), dateTime(600_000)];

/** As Grafana asks: without an interval, and with whatever the dashboard has saved. */
function requestOf(saved: unknown, typed?: string): DataQueryRequest<VariableQuery> {
  return {
    requestId: 'V',
    app: 'dashboard',
    targets: [saved as VariableQuery],
    range: { from, to, raw: { from, to } },
    interval: '',
    intervalMs: 0,
    scopedVars: typed === undefined ? {} : { __searchFilter: { text: typed, value: typed } },
    timezone: '',
    startTime: 0,
  };
}

test.each([
  ['a query of ours', { refId: 'v', rawSql: 'SELECT 1', future: 1 }, { refId: 'v', rawSql: 'SELECT 1', future: 1 }],
  ['a text', 'SELECT 1', { refId: 'variable', rawSql: 'SELECT 1' }],
  ['a query without a refId', { rawSql: 'SELECT 1' }, { refId: 'variable', rawSql: 'SELECT 1' }],
  ["another data source's", { query: 'SELECT 1', refId: 'x' }, { refId: 'x', rawSql: 'SELECT 1', editorMode: 'code' }],
  [
    "another data source's beside empty SQL of ours",
    { rawSql: '', format: 'time_series', query: 'SELECT 1', refId: 'x' },
    { refId: 'x', rawSql: 'SELECT 1', editorMode: 'code' },
  ],
  ['nothing', undefined, { refId: 'variable', rawSql: '' }],
])('%s is asked for as a table', async (_, saved, expected) => {
  const { asked, support } = supportOf(['a']);
  await lastValueFrom(support.query(requestOf(saved)));
  expect(asked[0]?.targets).toEqual([{ ...expected, format: 'table' }]);
});

test('what somebody types is where a value begins, nothing is everything', async () => {
  const { asked, support } = supportOf(['a']);
  await lastValueFrom(support.query(requestOf('SELECT 1', 'web')));
  await lastValueFrom(support.query(requestOf('SELECT 1')));
  expect(asked.map(({ scopedVars }) => scopedVars.__searchFilter?.value)).toEqual(['web%', '%']);
});

test('a variable has an interval, though nothing says how wide it is drawn', async () => {
  const { asked, support } = supportOf(['a']);
  await lastValueFrom(support.query(requestOf('SELECT 1')));
  expect(asked[0]).toMatchObject({ intervalMs: 500, interval: '500ms' });
});

test('the answer is a frame of texts and values', async () => {
  const { support } = supportOf(['a', 'b']);
  const { data, state } = await lastValueFrom(support.query(requestOf('SELECT 1')));
  expect(state).toBe(LoadingState.Done);
  expect((data as DataFrame[]).map(({ fields }) => fields.map(({ name, values }) => [name, values]))).toEqual([
    [
      ['text', ['a', 'b']],
      ['value', ['a', 'b']],
    ],
  ]);
});

test('that values are cut is said once for a query', async () => {
  const { support } = supportOf(Array.from({ length: maxOptions + 1 }, (_, index) => String(index)));
  await lastValueFrom(support.query(requestOf('SELECT 1')));
  await lastValueFrom(support.query(requestOf('SELECT 1')));
  expect(warnings).toHaveLength(1);
  await lastValueFrom(support.query(requestOf('SELECT 2')));
  expect(warnings).toHaveLength(2);
});

test('nothing is said of a list that is whole', async () => {
  const { support } = supportOf(['a']);
  await lastValueFrom(support.query(requestOf('SELECT 1')));
  expect(warnings).toEqual([]);
});
