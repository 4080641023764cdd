import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { shownSql, suggestion, typeSql, underlined } from './monaco.ts';
import { useWorkbench, waitForResult, writeSql } from './workbench-page.ts';

const pages = useWorkbench();

const offered = [
  { what: 'tables', sql: 'FROM stat', label: 'stations', completed: 'FROM stations' },
  {
    what: 'columns',
    sql: 'FROM readings SELECT temp',
    label: 'temperature',
    detail: 'DOUBLE',
    completed: 'FROM readings SELECT temperature',
  },
  { what: 'functions', sql: 'SELECT strft', label: 'strftime', detail: 'format', completed: /^SELECT strftime\(/ },
  {
    what: 'macros',
    sql: 'SELECT $__timeGr',
    label: '$__timeGroup',
    detail: 'interval',
    completed: /^SELECT \$__timeGroup\(/,
  },
];

test.each(offered)(
  'Completion offers $what in a list, and takes the one that is chosen',
  async ({ sql, label, detail = '', completed }) => {
    const page = await pages.openExplore({ rawSql: '' });
    await typeSql(page, sql);
    expect(await suggestion(page, label).textContent()).toContain(detail);
    await suggestion(page, label).click();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => pages.received().map(({ rawSql }) => rawSql)).toEqual([expect.stringMatching(completed)]);
  },
);

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: a variable of Grafana's
test.each(['$sta', '${sta'])('Completion offers the variables of the dashboard behind %s', async (typed) => {
  const page = await pages.open('#/explore/weather?dashboard=quiver-weather-readings');
  await typeSql(page, `SELECT ${typed}`);
  const variable = '${station}';
  expect(await suggestion(page, variable).textContent()).toContain('Station');
  await suggestion(page, variable).click();
  expect(await shownSql(page)).toBe(`SELECT ${variable}`);
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: a variable of Grafana's

test('A wrong column is underlined while somebody types, and the nearest name is said', async () => {
  const page = await pages.openExplore({ rawSql: '' });
  await typeSql(page, 'SELECT temprature, station FROM readings');
  await page.keyboard.press('Escape');
  expect(await underlined(page)).toBe('temprature');
  const line = editor(page).locator('[aria-live=polite]');
  await line.getByText(/temprature.*temperature/).waitFor();
  await page.locator('.squiggly-error').first().hover({ force: true });
  await page
    .locator('.monaco-hover')
    .getByText(/temprature/)
    .first()
    .waitFor();
  expect(pages.received()).toEqual([]);
});

test('A wrong macro is said with its hint while somebody types', async () => {
  const page = await pages.openExplore({ rawSql: '' });
  await typeSql(page, 'SELECT station FROM readings WHERE $__timeFiter(time) ');
  const line = editor(page).locator('[aria-live=polite]');
  await line.getByText(/\$__timeFiter: .*\. The nearest is \$__timeFilter/).waitFor();
});

test('Typing asks what is valid and what fits, and runs nothing; Ctrl+Enter runs it', async () => {
  const page = await pages.openExplore({ rawSql: '', format: 'table' });
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).pathname));
  const resources = '/api/datasources/uid/weather/resources';
  await typeSql(page, 'SELECT station, count(*) AS n FROM read');
  // Who types on at once is not asked what the word may become.
  await expect.poll(() => [...asked]).toContain(`${resources}/completions`);
  await page.keyboard.type('ings GROUP BY ALL ');
  await editor(page).getByText('Valid', { exact: true }).waitFor();
  expect([...asked].filter((path) => path.startsWith('/api/')).sort()).toEqual([
    `${resources}/completions`,
    `${resources}/validate`,
  ]);
  expect(pages.received()).toEqual([]);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await waitForResult(page);
  await editor(page)
    .getByText(/Rows from the engine: 6 · Bytes from the engine: \d/)
    .waitFor();
  expect(pages.received()).toHaveLength(1);
});

test('How the code is left by keyboard is said where it is read aloud, and is so', async () => {
  const page = await pages.openExplore({ rawSql: 'SELECT 1' });
  const code = page.getByRole('textbox', { name: 'SQL of query A. Ctrl+M lets Tab leave the editor', exact: true });
  await code.focus();
  await page.keyboard.press('Control+M');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.locator('.monaco-editor :focus').count()).toBe(0);
  expect(await shownSql(page)).toBe('SELECT 1');
});

test('What a run has lost is said below the editor', async () => {
  const page = await pages.openExplore({ rawSql: 'SELECT 12345678901234567890::UBIGINT AS many', format: 'table' });
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await waitForResult(page);
  await editor(page)
    .getByText(/column many have more digits than a browser keeps/)
    .waitFor();
});

test('The expanded SQL is shown on demand, and nothing runs for it', async () => {
  const rawSql = "SELECT $__timeGroup(time, '1h') AS time FROM readings WHERE $__timeFilter(time)";
  const page = await pages.openExplore({ rawSql });
  await page.getByRole('button', { name: 'Expanded SQL' }).click();
  const dialog = page.getByRole('dialog', { name: 'Expanded SQL' });
  const sql = await dialog.locator('pre').textContent();
  expect(sql).toMatch(/2026-01-01/);
  expect(sql).not.toContain('$__');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(pages.received()).toEqual([]);
});

test('Format lays the SQL out, and changes nothing but its blanks', async () => {
  const page = await pages.openExplore({
    rawSql: "select station, avg(temperature) from readings where region = 'a  b' group by all",
  });
  await page.getByRole('button', { name: 'Format', exact: true }).click();
  await expect.poll(() => page.locator('.monaco-editor .view-line').count()).toBeGreaterThan(4);
  await page.getByRole('button', { name: 'Run query' }).first().click();
  await expect.poll(() => pages.received()).toHaveLength(1);
  const sql = pages.received()[0]?.rawSql ?? '';
  expect(sql.split('\n').length).toBeGreaterThan(4);
  expect(sql).toContain("'a  b'");
  expect(sql.replaceAll(/\s+/g, ' ')).toBe(
    "select station, avg(temperature) from readings where region = 'a b' group by all",
  );
});

test('What is pasted over a wrong statement takes its mark away', async () => {
  const page = await pages.openExplore({ rawSql: '' });
  await typeSql(page, 'SELECT temprature FROM readings ');
  expect(await underlined(page)).toBe('temprature');
  await writeSql(page, 'SELECT temperature FROM readings');
  await editor(page).getByText('Valid', { exact: true }).waitFor();
  await page.locator('.squiggly-error').waitFor({ state: 'detached' });
});

function editor(page: Page) {
  return page.getByRole('region', { name: 'Query editor' });
}
