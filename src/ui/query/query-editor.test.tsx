import { CoreApp, type DataSourceInstanceSettings, dateTime, LoadingState, type PanelData } from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ValidatePayload } from '../../model/resources.ts';
import { QuiverDataSource } from '../datasource.ts';
import { ResourceError } from '../resources.ts';
import type { QuiverOptions, QuiverQuery } from '../types.ts';
import QueryEditor from './query-editor.tsx';

// Monaco does not run in jsdom.
vi.mock('@grafana/ui', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  CodeEditor: ({ value, monacoOptions, onChange }: MonacoProps) => (
    <textarea aria-label={monacoOptions.ariaLabel} value={value} onChange={(event) => onChange(event.target.value)} />
  ),
}));

const formatter = vi.hoisted(() => ({ isGone: false }));

vi.mock('./format-sql.ts', async (importOriginal) => {
  const { formatSql } = await importOriginal<typeof import('./format-sql.ts')>();
  return {
    get formatSql() {
      if (formatter.isGone) {
        throw new TypeError('Failed to fetch dynamically imported module');
      }
      return formatSql;
    },
  };
});

interface MonacoProps {
  readonly value: string;
  readonly monacoOptions: { readonly ariaLabel: string };
  onChange(value: string): void;
}

const range = { from: dateTime(1000), to: dateTime(2000), raw: { from: 'now-1h', to: 'now' } };
const valid: ValidatePayload = { valid: true, sql: 'SELECT 1', columns: [] };

beforeEach(() => {
  const templates: Partial<TemplateSrv> = { getVariables: () => [], replace: (text = '') => text };
  setTemplateSrv(templates as TemplateSrv);
});
afterEach(() => {
  cleanup();
  formatter.isGone = false;
  vi.useRealTimers();
});

function createDatasource(validate: () => Promise<ValidatePayload> = async () => valid) {
  const datasource = new QuiverDataSource({ jsonData: {} } as DataSourceInstanceSettings<QuiverOptions>);
  const asked = vi.spyOn(datasource.resources, 'validate').mockImplementation(validate);
  const nothing = async () => ({ items: [] });
  vi.spyOn(datasource.resources, 'schemas').mockImplementation(nothing);
  vi.spyOn(datasource.resources, 'tables').mockImplementation(nothing);
  vi.spyOn(datasource.resources, 'columns').mockImplementation(nothing);
  return { datasource, asked };
}

interface Options {
  readonly query?: Partial<QuiverQuery>;
  readonly data?: PanelData;
  readonly app?: CoreApp;
  readonly validate?: () => Promise<ValidatePayload>;
}

/** The editor in a page that keeps its query. */
function open({ query = {}, data, app = CoreApp.PanelEditor, validate }: Options = {}) {
  const { datasource, asked } = createDatasource(validate);
  const onChange = vi.fn<(query: QuiverQuery) => void>();
  const onRunQuery = vi.fn();
  function Page() {
    const [current, setCurrent] = useState<QuiverQuery>({ refId: 'A', rawSql: '', ...query });
    return (
      <QueryEditor
        datasource={datasource}
        query={current}
        {...(data && { data })}
        range={range}
        app={app}
        onRunQuery={onRunQuery}
        onChange={(next) => {
          onChange(next);
          setCurrent(next);
        }}
      />
    );
  }
  const { unmount } = render(<Page />);
  return { unmount, asked, onChange, onRunQuery, last: () => onChange.mock.lastCall?.[0] };
}

function type(sql: string): void {
  fireEvent.change(screen.getByRole('textbox', { name: 'SQL of query A. Ctrl+M lets Tab leave the editor' }), {
    target: { value: sql },
  });
}

/** Waits as long as a pause in typing. */
async function pauseTyping(): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(1000));
}

test('opening an editor neither changes, nor runs, nor checks its query', async () => {
  vi.useFakeTimers();
  const { asked, onChange, onRunQuery } = open({ query: { rawSql: 'SELECT 1' } });
  await pauseTyping();
  expect([asked, onChange, onRunQuery].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 0]);
});

test('typing changes the SQL and runs nothing; the button runs it', () => {
  const { last, onRunQuery } = open();
  expect(screen.getByRole('button', { name: 'Run query' }).getAttribute('aria-disabled')).toBe('true');
  type('SELECT 1');
  expect(last()).toEqual({ refId: 'A', rawSql: 'SELECT 1' });
  expect(onRunQuery).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Run query' }));
  expect(onRunQuery).toHaveBeenCalledTimes(1);
});

