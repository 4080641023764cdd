import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { typeSql } from './monaco.ts';
import { answerTo } from './query-answer.ts';
import { useWorkbench, waitForGraph } from './workbench-page.ts';

const pages = useWorkbench();

/** A query of a version that is still to come. */
const future = {
  rawSql: 'SELECT station\nFROM stations',
  format: 'table',
  schemaVersion: 7,
  samplePolicy: { kind: 'adaptive', steps: [1, 2, { of: null }] },
  adHocFilters: [{ key: 'region', operator: '=', value: 'north' }],
};

const changes: readonly {
  readonly what: string;
  readonly change: (page: Page) => Promise<void>;
  readonly changed: object;
}[] = [
  {
    what: 'typing',
    change: (page) => typeSql(page, ' LIMIT 1'),
    changed: { rawSql: `${future.rawSql} LIMIT 1` },
  },
  {
    what: 'another format',
    change: (page) => page.getByRole('radio', { name: 'Logs' }).click(),
    changed: { format: 'logs' },
  },
  {
    what: 'a layout',
    change: (page) => page.getByRole('button', { name: 'Format', exact: true }).click(),
    changed: { rawSql: 'SELECT\n  station\nFROM\n  stations' },
  },
  {
    what: 'a filter that goes',
    change: (page) => page.getByRole('button', { name: 'Remove the filter region = north' }).click(),
    changed: {},
  },
  {
    what: 'the other editor, and a choice in it',
    async change(page) {
      await page.getByRole('radio', { name: 'Builder' }).click();
      await page.getByRole('spinbutton', { name: 'Limit' }).fill('2');
    },
    changed: { editorMode: 'builder', rawSql: `${future.rawSql}\nLIMIT 2` },
  },
];

test.each(changes)('Keys that this version does not know outlive $what', async ({ change, changed }) => {
  const page = await pages.openExplore(future);
  await page.locator('.monaco-editor .view-line').nth(1).waitFor();
  await change(page);
  const wanted = expect.objectContaining({
    ...changed,
    schemaVersion: future.schemaVersion,
    samplePolicy: future.samplePolicy,
  });
  await expect
    .poll(async () => {
      await answerTo(page, () => page.getByRole('button', { name: 'Run query' }).first().click());
      return pages.received().findLast(({ queryType }) => !queryType);
    })
    .toEqual(wanted);
});

test('A query without a format is a time series in Explore too, and is given none', async () => {
  const page = await pages.openExplore({ rawSql: 'SELECT time, temperature FROM readings WHERE $__timeFilter(time)' });
  await page.getByRole('radio', { name: 'Time series', checked: true }).waitFor();
  await answerTo(page, () => page.getByRole('button', { name: 'Run query' }).first().click());
  expect(pages.received()).not.toEqual([]);
  expect(pages.received().filter((query) => 'format' in query)).toEqual([]);
  await waitForGraph(page);
});
