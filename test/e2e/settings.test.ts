import type { Locator, Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { useWorkbench, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

/** A table as it stands in `jsonData`. */
interface SavedTable {
  readonly name: string;
  readonly path: string;
}

afterEach(() => {
  const { jsonData } = pages.workbench.sources.get('provisioned');
  pages.workbench.sources.save('weather', { name: 'Weather', jsonData });
});

test('A table added by the form is saved, what was found of it is shown, and queries can read it', async () => {
  const page = await pages.open('#/settings');
  const [{ path = '' } = {}] = savedTables();
  await page.getByRole('button', { name: 'Add a table' }).click();
  const added = page.getByRole('group', { name: 'Table 4' });
  await added.getByLabel('Name').fill('of "mine"');
  await added.getByLabel('Path or glob').fill(path);
  await added.getByText('Not saved yet').waitFor();
  expect(savedTables()).toHaveLength(3);

  expect(await saveAndTest(page)).toMatch(/of "mine"/);
  await added.getByText(/^1 file, 9 columns: time TIMESTAMP/).waitFor();
  expect(savedTables().at(-1)).toEqual({ name: 'of "mine"', path });

  const explore = await pages.openExplore({ rawSql: 'SELECT count(*) AS rows FROM "of ""mine"""', format: 'table' });
  await explore.getByRole('button', { name: 'Run query' }).first().click();
  await explore.getByRole('cell', { name: '8640' }).waitFor();
});

test('A path without files says so at its table, and one outside the directories how to allow it', async () => {
  const page = await pages.open('#/settings');
  const first = page.getByRole('group', { name: 'Table 1' });
  const path = first.getByLabel('Path or glob');
  const right = await path.inputValue();
  await path.fill(right.replace('.csv', '.tsv'));
  expect(await saveAndTest(page)).toContain('readings_csv');
  await first.getByText(/readings\.tsv/).waitFor();

  await path.fill('/etc/passwd');
  expect(await saveAndTest(page)).toMatch(/allowed_directories/i);

  await path.fill(right);
  expect(await saveAndTest(page)).toMatch(/^DuckDB v/);
  await first.getByText(/^1 file, 9 columns/).waitFor();
});

test('A provisioned data source is shown whole, and nothing of it can be changed', async () => {
  const page = await pages.open('#/settings/provisioned');
  const fields = page.locator('main').getByRole('textbox').or(page.locator('main').getByRole('spinbutton'));
  await page.getByRole('group', { name: 'Table 3' }).waitFor();
  expect(await fields.count()).toBeGreaterThan(10);
  // Monaco comes late.
  await page.locator('.monaco-editor textarea').waitFor();
  await expect
    .poll(async () => (await fieldsOf(fields)).filter(({ isChangeable }) => isChangeable), { timeout: 30_000 })
    .toEqual([]);
  for (const name of ['Add a table', 'Add a directory', 'Save & test', /^Remove the/]) {
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  }
  expect(await page.getByRole('switch').isDisabled()).toBe(true);
  expect(await page.getByRole('radio', { name: 'DuckDB' }).isDisabled()).toBe(true);
});

test('Init SQL is saved when its editor is left, and runs before the queries', async () => {
  const page = await pages.open('#/settings');
  const initSql = 'CREATE VIEW cold AS FROM readings WHERE temperature < 0; CREATE MACRO kelvin(c) AS c + 273';
  await writeInitSql(page, initSql);
  expect(await saveAndTest(page)).toMatch(/^DuckDB v/);
  expect(pages.workbench.sources.get('weather').jsonData).toMatchObject({ duckdb: { initSql } });
  const explore = await pages.openExplore({
    rawSql: 'SELECT max(kelvin(temperature)) < 273 AS below FROM cold',
    format: 'table',
  });
  await explore.getByRole('button', { name: 'Run query' }).first().click();
  await waitForResult(explore);
  await explore.getByRole('cell', { name: 'true' }).waitFor();
});

test('Init SQL that is wrong is said by Save & test', async () => {
  const page = await pages.open('#/settings');
  await writeInitSql(page, 'CREATE VIEW cold AS FROM raedings');
  expect(await saveAndTest(page)).toMatch(/init.*raedings/i);
});

test('Settings of a later version survive a save, however deep they stand', async () => {
  const { jsonData } = pages.workbench.sources.get('weather');
  const { duckdb } = jsonData as { duckdb: { tables: readonly SavedTable[] } };
  const tables = duckdb.tables.map((table) => ({ ...table, partitions: { by: ['day'] } }));
  const later = { ...jsonData, theme: [1, null], duckdb: { ...duckdb, tables, cache: { mode: 'all' } } };
  pages.workbench.sources.save('weather', { jsonData: later });
  const page = await pages.open('#/settings');
  await page.getByRole('group', { name: 'Table 1' }).getByLabel('Name').fill('renamed');
  await saveAndTest(page);
  const [first, ...others] = tables;
  expect(pages.workbench.sources.get('weather').jsonData).toEqual({
    ...later,
    duckdb: { ...later.duckdb, tables: [{ ...first, name: 'renamed' }, ...others] },
  });
});

test('By keyboard alone a name is changed, saved and tested', async () => {
  const page = await pages.open('#/settings');
  await page.getByLabel('Init SQL').waitFor();
  const name = page.getByLabel('Name', { exact: true }).first();
  await tabTo(page, name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Sky');
  await tabTo(page, page.getByRole('button', { name: 'Save & test' }));
  await page.keyboard.press('Enter');
  await page
    .getByTestId('outcome')
    .getByText(/^DuckDB v/)
    .waitFor();
  expect(pages.workbench.sources.get('weather').name).toBe('Sky');
});

function savedTables(): readonly SavedTable[] {
  const { jsonData } = pages.workbench.sources.get('weather');
  return (jsonData as { duckdb: { tables: readonly SavedTable[] } }).duckdb.tables;
}

/** Presses the button, and returns what is said. */
async function saveAndTest(page: Page): Promise<string | null> {
  const outcome = page.getByTestId('outcome');
  await page.getByRole('button', { name: 'Save & test' }).click();
  await page.getByRole('button', { name: 'Save & test', disabled: false }).waitFor();
  return outcome.getByRole('alert').or(outcome.getByRole('status')).textContent();
}

/** As a person who pastes. */
async function writeInitSql(page: Page, sql: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(sql);
}

function fieldsOf(fields: Locator): Promise<{ readonly name: string; readonly isChangeable: boolean }[]> {
  return fields.evaluateAll((elements) =>
    (elements as unknown as FormField[]).map(({ id, ariaLabel, disabled, readOnly }) => ({
      name: ariaLabel ?? id,
      isChangeable: !disabled && !readOnly,
    })),
  );
}

/** What is read of an element in the page. */
interface FormField {
  readonly id: string;
  readonly ariaLabel: string | null;
  readonly disabled: boolean;
  readonly readOnly: boolean;
}

/** Presses Tab until an element has the focus, leaving editors that take Tab for themselves as their hint says. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let press = 0; press < 100; press++) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) {
      return;
    }
    if (await page.evaluate("document.activeElement.closest('.monaco-editor') !== null")) {
      await page.keyboard.press('Control+M');
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('A hundred times Tab does not reach it');
}
