import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { lastJsonData, onOptionsChange, resetPage, showPage } from './testing/page.tsx';

vi.mock('@grafana/ui', async (original) => ({
  ...(await original<object>()),
  CodeEditor: (await import('./testing/plain-editor.tsx')).PlainEditor,
}));

beforeEach(resetPage);

describe('ConfigEditor', () => {
  test('shows DuckDB as the engine of new settings, and no other', () => {
    showPage({});
    const engines = within(screen.getByRole('radiogroup', { name: 'Engine' }));
    expect(engines.getAllByRole('radio')).toEqual([screen.getByRole('radio', { name: 'DuckDB', checked: true })]);
  });

  test('says beside the engine what it does not know', () => {
    showPage({ engine: 'flightsql' });
    expect(problems()).toEqual(['expected "duckdb"']);
  });

  test('shows a text that stands where a number should, until it is one', async () => {
    showPage({ limits: { rows: 'many' } });
    expect(field(/^Rows/).value).toBe('many');
    expect(problems()).toEqual(['expected a whole number above 0']);
    await userEvent.type(field(/^Rows/), 'y');
    expect(lastJsonData()).toEqual({ limits: { rows: 'manyy' } });
    await userEvent.clear(field(/^Rows/));
    await userEvent.type(field(/^Rows/), '25');
    expect(lastJsonData()).toEqual({ limits: { rows: 25 } });
    expect(problems()).toEqual([]);
  });

  test('changes one key, and keeps those that it does not know', async () => {
    const future = { duckdb: { pragma: 'x', threads: 1 }, flightsql: { url: 'u' }, tlsAuth: true };
    showPage(future);
    await userEvent.type(field(/^Database file/), '/a');
    expect(lastJsonData()).toEqual({ ...future, duckdb: { pragma: 'x', threads: 1, database: '/a' } });
  });

  test.each([
    [/^Database file/, '/srv/a.duckdb', { duckdb: { database: '/srv/a.duckdb' } }],
    [/^Rows/, '25', { limits: { rows: 25 } }],
    [/^Bytes/, '64MiB', { limits: { bytes: '64MiB' } }],
    [/^Seconds/, '2.5', { limits: { timeoutSeconds: 2.5 } }],
    [/^Memory/, '2GiB', { duckdb: { memoryLimit: '2GiB' } }],
    [/^Threads/, '3', { duckdb: { threads: 3 } }],
    [/^Time zone/, 'Asia/Tokyo', { duckdb: { timezone: 'Asia/Tokyo' } }],
    [/^Minimum time interval/, '10s', { timeInterval: '10s' }],
  ])('stores and shows what is written in %s', async (label, text, jsonData) => {
    showPage({});
    await userEvent.type(field(label), text);
    expect(lastJsonData()).toEqual(jsonData);
    expect(field(label).value).toBe(text);
    expect(problems()).toEqual([]);
  });

  test.each([
    [/^Database file/, 'a.duckdb', 'expected an absolute path'],
    [/^Rows/, '0', 'expected a whole number above 0'],
    [/^Bytes/, '64 apples', 'expected a size such as 512MiB'],
    [/^Seconds/, '-1', 'expected a number above 0'],
    [/^Memory/, 'much', 'expected a size such as 512MiB'],
    [/^Threads/, '1.5', 'expected a whole number above 0'],
    [/^Time zone/, '+05:30', "expected an IANA name such as 'Europe/Berlin'"],
    [/^Minimum time interval/, 'often', 'expected an interval such as 10s, 1m or 1h'],
  ])('says beside %s what was expected, and still shows what was written', async (label, text, expected) => {
    showPage({});
    await userEvent.type(field(label), text);
    expect(problems()).toEqual([expected]);
    expect(field(label).value).toBe(text);
  });

  test('takes a key away when its field is emptied', async () => {
    showPage({ limits: { rows: 5, bytes: 100 } });
    await userEvent.clear(field(/^Rows/));
    expect(lastJsonData()).toEqual({ limits: { bytes: 100 } });
  });

  test('shows bytes that are stored as a number in the largest unit', () => {
    showPage({ limits: { bytes: 2 ** 28 } });
    expect(field(/^Bytes/).value).toBe('256MiB');
  });

  test('stores init SQL when its editor is left, and nothing where it was only looked at', async () => {
    showPage({});
    const editor = screen.getByRole('textbox', { name: 'Init SQL. Ctrl+M lets Tab leave the editor' });
    await userEvent.click(editor);
    await userEvent.tab();
    expect(onOptionsChange).not.toHaveBeenCalled();
    await userEvent.type(editor, 'SELECT 1');
    await userEvent.tab();
    expect(lastJsonData()).toEqual({ duckdb: { initSql: 'SELECT 1' } });
  });

  test('stores whether numbers of many digits are text', async () => {
    showPage({});
    await userEvent.click(screen.getByRole('switch', { name: /^Numbers of many digits as text/ }));
    expect(lastJsonData()).toEqual({ bigintAsText: true });
  });

  test('adds, changes and removes directories', async () => {
    showPage({});
    await userEvent.click(screen.getByRole('button', { name: 'Add a directory' }));
    expect(problems()).toEqual(['expected a path']);
    await userEvent.type(field('Directory 1'), '/srv');
    expect(lastJsonData()).toEqual({ duckdb: { directories: ['/srv'] } });
    await userEvent.click(screen.getByRole('button', { name: 'Remove the directory /srv' }));
    expect(lastJsonData()).toEqual({ duckdb: { directories: [] } });
  });

  test('says which line of grafana.ini opens directories', () => {
    showPage({});
    expect(screen.getByText(/allowed_directories = /).textContent).toBe(
      '[plugin.quiver-sql-datasource]\nallowed_directories = /srv/data',
    );
  });

  test('changes nothing of a provisioned data source', () => {
    const table = { name: 't', path: '/a.csv' };
    showPage({ duckdb: { tables: [table], directories: ['/srv'] } }, { isReadOnly: true });
    const controls = [...screen.queryAllByRole('textbox'), ...screen.queryAllByRole('spinbutton')];
    const others = ['radio', 'switch', 'combobox'].flatMap((role) => screen.queryAllByRole(role));
    expect([...controls, ...others].filter((control) => !isLocked(control))).toEqual([]);
    expect(screen.queryByRole('button', { name: /^(Add|Remove)/ })).toBeNull();
  });
});

function isLocked(control: HTMLElement): boolean {
  return control.matches(':disabled, [readonly], [aria-disabled=true]');
}

function field(label: string | RegExp): HTMLInputElement {
  return screen.getByLabelText(label);
}

/** Every sentence that stands beside a field. */
function problems(): (string | null)[] {
  return screen.queryAllByRole('alert').map(({ textContent }) => textContent);
}
