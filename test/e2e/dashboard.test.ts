import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  choicesDashboard,
  filtersDashboard,
  marksDashboard,
  oddColumn,
  oddDashboard,
  oddView,
  refreshedDashboard,
} from './dashboards.ts';
import { type ReceivedQuery, useWorkbench, waitForGraph, writeSql } from './workbench-page.ts';

const pages = useWorkbench({
  dashboards: {
    choices: choicesDashboard,
    filters: filtersDashboard,
    marks: marksDashboard,
    odd: oddDashboard,
    refreshed: refreshedDashboard,
  },
});

test.each([
  { chosen: ["O'Brien"], list: "'O''Brien'", rows: ["O'Brien"] },
  { chosen: ['<b>岡</b> 🌡', "O'Brien"], list: "'<b>岡</b> 🌡','O''Brien'", rows: ["O'Brien", '<b>岡</b> 🌡'] },
])('A choice of $chosen changes the SQL that arrives, and quotes what has quotes', async ({ chosen, list, rows }) => {
  const page = await pages.open('#/dashboard/choices');
  expect(await cellsOf(page, 'Keepers', 3)).toEqual(["O'Brien", '<b>岡</b> 🌡', 'Haugen']);
  const { query, executed } = await exchange(page, 'Keepers', () => chooseKeepers(page, chosen));
  expect(query.rawSql).toMatch(/^SELECT keeper FROM .* WHERE keeper IN \(/);
  expect(query.rawSql.endsWith(`WHERE keeper IN (${list})`)).toBe(true);
  expect(executed).toBe(query.rawSql);
  expect(await cellsOf(page, 'Keepers', rows.length)).toEqual(rows);
});

test('All is each value, and $__conditionalAll leaves its condition out', async () => {
  const page = await pages.open('#/dashboard/choices');
  await cellsOf(page, 'Kept', 3);
  expect(lastReceived('Keepers').rawSql).toMatch(/IN \('O''Brien','<b>岡<\/b> 🌡','Haugen'\)$/);
  expect(lastReceived('Kept').rawSql).toMatch(/WHERE 1=1$/);

  const { executed } = await exchange(page, 'Kept', () => chooseKeepers(page, ['Haugen']));
  expect(executed).toMatch(/WHERE keeper IN \('Haugen'\)$/);
  expect(await cellsOf(page, 'Kept', 1)).toEqual(['bergen']);
});

test('What is typed into a variable is what its $__searchFilter asks for', async () => {
  const page = await pages.open('#/dashboard/choices');
  expect(await cellsOf(page, 'Station', 1)).toEqual(['north']);
  await page.getByRole('combobox', { name: 'station' }).click();
  await page.getByRole('option', { name: 'oulu' }).waitFor();
  const { query } = await exchange(page, 'variable', () => page.keyboard.insertText('fa'));
  expect(query.rawSql).toBe("SELECT station FROM stations WHERE station LIKE 'fa%' ORDER BY station");
  await page.getByRole('option', { name: 'oulu' }).waitFor({ state: 'detached' });

  const { executed } = await exchange(page, 'Station', () => page.getByRole('option', { name: 'faro' }).click());
  expect(executed).toBe("SELECT region FROM stations WHERE station = 'faro'");
  expect(await cellsOf(page, 'Station', 1)).toEqual(['south']);
});

test("A variable's choice decides what another one offers", async () => {
  const page = await pages.open('#/dashboard/quiver-weather-readings');
  await waitForGraph(page);
  await choose(page, 'Region', ['south']);
  await page.getByRole('combobox', { name: 'Station' }).click();
  await page.getByRole('option', { name: 'bergen' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('option').allTextContents()).toEqual(['All', 'faro', 'graz']);
});

test('An ad hoc filter of offered keys and values arrives, and changes the rows', async () => {
  const page = await pages.open('#/dashboard/filters');
  await cellsOf(page, 'Placed', 6);
  const wrapped = exchange(page, 'Wrapped', () => Promise.resolve());
  const placed = await exchange(page, 'Placed', () => addFilter(page, 'region', '= Equals', 'north'));
  const adHocFilters = [{ key: 'region', operator: '=', value: 'north' }];
  expect(placed.query).toMatchObject({ adHocFilters });
  expect(placed.executed).toMatch(/^SELECT DISTINCT station FROM readings WHERE .*"region" = 'north'/);
  expect((await cellsOf(page, 'Placed', 2)).sort()).toEqual(['bergen', 'oulu']);

  const { query, executed } = await wrapped;
  expect(query).toMatchObject({ adHocFilters });
  expect(executed).toMatch(/SELECT station, region FROM stations[\s\S]*"region" = 'north'/);
  expect(await cellsOf(page, 'Wrapped', 4)).toEqual(['bergen', 'north', 'oulu', 'north']);
});

test('A value with a quote that somebody types into an ad hoc filter ends no string', async () => {
  const page = await pages.open('#/dashboard/filters');
  await cellsOf(page, 'Placed', 6);
  const { executed } = await exchange(page, 'Placed', async () => {
    await chooseFilter(page, ['station', '!= Not equal']);
    await page.getByRole('option', { name: 'bergen' }).waitFor();
    await page.keyboard.insertText("' OR '1'='1");
    await page.getByRole('option', { name: /custom value/ }).click();
    await page.keyboard.press('Escape');
  });
  expect(executed).toContain(`"station" IS DISTINCT FROM ''' OR ''1''=''1'`);
  expect(await cellsOf(page, 'Placed', 6)).toContain('bergen');
});

test('A filter by a column of odd letters is offered, and arrives quoted as its value is', async () => {
  const { jsonData } = pages.workbench.sources.get('weather');
  const duckdb = { ...(jsonData as { duckdb: object }).duckdb, initSql: oddView };
  pages.workbench.sources.save('weather', { jsonData: { ...jsonData, duckdb } });
  const page = await pages.open('#/dashboard/odd');
  await cellsOf(page, 'Odd', 2);
  const { executed } = await exchange(page, 'Odd', () => addFilter(page, oddColumn, '= Equals', "it's <b>"));
  expect(executed).toContain(`"気温 ""🌡"".'" = 'it''s <b>'`);
  expect(await cellsOf(page, 'Odd', 1)).toEqual(["it's <b>"]);
});

test('Annotations are drawn on the graph: a line for a moment, a band for a span, and no HTML', async () => {
  const page = await pages.open('#/dashboard/marks');
  await waitForGraph(page);
  const marks = page.getByTestId('annotation');
  await expect.poll(() => titlesOf(marks)).toEqual(['Noon: a <b>new</b> sensor', 'Evening: no mains', 'Ice']);
  expect(lastReceived('Anno')).toMatchObject({ queryType: 'annotation', format: 'table' });
  const graph = await page.locator('.u-over').boundingBox();
  const boxes = await Promise.all([0, 1].map((place) => marks.nth(place).boundingBox()));
  const ofGraph = boxes.map((box) => (box?.width ?? 0) / (graph?.width ?? 1));
  expect(ofGraph[0]).toBeLessThan(0.01);
  expect(ofGraph[1]).toBeCloseTo(0.25, 1);
});

test('Each annotation has a switch of its own', async () => {
  const page = await pages.open('#/dashboard/marks');
  const marks = page.getByTestId('annotation');
  await expect.poll(() => marks.count()).toBe(3);
  await page.getByRole('switch', { name: 'Work' }).uncheck({ force: true });
  await expect.poll(() => titlesOf(marks)).toEqual(['Ice']);
  await page.getByRole('switch', { name: 'Frost' }).uncheck({ force: true });
  await expect.poll(() => marks.count()).toBe(0);
});

test("The time picker's range arrives, read in the dashboard's time zone", async () => {
  const page = await pages.open('#/dashboard/choices');
  expect(await cellsOf(page, 'Minutes', 1)).toEqual(['361']);
  expect(rangeReceived()).toEqual(['2026-01-01T06:00:00.000Z', '2026-01-01T12:00:00.000Z']);

  await page.getByRole('button', { name: /^Time range selected/ }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-01-01 05:30:00');
  await page.getByLabel('To', { exact: true }).fill('2026-01-01 06:29:00');
  const { executed } = await exchange(page, 'Minutes', () =>
    page.getByRole('button', { name: 'Apply time range' }).click(),
  );
  expect(rangeReceived()).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:59:00.000Z']);
  expect(executed).toContain("'2026-01-01T00:00:00.000Z' AND");
  expect(await cellsOf(page, 'Minutes', 1)).toEqual(['60']);
});

test("The dashboard's time zone arrives, and is the engine's", async () => {
  const page = await pages.open('#/dashboard/choices');
  expect(await cellsOf(page, 'Zone', 1)).toEqual(['Asia/Kolkata']);
  expect(lastReceived('Zone')).toMatchObject({ timezone: 'Asia/Kolkata' });
});

test('Refresh asks again', async () => {
  const page = await pages.open('#/dashboard/choices');
  await cellsOf(page, 'Zone', 1);
  const before = pages.received().filter(({ refId }) => refId === 'Zone');
  await exchange(page, 'Zone', () => page.getByTestId('data-testid RefreshPicker run button').click());
  expect(pages.received().filter(({ refId }) => refId === 'Zone')).toEqual([...before, before[0]]);
});

test('A dashboard that refreshes itself asks again, and draws what has come', async () => {
  const page = await pages.open('#/dashboard/refreshed');
  const [first] = await cellsOf(page, 'Chance', 1);
  const [query] = pages.received();
  const shown = () => page.getByRole('region', { name: 'Chance' }).getByRole('cell').allTextContents();
  await expect.poll(shown, { timeout: 30_000 }).toEqual([expect.not.stringMatching(`^${first}$`)]);
  expect(lastReceived('Chance')).toEqual(query);
});

test('A dashboard that somebody has left before it was there leaves no variables to other views', async () => {
  const page = await pages.open('#/dashboard/filters');
  await cellsOf(page, 'Wrapped', 12);
  const left = Promise.withResolvers<void>();
  await page.route('**/api/dashboards/uid/choices', async (route) => {
    await left.promise;
    await route.continue();
  });
  const asked = page.waitForRequest('**/api/dashboards/uid/choices');
  await page.getByRole('link', { name: 'Choices' }).click();
  await asked;
  await page.getByRole('link', { name: 'Explore' }).click();
  await page.locator('.monaco-editor .view-lines').waitFor();
  const answered = page.waitForResponse('**/api/dashboards/uid/choices');
  left.resolve();
  await (await answered).finished();

  await writeSql(page, "SELECT '$station' AS station");
  const { query } = await exchange(page, 'A', () => page.keyboard.press('Control+Enter'));
  expect(query.rawSql).toBe("SELECT '$station' AS station");
});

/** What the server has got, and what the engine has run for it, when something has been done in the page. */
interface Exchange {
  readonly query: ReceivedQuery;
  readonly executed: string | undefined;
}

async function exchange(page: Page, refId: string, act: () => Promise<unknown>): Promise<Exchange> {
  const answered = page.waitForResponse((response) => {
    const queries = (response.request().postDataJSON() as { queries?: ReceivedQuery[] } | null)?.queries;
    return response.url().includes('/api/ds/query') && queries?.some((query) => query.refId === refId) === true;
  });
  const [response] = await Promise.all([answered, act()]);
  const { results } = (await response.json()) as { results: Record<string, { frames: readonly AnsweredFrame[] }> };
  return { query: lastReceived(refId), executed: results[refId]?.frames[0]?.schema.meta?.executedQueryString };
}

interface AnsweredFrame {
  readonly schema: { readonly meta?: { readonly executedQueryString?: string } };
}

function lastReceived(refId: string): ReceivedQuery {
  const query = pages.received().findLast((one) => one.refId === refId);
  if (query === undefined) {
    throw new Error(`No query ${refId} has arrived`);
  }
  return query;
}

function rangeReceived(): string[] {
  const { from, to } = pages.workbench.received.at(-1) ?? {};
  return [from, to].map((time) => new Date(Number(time)).toISOString());
}

function titlesOf(marks: Locator): Promise<(string | null)[]> {
  return marks.evaluateAll((elements) => (elements as unknown as { title: string }[]).map(({ title }) => title));
}

/** The cells of a panel's table, once there are so many. */
async function cellsOf(page: Page, title: string, count: number): Promise<string[]> {
  const cells = page.getByRole('region', { name: title }).getByRole('cell');
  await expect.poll(() => cells.count(), { timeout: 20_000 }).toBe(count);
  return cells.allTextContents();
}

function chooseKeepers(page: Page, names: readonly string[]): Promise<void> {
  return choose(page, 'keeper', names);
}

/** Values in the place of All. */
async function choose(page: Page, variable: string, names: readonly string[]): Promise<void> {
  await page.getByRole('combobox', { name: variable }).click();
  for (const name of ['All', ...names]) {
    await page.getByRole('option', { name, exact: true }).click();
  }
  // Several count when the field is left.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
}

async function addFilter(page: Page, ...choices: readonly string[]): Promise<void> {
  await chooseFilter(page, choices);
  await page.keyboard.press('Escape');
}

/** A key, how it compares, and a value, as they are offered. */
async function chooseFilter(page: Page, choices: readonly string[]): Promise<void> {
  await page.getByRole('combobox', { name: 'Filters' }).click();
  for (const name of choices) {
    await page.getByRole('option', { name, exact: true }).click();
  }
}
