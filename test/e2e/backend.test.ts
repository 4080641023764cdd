import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { endlessDashboard, wrongDashboard } from './dashboards.ts';
import { pluginMetric } from './plugin-metric.ts';
import { useWorkbench, writeSql } from './workbench-page.ts';

const pages = useWorkbench({ dashboards: { endless: endlessDashboard, wrong: wrongDashboard } });

const endless = 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b';

test('A query ends in the engine when the page that asked is closed', async () => {
  const page = await pages.openExplore({ rawSql: endless, format: 'table' });
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await expect.poll(running).toBe(1);
  await page.close();
  await expect.poll(running, { timeout: 20_000 }).toBe(0);
});

test('Queries of a dashboard end in the engine when somebody goes elsewhere', async () => {
  const page = await pages.open('#/dashboard/endless');
  await expect.poll(running).toBe(1);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Save & test' }).waitFor();
  await expect.poll(running, { timeout: 20_000 }).toBe(0);
});

test('While a query takes long, the settings are tested and other queries answered', async () => {
  const page = await pages.openExplore({ rawSql: endless, format: 'table' });
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await expect.poll(running).toBe(1);

  const settings = await pages.open('#/settings/provisioned');
  await settings.getByRole('button', { name: 'Test', exact: true }).click();
  await settings
    .getByTestId('outcome')
    .getByText(/^DuckDB v/)
    .waitFor();
  const other = await pages.openExplore({ rawSql: 'SELECT 6 * 7 AS answer', format: 'table' });
  await other.getByRole('button', { name: 'Run query' }).first().click();
  await other.getByRole('cell', { name: '42' }).waitFor();
  expect(await running()).toBe(1);

  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect.poll(running, { timeout: 20_000 }).toBe(0);
});

test("An error is shown at its panel, with its hint, and the other panel's rows are drawn", async () => {
  const page = await pages.open('#/dashboard/wrong');
  await page.getByRole('region', { name: 'Right' }).getByRole('cell', { name: '42' }).waitFor();
  expect(await statusOf(page, 'Wrong')).toMatch(/\$__timeFiter: .*\. The nearest is \$__timeFilter/);
  expect(await page.getByRole('button', { name: 'Panel status' }).count()).toBe(1);
});

test('A plugin that is gone, amid a query or before it, is said in words, and the editor keeps what was written and takes more', async () => {
  const rawSql = 'SELECT station FROM stations';
  const page = await pages.openExplore({ rawSql, format: 'table' });
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await page.getByRole('cell', { name: 'oulu' }).waitFor();
  await writeSql(page, endless);
  await page.keyboard.press('Control+Enter');
  await expect.poll(running).toBe(1);
  pages.killPlugin();
  const result = page.getByTestId('result');
  await result.getByRole('alert').getByText(gone).waitFor();

  await writeSql(page, `${rawSql} WHERE region = 'north'`);
  await page.keyboard.press('Control+Enter');
  const alert = result.getByRole('alert');
  await alert.getByText(gone).waitFor();
  const editor = page.getByRole('region', { name: 'Query editor' });
  await editor.getByRole('alert').filter({ hasText: 'The plugin did not answer: ' }).waitFor();

  await page.keyboard.type(' ORDER BY 1');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => pages.received().at(-1)?.rawSql).toBe(`${rawSql} WHERE region = 'north' ORDER BY 1`);
  await alert.getByText(gone).waitFor();
});

test('Without a plugin the settings are shown and saved, and Save & test says what is the matter', async () => {
  const page = await pages.open('#/settings');
  await page.getByRole('alert', { name: 'The backend does not say what it found of the tables' }).waitFor();
  await page.getByRole('spinbutton', { name: /^Rows/ }).fill('7');
  await page.getByRole('button', { name: 'Save & test' }).click();
  await page.getByTestId('outcome').getByText(gone).waitFor();
  expect(pages.workbench.sources.get('weather').jsonData).toMatchObject({ limits: { rows: 7 } });
});

test('Without a plugin a panel says what is the matter', async () => {
  const page = await pages.open('#/dashboard/wrong');
  expect(await statusOf(page, 'Right')).toMatch(gone);
});

const gone = /^The plugin did not answer: /;

/** What a panel says of its error, to who points at its mark. */
async function statusOf(page: Page, panel: string): Promise<string | null> {
  await page.getByRole('region', { name: panel }).getByRole('button', { name: 'Panel status' }).hover();
  return page.getByRole('tooltip').textContent();
}

function running(): Promise<number> {
  return pluginMetric(pages.workbench, 'quiver_queries_running');
}
