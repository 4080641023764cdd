import { expect, test } from 'vitest';
import { pluginMetric } from './plugin-metric.ts';
import { useWorkbench, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

test('An error is shown with its hint', async () => {
  const page = await pages.openExplore({ rawSql: 'SELECT $__timeFiter(time) FROM readings', format: 'table' });
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await waitForResult(page);
  const text = await page.getByTestId('result').getByRole('alert').textContent();
  expect(text).toMatch(/\$__timeFiter: .*\. The nearest is \$__timeFilter/);
});

test('What a limit has cut is shown, with a notice', async () => {
  const { jsonData } = pages.workbench.sources.get('weather');
  pages.workbench.sources.save('weather', { jsonData: { ...jsonData, limits: { rows: 5 } } });
  try {
    const page = await pages.openExplore({ rawSql: 'SELECT station FROM readings', format: 'table' });
    await page.getByRole('button', { name: 'Run query' }).first().click();
    await waitForResult(page);
    expect(
      await page
        .getByTestId('result')
        .getByRole('status')
        .or(page.getByTestId('result').getByRole('alert'))
        .textContent(),
    ).toMatch(/5 rows/);
    await page.getByText('Table (5 rows)').waitFor();
  } finally {
    pages.workbench.sources.save('weather', { jsonData });
  }
});

test('Cancelling a long query ends it in the engine', async () => {
  const rawSql = 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b';
  const page = await pages.openExplore({ rawSql, format: 'table' });
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await expect.poll(() => pluginMetric(pages.workbench, 'quiver_queries_running')).toBe(1);
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect.poll(() => pluginMetric(pages.workbench, 'quiver_queries_running'), { timeout: 20_000 }).toBe(0);
  expect(await pluginMetric(pages.workbench, 'quiver_queries_stopped_total{reason="cancelled"}')).toBe(1);
});

test('Values that look like HTML are text', async () => {
  const rawSql = `SELECT '<img src=x onerror="document.title=1">' AS "<b>name</b>"`;
  const page = await pages.openExplore({ rawSql, format: 'table' });
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await page.getByRole('cell', { name: '<img src=x onerror="document.title=1">' }).waitFor();
  expect(await page.title()).toBe('Quiver workbench');
});
