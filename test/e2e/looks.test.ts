import { describe, expect, test } from 'vitest';
import { seriousFaults, useWorkbench, waitForGraph, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

const looks = (['dark', 'light'] as const).flatMap((theme) => [1280, 800].map((width) => ({ theme, width })));

describe.each(looks)('In the $theme theme, $width pixels wide', (look) => {
  test('the settings have no serious fault and fit', async () => {
    const page = await pages.open('#/settings', look);
    await page.getByRole('button', { name: 'Save & test' }).click();
    await page.getByTestId('outcome').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  test('Explore has no serious fault and fits', async () => {
    const page = await pages.open('#/explore', look);
    await page.getByRole('button', { name: 'Temperatures' }).click();
    await waitForResult(page);
    await waitForGraph(page);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  test('the dashboard has no serious fault and fits', async () => {
    const page = await pages.open('#/dashboard', look);
    await page.getByTestId('annotation').first().waitFor();
    await waitForGraph(page);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
});

/** Pixels that the page is wider than its window. */
function overflow(page: Awaited<ReturnType<typeof pages.open>>): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
