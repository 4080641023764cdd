import { expect, test } from 'vitest';
import { seriousFaults, useWorkbench } from './workbench-page.ts';

const pages = useWorkbench();

test.each(['dark', 'light'] as const)(
  'The builder and the options have no serious fault in the %s theme',
  async (theme) => {
    const page = await pages.openExplore({ rawSql: '', format: 'time_series', editorMode: 'builder' }, { theme });
    await page.getByRole('combobox', { name: 'Table' }).and(page.locator(':enabled')).click();
    await page.getByRole('option', { name: 'readings', exact: true }).click();
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('button', { name: 'Add order' }).click();
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByRole('radio', { name: 'Number' }).click();
    await page.getByRole('spinbutton', { name: 'Number that fills gaps' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  },
);
