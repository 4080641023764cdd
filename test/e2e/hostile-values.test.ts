import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { suggestion, typeSql } from './monaco.ts';
import { useWorkbench, waitForGraph, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

/** What a page would run that takes it for HTML. */
const hostile = '<img src=x onerror="window.wasInterpreted=1">';
const name = `"${hostile.replaceAll('"', '""')}"`;

let shown: Page | undefined;

afterEach(async () => {
  const page = shown;
  shown = undefined;
  // Pages are closed behind this: hooks run from the last to the first.
  expect(await page?.locator('img[src=x]').count()).toBe(0);
  expect(await page?.evaluate('window.wasInterpreted')).toBeUndefined();
});

test('In cells of a table and names of its columns', async () => {
  const page = await run({ rawSql: `SELECT '${hostile}' AS ${name}`, format: 'table' });
  await result(page).getByText(hostile, { exact: true }).nth(1).waitFor();
});

test('In the names of series, and what the graph says of a point', async () => {
  const rawSql = `SELECT time, '${hostile}' AS station, temperature FROM readings WHERE $__timeFilter(time)`;
  const page = await run({ rawSql, format: 'time_series' });
  await waitForGraph(page);
  await result(page)
    .getByTestId(/VizLegend series/)
    .getByText(hostile)
    .first()
    .waitFor();
  await result(page).locator('.u-over').first().hover();
});

test('In log lines, their severities, labels and context, and the filter that one sets', async () => {
  const rawSql = `SELECT time, '${hostile}' AS body, '${hostile}' AS level, '${hostile}' AS ${name} FROM readings LIMIT 3`;
  const page = await run({ rawSql, format: 'logs' });
  await result(page).getByTestId('logs').locator('summary').first().click();
  await page.getByRole('button', { name: 'Show context' }).first().click();
  await page.getByRole('dialog').getByTestId('logs').first().waitFor();
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: `Filter for ${hostile} ${hostile}` })
    .first()
    .click();
  await page.getByRole('button', { name: `Remove the filter ${hostile} = ${hostile}` }).waitFor();
  await waitForResult(page);
  expect(await result(page).getByTestId('logs').locator('summary').count()).toBe(3);
});

test('In spans', async () => {
  const rawSql = `SELECT 'a' AS "traceID", '${hostile}' AS "spanID", NULL::VARCHAR AS "parentSpanID", '${hostile}' AS "operationName",
    '${hostile}' AS "serviceName", TIMESTAMP '2026-01-01' AS "startTime", 3.0 AS duration`;
  const page = await run({ rawSql, format: 'traces' });
  await result(page).getByTestId('trace').getByText(`${hostile}: ${hostile}`).waitFor();
});

test('In errors', async () => {
  const page = await run({ rawSql: `SELECT error('${hostile}') FROM readings`, format: 'table' });
  await result(page).getByRole('alert').getByText(hostile).waitFor();
  await editor(page).getByRole('alert').getByText(hostile).waitFor();
});

test('In notices', async () => {
  const page = await run({ rawSql: `SELECT 12345678901234567890::UBIGINT AS ${name}`, format: 'table' });
  await result(page).getByText(`Numbers of column ${hostile} have more digits`).waitFor();
  await editor(page).getByText(`Numbers of column ${hostile} have more digits`).waitFor();
});

test('In what the code editor completes, says and expands', async () => {
  const page = await open({ rawSql: '' });
  await typeSql(page, `SELECT FROM (SELECT 1 AS ${name})`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.type(' ');
  await page.keyboard.press('Control+Space');
  await suggestion(page, hostile).click();
  await typeSql(page, ` WHERE ${name.replace('x', 'y')}`);
  await editor(page).locator('[aria-live=polite]').getByText(hostile.replace('x', 'y')).waitFor();
  // What Monaco suggests meanwhile lies above the button.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Expanded SQL' }).click();
  await page.getByRole('dialog').locator('pre').getByText(name).waitFor();
});

async function open(query: object): Promise<Page> {
  shown = await pages.openExplore(query);
  return shown;
}

async function run(query: object): Promise<Page> {
  const page = await open(query);
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await waitForResult(page);
  return page;
}

function result(page: Page) {
  return page.getByTestId('result');
}

function editor(page: Page) {
  return page.getByRole('region', { name: 'Query editor' });
}
