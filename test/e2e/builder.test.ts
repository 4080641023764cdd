import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { shownSql } from './monaco.ts';
import { useWorkbench, waitForGraph, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

const built = `SELECT $__timeGroup(time, '30m') AS time, station, max(gusts)
FROM readings
WHERE $__timeFilter(time)
  AND station = 'bergen'
GROUP BY 1, 2
ORDER BY time`;

test('A query is built and run by keyboard alone, and the code is what a person would have written', async () => {
  const page = await pages.openExplore({ rawSql: '', format: 'time_series' });
  await tabTo(page, page.getByRole('radio', { name: 'Code' }));
  await page.keyboard.press('ArrowLeft');
  await choose(page, 'Table', 'readings');
  await choose(page, 'Column 1', 'gusts');
  await choose(page, 'Aggregate of column 1', 'Maximum');
  await tabTo(page, page.getByRole('button', { name: 'Add filter' }));
  await page.keyboard.press('Enter');
  await choose(page, 'Column of filter 2', 'station');
  await tabTo(page, page.getByRole('textbox', { name: 'Value of filter 2' }));
  await page.keyboard.type('bergen');
  await tabTo(page, page.getByRole('textbox', { name: 'Interval' }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('30m');
  await choose(page, 'Group by columns', 'station');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('figure', { name: 'SQL' }).textContent()).toBe(built);
  expect(pages.received()).toEqual([]);

  await page.keyboard.press('Control+Enter');
  await waitForResult(page);
  await waitForGraph(page);
  expect(pages.received()).toEqual([expect.objectContaining({ rawSql: built, editorMode: 'builder' })]);

  await tabTo(page, page.getByRole('radio', { name: 'Builder' }));
  await page.keyboard.press('ArrowRight');
  await page.locator('.monaco-editor .view-line').nth(5).waitFor();
  expect(await shownSql(page)).toContain('max(gusts)');
});

test('SQL that the builder can show opens in it unasked', async () => {
  const rawSql = "SELECT station, avg(temperature) AS warmth FROM readings WHERE region = 'north' GROUP BY 1 LIMIT 3";
  const page = await pages.openExplore({ rawSql, format: 'table' });
  await page.getByRole('radio', { name: 'Builder' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Alias of column 1' }).inputValue()).toBe('warmth');
  expect(await page.getByRole('combobox', { name: 'Table' }).inputValue()).toBe('readings');
  expect(await page.getByRole('textbox', { name: 'Value of filter 1' }).inputValue()).toBe('north');
  expect(await page.getByRole('spinbutton', { name: 'Limit' }).inputValue()).toBe('3');
});

test('The builder asks before it takes over SQL that it cannot show, and even then waits for a choice', async () => {
  const rawSql = 'WITH few AS (FROM readings LIMIT 2) SELECT station FROM few -- mine';
  const page = await pages.openExplore({ rawSql, format: 'table' });
  const question = page.getByRole('dialog', { name: 'The builder cannot show this SQL' });
  await page.getByRole('radio', { name: 'Builder' }).click();
  await question.getByRole('button', { name: 'Stay with the code' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await shownSql(page)).toBe(rawSql);

  await page.getByRole('radio', { name: 'Builder' }).click();
  await question.getByRole('button', { name: 'Open the builder' }).click();
  await page.getByRole('alert').getByText('It stays as it is until you choose something here').waitFor();
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await waitForResult(page);
  expect(pages.received()).toEqual([expect.objectContaining({ rawSql, editorMode: 'builder' })]);
});

/** Goes on with Tab until the focus is there, around the page once at most. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' });
  for (let presses = 0; presses < 100; presses += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** Chooses from a list as who has no mouse does: by the first letters, the arrow and Enter. */
async function choose(page: Page, name: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name, exact: true }).and(page.locator(':enabled'));
  await tabTo(page, box);
  await page.keyboard.type(option);
  const options = page.getByRole('option');
  await options
    .filter({ hasText: new RegExp(`^${option}`) })
    .first()
    .waitFor();
  const place = (await options.allTextContents()).findIndex((text) => text.startsWith(option));
  const highlighted = () => box.getAttribute('aria-activedescendant');
  for (let at = await highlighted(); !at?.endsWith(`-item-${place}`); at = await highlighted()) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(highlighted).not.toBe(at);
  }
  await page.keyboard.press('Enter');
}
