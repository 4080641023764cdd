import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { answerTo } from './query-answer.ts';
import { useWorkbench, waitForGraph, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

test('A time series is drawn as a graph with a line for each series', async () => {
  const page = await example('Temperatures');
  await waitForGraph(page);
  const names = await result(page).locator('[class*=LegendLabel]').allTextContents();
  expect(names).toHaveLength(6);
  expect(names).toContainEqual(expect.stringContaining('bergen'));
});

test('A table is drawn with a row for each row', async () => {
  const page = await example('Stations');
  await result(page).getByText('Table (6 rows)').waitFor();
  expect(await result(page).getByRole('columnheader').allTextContents()).toEqual(
    ['station', 'region', 'readings', 'coldest', 'warmest'].map((name) => expect.stringContaining(name)),
  );
  await result(page).getByRole('cell', { name: 'bergen' }).waitFor();
  expect(await result(page).getByText('Graph', { exact: true }).count()).toBe(0);
});

test('Spans are drawn below the spans that they belong to', async () => {
  const page = await example('Spans');
  const spans = result(page).getByTestId('trace').getByRole('listitem');
  const texts = await spans.allTextContents();
  expect(texts).toHaveLength(6);
  expect(texts[0]).toMatch(/^south: over 8 °C at faro.*24\.0 hours$/);
  expect(texts.slice(1)).toContainEqual(expect.stringContaining('west: over 8 °C at cork'));
  // As deep as they lie, so far are the names from the edge.
  const depths = await spans.evaluateAll((items) =>
    (items as unknown as ListItem[]).map(({ firstElementChild }) => firstElementChild.style.paddingLeft),
  );
  expect(depths).toEqual(['0px', '16px', '16px', '16px', '16px', '16px']);
});

/** What is read of an element in the page. */
interface ListItem {
  readonly firstElementChild: { readonly style: { readonly paddingLeft: string } };
}

describe('Log lines', () => {
  test('are drawn with how many there were over time', async () => {
    const page = await example('Remarks');
    const lines = result(page).getByTestId('logs').getByRole('group');
    expect(await lines.count()).toBeGreaterThan(3);
    expect(await lines.first().textContent()).toMatch(/2026-01-01.*info.*Sensor cleaned and calibrated at/);
    await result(page).getByText('Logs volume').waitFor();
    await waitForGraph(page);
    await result(page).getByTestId('data-testid VizLegend series info').waitFor();
    expect(pages.received().map(({ queryType }) => queryType ?? '')).toEqual(['', 'logs-volume']);
  });

  test('are shown with the lines before and after them', async () => {
    const page = await example('Remarks');
    const times = await lineTimes(result(page));
    // One that has others in the second hour on both sides, so that it counts how far around it is looked.
    const row = times.findIndex((line) => hasLines(times, line, [-2, -1]) && hasLines(times, line, [1, 2]));
    await openLine(page, row);
    await page.getByRole('button', { name: 'Show context' }).click();
    const around = page.getByRole('dialog', { name: 'Lines around this one' });
    const before = around.getByRole('region', { name: 'Before' });
    const after = around.getByRole('region', { name: 'After' });
    await before.getByTestId('logs').waitFor();
    await after.getByTestId('logs').waitFor();
    // The lines come newest first, those after a line oldest first. Both have the line itself, which Grafana knows, and others of its moment.
    const line = times[row] ?? '';
    const [from, to] = [momentFrom(line, -2), momentFrom(line, 2)];
    expect(await lineTimes(before)).toEqual(times.filter((time) => from <= time && time <= line));
    expect(await lineTimes(after)).toEqual(times.filter((time) => line <= time && time <= to).reverse());
  });

  test('filter the SQL that the engine gets by one of their labels, and a chip takes the filter away', async () => {
    const page = await example('Remarks');
    await openLine(page, 0);
    const filter = page.getByRole('button', { name: /^Filter for station / }).first();
    const station = (await filter.getAttribute('aria-label'))?.replace('Filter for station ', '') ?? '';
    const filtered = await answerTo(page, () => filter.click());
    expect(filtered.error).toBeUndefined();
    expect(filtered.executedSql).toMatch(new RegExp(`WHERE.*station.*'${station}'`, 's'));
    await expect.poll(() => otherStations(page, station)).toEqual([]);
    // Lines and volume, before and after.
    await expect.poll(() => pages.received()).toHaveLength(4);
    const [{ rawSql } = { rawSql: '' }, ...others] = pages.received();
    const adHocFilters = [{ key: 'station', operator: '=', value: station }];
    expect(others[1]).toMatchObject({ rawSql, adHocFilters });
    expect(others[2]).toMatchObject({ rawSql, adHocFilters, queryType: 'logs-volume' });
    expect(others[0]).not.toHaveProperty('adHocFilters');

    await page.getByRole('button', { name: `Remove the filter station = ${station}` }).click();
    const whole = await answerTo(page, () => page.getByRole('button', { name: 'Run query' }).first().click());
    expect(whole.rows).toBeGreaterThan(filtered.rows);
  });

  test('filter out a label', async () => {
    const page = await example('Remarks');
    await openLine(page, 0);
    const filter = page.getByRole('button', { name: /^Filter out station / }).first();
    const { executedSql } = await answerTo(page, () => filter.click());
    expect(executedSql).toMatch(/WHERE.*station.*(<>|!=|DISTINCT)/s);
    await page.getByText(/^station != /).waitFor();
  });
});

describe('Nothing found is no error', () => {
  const columns = 'SELECT time, remark AS body, station, temperature FROM readings WHERE false';
  const spans = `SELECT station AS "traceID", station AS "spanID", station AS "parentSpanID", station AS "operationName",
       region AS "serviceName", time AS "startTime", temperature AS duration FROM readings WHERE false`;
  const empty = [
    {
      format: 'time_series',
      rawSql: 'SELECT time, station, temperature FROM readings WHERE false',
      said: 'Table (0 rows)',
      kept: ['time', 'temperature'],
    },
    { format: 'table', rawSql: columns, said: 'Table (0 rows)', kept: ['time', 'body', 'station', 'temperature'] },
    { format: 'logs', rawSql: columns, said: 'No log lines', kept: ['timestamp', 'body', 'labels'] },
    { format: 'traces', rawSql: spans, said: 'No spans', kept: ['traceID', 'spanID', 'startTime', 'duration'] },
  ];

  test.each(empty)('as $format', async ({ format, rawSql, said, kept }) => {
    const page = await pages.openExplore({ format, rawSql });
    const { error, fields } = await answerTo(page, () =>
      page.getByRole('button', { name: 'Run query' }).first().click(),
    );
    await waitForResult(page);
    expect(error).toBeUndefined();
    expect(fields).toEqual(expect.arrayContaining(kept));
    await result(page).getByText(said).first().waitFor();
    await page.getByRole('region', { name: 'Query editor' }).getByText('Rows from the engine: 0').waitFor();
    const alerts = await page.getByRole('alert').allTextContents();
    // Monaco keeps empty ones for screen readers.
    expect(alerts.filter((text) => text !== '')).toEqual([]);
  });
});

/** Explore with an example that has run. */
async function example(name: string): Promise<Page> {
  const page = await pages.open('#/explore');
  await page.getByRole('button', { name, exact: true }).click();
  await waitForResult(page);
  return page;
}

function result(page: Page) {
  return page.getByTestId('result');
}

async function openLine(page: Page, row: number): Promise<void> {
  await result(page).getByTestId('logs').locator('summary').nth(row).click();
}

async function lineTimes(place: ReturnType<typeof result>): Promise<string[]> {
  await place.getByTestId('logs').waitFor();
  return await place.locator('summary time').allTextContents();
}

/** Log lines that are not this station's. */
async function otherStations(page: Page, station: string): Promise<string[]> {
  const lines = await result(page).getByTestId('logs').locator('summary').allTextContents();
  return lines.filter((line) => !line.includes(station.toUpperCase()));
}

/** Whether there are lines so many hours from one. */
function hasLines(times: readonly string[], line: string, [from, to]: readonly [number, number]): boolean {
  return times.some((time) => momentFrom(line, from) < time && time < momentFrom(line, to));
}

function momentFrom(time: string, hours: number): string {
  const moment = new Date(Date.parse(`${time.replace(' ', 'T')}Z`) + hours * 3_600_000);
  return moment.toISOString().replace('T', ' ').replace('Z', '');
}
