import { expect, test } from 'vitest';
import { useWorkbench, waitForGraph, writeSql } from './workbench-page.ts';

const pages = useWorkbench();

test('A newcomer saves and tests the settings, writes a query in Explore, and sees a graph', async () => {
  const page = await pages.open('#/settings');
  await page.getByRole('button', { name: 'Save & test' }).click();
  const outcome = page.getByTestId('outcome');
  await outcome.waitFor();
  expect(await outcome.textContent()).toMatch(/DuckDB v\d.*readings_parquet/);

  await page.getByRole('link', { name: 'Explore' }).click();
  await page.getByRole('radio', { name: 'Time series' }).check();
  await writeSql(page, 'SELECT time, temperature, station FROM readings WHERE $__timeFilter(time)');
  await page.keyboard.press('Control+Enter');
  await waitForGraph(page);

  const [query] = pages.received();
  expect(query).toMatchObject({
    refId: 'A',
    format: 'time_series',
    rawSql: 'SELECT time, temperature, station FROM readings WHERE $__timeFilter(time)',
  });
});

test('Saving changes what the plugin is told, and a wrong setting is said with its hint', async () => {
  const page = await pages.open('#/settings');
  const database = page.getByLabel('Database file');
  const before = await database.inputValue();
  await database.fill('/nowhere/at-all.duckdb');
  await page.getByRole('button', { name: 'Save & test' }).click();
  const outcome = page.getByTestId('outcome');
  await outcome.getByText(/allowed_directories/i).waitFor();

  await database.fill(before);
  await page.getByRole('button', { name: 'Save & test' }).click();
  await outcome.getByText(/DuckDB v/).waitFor();
  expect(pages.workbench.sources.get('weather').version).toBeGreaterThanOrEqual(3);
});

test('A provisioned data source can be tested and not saved', async () => {
  const page = await pages.open('#/settings/provisioned');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page
    .getByTestId('outcome')
    .getByText(/DuckDB v/)
    .waitFor();
  expect(await page.getByLabel('Database file').isDisabled()).toBe(true);
  expect(pages.workbench.sources.get('provisioned').version).toBe(1);
});