test('a pause in typing has the last SQL checked, with the range, and its error is shown with the hint', async () => {
  vi.useFakeTimers();
  const error = { code: 'sql_invalid', message: 'Cannot find <b>nme</b>', hint: 'Did you mean "name"?', position: 7 };
  const { asked } = open({ validate: async () => ({ valid: false, error }) });
  type('SELECT nm');
  type('SELECT nme');
  await pauseTyping();
  expect(asked.mock.calls.map(([request]) => request)).toMatchObject([
    { rawSql: 'SELECT nme', fromMs: 1000, toMs: 2000 },
  ]);
  expect(screen.getByText(/Cannot find <b>nme<\/b>\. Did you mean "name"\?/)).toBeDefined();
});

test('SQL that is right again says so, and empty SQL is not checked', async () => {
  vi.useFakeTimers();
  const { asked } = open();
  type('SELECT 1');
  await pauseTyping();
  expect(screen.getByText('Valid')).toBeDefined();
  type('  ');
  await pauseTyping();
  expect(screen.queryByText('Valid')).toBeNull();
  expect(asked).toHaveBeenCalledTimes(1);
});

test('SQL that is written anew is not called valid before a slow backend has said so', async () => {
  vi.useFakeTimers();
  const answers = [Promise.resolve(valid), new Promise<ValidatePayload>(() => {})];
  open({ validate: () => answers.shift() ?? Promise.reject() });
  type('SELECT 1');
  await pauseTyping();
  expect(screen.getByText('Valid')).toBeDefined();
  type('SELECT 1 FROM');
  await pauseTyping();
  expect(screen.queryByText('Valid')).toBeNull();
});

test('a backend that is gone is said in one line, is not asked at every key, and leaves the editor usable', async () => {
  vi.useFakeTimers();
  const gone = new ResourceError({ code: 'unavailable', message: 'Bad Gateway' }, 502);
  const { asked, last } = open({ validate: () => Promise.reject(gone) });
  type('SELECT 1');
  await pauseTyping();
  type('SELECT 12');
  await pauseTyping();
  expect(screen.getByText(/Cannot check the SQL: Bad Gateway/)).toBeDefined();
  expect(asked).toHaveBeenCalledTimes(1);
  expect(last()?.rawSql).toBe('SELECT 12');
});

test("a future version's keys survive every change", async () => {
  const user = userEvent.setup();
  const future = { pivot: { by: 'host' }, fill: { mode: 'linear' } } as object as Partial<QuiverQuery>;
  const { last } = open({ query: { rawSql: 'SELECT 1', format: 'table', ...future } });
  type('SELECT 2');
  await user.click(screen.getByRole('radio', { name: 'Time series' }));
  await user.click(screen.getByRole('button', { name: 'Options' }));
  await user.click(screen.getByRole('radio', { name: 'Shape' }));
  expect(last()).toEqual({ refId: 'A', rawSql: 'SELECT 2', format: 'time_series', downsample: 'lttb', ...future });
});

test("a future version's keys of a fill and of a filter survive what is chosen beside them", async () => {
  const user = userEvent.setup();
  const future = { maxGapMs: 5 };
  const filter = { key: 'host', operator: '=', value: 'a' } as const;
  const { last } = open({
    query: {
      rawSql: 'SELECT 1',
      fill: { mode: 'previous', ...future },
      adHocFilters: [filter, { ...filter, value: 'b', ...future }],
    },
  });
  await user.click(screen.getByRole('button', { name: 'Options' }));
  await user.click(screen.getByRole('radio', { name: 'Number' }));
  expect(last()?.fill).toEqual({ mode: 'value', value: 0, ...future });
  await user.click(screen.getByRole('radio', { name: 'NULL' }));
  expect(last()?.fill).toEqual({ mode: 'null', ...future });
  await user.click(screen.getByRole('button', { name: 'Remove the filter host = a' }));
  expect(last()?.adHocFilters).toEqual([{ ...filter, value: 'b', ...future }]);
});

test.each([
  [undefined, 'Time series'],
  [null, 'Time series'],
  [1, 'Table'],
  ['logs', 'Logs'],
  [4, 'Time series'],
])('a query saved with format %s shows %s', (format, name) => {
  open({ query: { format } as Partial<QuiverQuery> });
  expect(screen.getByRole('radio', { name })).toHaveProperty('checked', true);
});

test('a format that this version does not know is shown as none, and stays', () => {
  const { last } = open({ query: { format: 'heatmap' } });
  const radios = within(screen.getByRole('radiogroup', { name: 'Format' })).getAllByRole('radio');
  expect(radios.map((radio) => (radio as HTMLInputElement).checked)).toEqual([false, false, false, false]);
  type('SELECT 1');
  expect(last()?.format).toBe('heatmap');
});

