import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { seriousFaults, useWorkbench, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

afterEach(() => {
  const { jsonData } = pages.workbench.sources.get('provisioned');
  pages.workbench.sources.save('weather', { jsonData });
});

describe.each(['dark', 'light'] as const)('In the %s theme there is no serious fault', (theme) => {
  test('where Save & test fails', async () => {
    const page = await pages.open('#/settings', { theme });
    const table = page.getByRole('group', { name: 'Table 1' });
    await table.getByLabel('Path or glob').fill('/etc/passwd');
    await page.getByRole('button', { name: 'Save & test' }).click();
    await page
      .getByTestId('outcome')
      .getByText(/allowed_directories/i)
      .waitFor();
    await table.getByText(/allowed_directories/i).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('where a setting cannot be right', async () => {
    const page = await pages.open('#/settings', { theme });
    const rows = page.getByRole('spinbutton', { name: /^Rows/ });
    await rows.fill('-1');
    await expect.poll(() => rows.getAttribute('aria-invalid')).toBe('true');
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('where nothing may be changed', async () => {
    const page = await pages.open('#/settings/provisioned', { theme });
    await page.locator('.monaco-editor textarea').waitFor();
    await page
      .getByText(/^1 file, 9 columns/)
      .first()
      .waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('where a query fails, with its hint', async () => {
    const page = await run('SELECT $__timeFiter(time) FROM readings', theme);
    await page
      .getByRole('region', { name: 'Query editor' })
      .getByRole('alert')
      .getByText(/The nearest is/)
      .waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('where a limit has cut, with its notice', async () => {
    const { jsonData } = pages.workbench.sources.get('weather');
    pages.workbench.sources.save('weather', { jsonData: { ...jsonData, limits: { rows: 5 } } });
    const page = await run('SELECT station FROM readings', theme);
    await page
      .getByRole('region', { name: 'Query editor' })
      .getByText(/5 rows/)
      .waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});

async function run(rawSql: string, theme: 'dark' | 'light'): Promise<Page> {
  const page = await pages.openExplore({ rawSql, format: 'table' }, { theme });
  // Not by Grafana's button, whose colours have too little contrast where it has the focus.
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+Enter');
  await waitForResult(page);
  return page;
}
