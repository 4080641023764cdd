import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ColumnPayload, ConfiguredTablePayload } from '../../model/resources.ts';
import { ResourceError } from '../resources.ts';
import { describeTable } from './found-table.tsx';
import { configuredTables, lastJsonData, onOptionsChange, resetPage, showPage } from './testing/page.tsx';

vi.mock('@grafana/ui', async (original) => ({
  ...(await original<object>()),
  CodeEditor: (await import('./testing/plain-editor.tsx')).PlainEditor,
}));

beforeEach(resetPage);

const readings = { name: 'readings', path: '/srv/*.csv' };
const stations = { name: 'stations', path: '/srv/stations', format: 'csv', pragma: 1 };
const columns: readonly ColumnPayload[] = [
  { name: 'time', sql: 'time', type: 'TIMESTAMP', kind: 'time' },
  { name: 'a<b>', sql: '"a<b>"', type: 'VARCHAR', kind: 'text' },
];

describe('TablesEditor', () => {
  test('shows what was found of each saved table', async () => {
    configuredTables.mockResolvedValue([
      { name: 'readings', files: 12, columns },
      { name: 'stations', error: { code: 'file_missing', message: 'Cannot read it', hint: 'Put it there' } },
    ]);
    showTables(readings, stations);
    expect(await within(table(1)).findByText('12 files, 2 columns: time TIMESTAMP, a<b> VARCHAR')).toBeTruthy();
    expect(within(table(2)).getByText('Cannot read it. Put it there')).toBeTruthy();
  });

  test('marks a row that is not as it was saved, and what was saved keeps its own answer', async () => {
    configuredTables.mockResolvedValue([
      { name: 'readings', files: 1 },
      { name: 'stations', files: 2 },
    ]);
    showTables(readings, stations);
    await within(table(2)).findByText('2 files');
    await userEvent.type(within(table(1)).getByLabelText('Name'), '2');
    expect(within(table(1)).getByText(/^Not saved yet/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Remove the table readings2' }));
    expect(within(table(1)).getByText('2 files')).toBeTruthy();
  });

  test('asks anew once the settings are saved', async () => {
    showTables(readings);
    await userEvent.type(within(table(1)).getByLabelText('Name'), '2');
    configuredTables.mockResolvedValue([{ name: 'readings2', files: 3 }]);
    await userEvent.click(screen.getByRole('button', { name: 'Save and test' }));
    expect(await within(table(1)).findByText('3 files')).toBeTruthy();
    expect(configuredTables).toHaveBeenCalledTimes(2);
  });

  test('looks again when it is told to, and forgets the answer before', async () => {
    configuredTables.mockResolvedValue([{ name: 'readings', files: 3 }]);
    showTables(readings);
    await within(table(1)).findByText('3 files');
    let answerLate: (tables: readonly ConfiguredTablePayload[]) => void = () => {};
    const late = new Promise<readonly ConfiguredTablePayload[]>((resolve) => {
      answerLate = resolve;
    });
    configuredTables.mockReturnValueOnce(late).mockResolvedValueOnce([{ name: 'readings', files: 5 }]);
    const again = screen.getByRole('button', { name: 'Look for the files again' });
    await userEvent.click(again);
    expect(within(table(1)).getByText('Looking…')).toBeTruthy();
    await userEvent.click(again);
    await act(async () => answerLate([{ name: 'readings', files: 4 }]));
    expect(await within(table(1)).findByText('5 files')).toBeTruthy();
  });

  test('says once, with the hint, that the backend does not answer', async () => {
    configuredTables.mockRejectedValue(new ResourceError({ code: 'x', message: 'It sleeps', hint: 'Wake it' }, 502));
    showTables(readings, stations);
    expect(await screen.findByText('It sleeps. Wake it')).toBeTruthy();
  });

  test('adds a table, and says what each field lacks', async () => {
    showTables();
    await userEvent.click(screen.getByRole('button', { name: 'Add a table' }));
    expect(problems(table(1))).toEqual(['expected a name', 'expected a path']);
    await userEvent.type(within(table(1)).getByLabelText('Name'), 't');
    await userEvent.type(within(table(1)).getByLabelText('Path or glob'), '/a.csv');
    expect(lastTables()).toEqual([{ name: 't', path: '/a.csv' }]);
    expect(problems(table(1))).toEqual([]);
  });

  test('refuses a name that another table has, letter case aside, and a path that is not absolute', () => {
    showTables(readings, { name: 'READINGS', path: 'a.csv' });
    expect(problems(table(1))).toEqual(['another table has this name']);
    expect(problems(table(2))).toEqual(['another table has this name', 'expected an absolute path']);
  });

  test('keeps the keys of a table that it does not know, and takes away the format that the ending tells', async () => {
    showTables(stations);
    await choose('Format', 'Parquet');
    expect(lastTables()).toEqual([{ ...stations, format: 'parquet' }]);
    await choose('Format', 'By its ending');
    expect(lastTables()).toEqual([{ name: 'stations', path: '/srv/stations', pragma: 1 }]);
  });

  test('stands what a provisioning file may have written wrongly', () => {
    showPage({ duckdb: { tables: [null, 'x', { name: 7 }] } });
    expect(screen.getAllByRole('group', { name: /^Table/ })).toHaveLength(3);
    expect(onOptionsChange).not.toHaveBeenCalled();
  });
});

test('describeTable() names some of many columns, and counts the rest', () => {
  const many = Array.from({ length: 11 }, (_, i) => ({
    name: `c${i}`,
    sql: `c${i}`,
    type: 'INT',
    kind: 'number' as const,
  }));
  expect(describeTable({ name: 't', files: 1200, columns: many })).toBe(
    '1,200 files, 11 columns: c0 INT, c1 INT, c2 INT, c3 INT, c4 INT, c5 INT, c6 INT, c7 INT and 3 more',
  );
  expect(describeTable({ name: 't', files: 1, columns: [] })).toBe('1 file, 0 columns');
});

function showTables(...tables: readonly object[]): void {
  showPage({ duckdb: { tables } });
}

function table(number: number): HTMLElement {
  return screen.getByRole('group', { name: `Table ${number}` });
}

function problems(inside: HTMLElement): (string | null)[] {
  return within(inside)
    .queryAllByRole('alert')
    .map(({ textContent }) => textContent);
}

async function choose(label: string, option: string): Promise<void> {
  await userEvent.click(screen.getByRole('combobox', { name: label }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

function lastTables() {
  return lastJsonData()?.duckdb?.tables;
}