test('alerts have no options that alert rules ignore', async () => {
  const user = userEvent.setup();
  open({ app: CoreApp.UnifiedAlerting });
  await user.click(screen.getByRole('button', { name: 'Options' }));
  expect(screen.getAllByRole('radio').map((radio) => radio.parentElement?.textContent)).toEqual(
    expect.arrayContaining(['Time series', 'Table', 'Previous value']),
  );
  expect(screen.queryByRole('radio', { name: 'Logs' })).toBeNull();
  expect(screen.queryByRole('radiogroup', { name: 'Fewer points' })).toBeNull();
  expect(screen.queryByRole('switch')).toBeNull();
});

test('a series has a frame of its own where somebody says so, and gaps are filled with the number that is typed', async () => {
  const user = userEvent.setup();
  const { last } = open();
  await user.click(screen.getByRole('button', { name: 'Options' }));
  await user.click(screen.getByRole('switch', { name: /Frame for each series/ }));
  expect(last()?.format).toBe('multi');
  await user.click(screen.getByRole('radio', { name: 'Number' }));
  const input = screen.getByRole('spinbutton', { name: 'Number that fills gaps' });
  await user.clear(input);
  await user.type(input, '-1.5');
  await user.tab();
  expect(last()?.fill).toEqual({ mode: 'value', value: -1.5 });
  await user.click(screen.getByRole('radio', { name: 'Nothing' }));
  expect(last()).not.toHaveProperty('fill');
});

test('the number that fills gaps is the one of the query, whoever has changed it', async () => {
  const { datasource } = createDatasource();
  const page = (value: number) => (
    <QueryEditor
      datasource={datasource}
      query={{ refId: 'A', rawSql: 'SELECT 1', fill: { mode: 'value', value } }}
      onRunQuery={() => {}}
      onChange={() => {}}
    />
  );
  const { rerender } = render(page(1));
  await userEvent.click(screen.getByRole('button', { name: 'Options' }));
  rerender(page(2));
  expect(screen.getByRole('spinbutton', { name: 'Number that fills gaps' })).toHaveProperty('value', '2');
});

test("the query's own filters can be removed one by one", async () => {
  const user = userEvent.setup();
  const { last } = open({
    query: {
      adHocFilters: [
        { key: 'host', operator: '=', value: '<i>web</i>' },
        { key: 'level', operator: '=|', value: 'warn', values: ['warn', 'error'] },
      ],
    },
  });
  await user.click(screen.getByRole('button', { name: 'Remove the filter host = <i>web</i>' }));
  expect(last()?.adHocFilters).toEqual([{ key: 'level', operator: '=|', value: 'warn', values: ['warn', 'error'] }]);
  await user.click(screen.getByRole('button', { name: 'Remove the filter level is one of warn, error' }));
  expect(last()).not.toHaveProperty('adHocFilters');
});

test('a filter that a query has twice is shown and removed like any other', async () => {
  const user = userEvent.setup();
  const filter = { key: 'host', operator: '=', value: 'a' } as const;
  const warned = vi.spyOn(console, 'error');
  const { last } = open({ query: { adHocFilters: [filter, filter] } });
  await user.click(screen.getAllByRole('button', { name: 'Remove the filter host = a' })[1] as HTMLElement);
  expect(last()?.adHocFilters).toEqual([filter]);
  expect(warned).not.toHaveBeenCalled();
});

test('after a run its error is shown, and not what belongs to other queries', () => {
  open({
    data: {
      state: LoadingState.Error,
      series: [],
      timeRange: range,
      errors: [
        { refId: 'B', message: 'Of another' },
        { refId: 'A', message: 'Cannot read t. Add the table' },
      ],
    },
  });
  expect(screen.getByRole('alert').textContent).toContain('Cannot read t. Add the table');
  expect(screen.queryByText(/Of another/)).toBeNull();
});

test("a query that another data source's builder has made opens in the code, and in the builder when somebody says so", async () => {
  const user = userEvent.setup();
  const theirs = { editorMode: 'builder', sql: { columns: [] }, rawQuery: true } as object as Partial<QuiverQuery>;
  const { last } = open({ query: { ...theirs, rawSql: 'SELECT a FROM t' } });
  expect(screen.getByRole('radio', { name: 'Code' })).toHaveProperty('checked', true);
  expect(screen.getByRole('textbox', { name: 'SQL of query A. Ctrl+M lets Tab leave the editor' })).toBeDefined();
  await user.click(screen.getByRole('radio', { name: 'Builder' }));
  await vi.waitFor(() => expect(screen.getByRole('radio', { name: 'Builder' })).toHaveProperty('checked', true));
  expect(last()).toMatchObject({ ...theirs, rawSql: 'SELECT a FROM t', builder: { table: { name: 't' } } });
});

test.each([
  ['there is no SQL', ''],
  ['the builder can show the SQL', 'select a from t limit 10'],
])('the builder opens at once where %s', async (_, rawSql) => {
  const user = userEvent.setup();
  const { last } = open({ query: { rawSql } });
  await user.click(screen.getByRole('radio', { name: 'Builder' }));
  await vi.waitFor(() => expect(last()).toMatchObject({ refId: 'A', rawSql, editorMode: 'builder' }));
  await user.click(screen.getByRole('radio', { name: 'Code' }));
  expect(last()).toMatchObject({ refId: 'A', rawSql, editorMode: 'code' });
});

test('who has written SQL that the builder cannot show is asked first, and keeps it in either case', async () => {
  const user = userEvent.setup();
  const rawSql = 'WITH x AS (SELECT 1) SELECT * FROM x';
  const { last, onChange } = open({ query: { rawSql } });
  await user.click(screen.getByRole('radio', { name: 'Builder' }));
  await user.click(await screen.findByRole('button', { name: 'Stay with the code' }));
  expect(onChange).not.toHaveBeenCalled();
  await user.click(screen.getByRole('radio', { name: 'Builder' }));
  await user.click(await screen.findByRole('button', { name: 'Open the builder' }));
  expect(last()).toMatchObject({ refId: 'A', rawSql, editorMode: 'builder' });
});

test('SQL that is typed while the builder comes is not lost there unasked', async () => {
  const { onChange } = open({ query: { rawSql: 'select a from t limit 10' } });
  fireEvent.click(screen.getByRole('radio', { name: 'Builder' }));
  type('WITH x AS (SELECT 1) SELECT * FROM x');
  expect(await screen.findByRole('button', { name: 'Stay with the code' })).toBeDefined();
  expect(onChange.mock.calls.map(([{ editorMode }]) => editorMode)).toEqual([undefined]);
});

test.each([
  ['the builder', 'radio', 'Builder', () => import('../builder/builder-of.ts')],
  ['the formatter', 'button', 'Format', () => import('./format-sql.ts')],
] as const)('a query that is gone when %s comes, stays gone', async (_, role, name, load) => {
  const { onChange, unmount } = open({ query: { rawSql: 'select a from t limit 10' } });
  fireEvent.click(screen.getByRole(role, { name }));
  unmount();
  await load();
  await act(async () => {});
  expect(onChange).not.toHaveBeenCalled();
});

test('a formatter that cannot be loaded is not taken for one that does not understand the SQL', async () => {
  formatter.isGone = true;
  const { onChange } = open({ query: { rawSql: 'select a from t' } });
  fireEvent.click(screen.getByRole('button', { name: 'Format' }));
  expect(await screen.findByText('The SQL stays as it is: the formatter cannot be loaded')).toBeDefined();
  expect(onChange).not.toHaveBeenCalled();
});

test('formatting lays SQL out, and says so where it had better not', async () => {
  const user = userEvent.setup();
  const { last, onRunQuery } = open({ query: { rawSql: 'select a from t where $__timeFilter(ts)' } });
  await user.click(screen.getByRole('button', { name: 'Format' }));
  await vi.waitFor(() => expect(last()?.rawSql).toContain('\n  $__timeFilter(ts)'));
  type("select '$__timeFilter (ts)'");
  await user.click(screen.getByRole('button', { name: 'Format' }));
  expect(await screen.findByText(/The SQL stays as it is/)).toBeDefined();
  expect(last()?.rawSql).toBe("select '$__timeFilter (ts)'");
  expect(onRunQuery).not.toHaveBeenCalled();
});

test('what else is chosen while the formatter comes, stays chosen', async () => {
  const { last } = open({ query: { rawSql: 'select 1, 2 from t where a' } });
  fireEvent.click(screen.getByRole('button', { name: 'Format' }));
  fireEvent.click(screen.getByRole('radio', { name: 'Table' }));
  await vi.waitFor(() => expect(last()?.rawSql).toContain('\n'));
  expect(last()?.format).toBe('table');
});

test('while a query runs, the button cancels its request', async () => {
  const user = userEvent.setup();
  const request = { requestId: 'Q100', targets: [] } as object as NonNullable<PanelData['request']>;
  const cancel = vi.spyOn(QuiverDataSource.prototype, 'cancel');
  open({ query: { rawSql: 'SELECT 1' }, data: { state: LoadingState.Loading, series: [], timeRange: range, request } });
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(cancel.mock.calls).toEqual([['Q100']]);
});

test('the expanded SQL is asked for on demand, and shown as it is', async () => {
  const user = userEvent.setup();
  const sql = "SELECT '<script>' WHERE t BETWEEN 'a' AND 'b'";
  const { asked } = open({ query: { rawSql: 'SELECT 1' }, validate: async () => ({ ...valid, sql }) });
  await user.click(screen.getByRole('button', { name: 'Expanded SQL' }));
  expect(await screen.findByText(sql)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Copy' })).toBeDefined();
  expect(asked).toHaveBeenCalledTimes(1);
});
