import { dirname, join } from 'node:path';
import duckdb from '@duckdb/node-bindings';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { shownSql, suggestion, typeSql } from './monaco.ts';
import { answerTo } from './query-answer.ts';
import { useWorkbench } from './workbench-page.ts';

const pages = useWorkbench();

const tableCount = 5000;
/** Of 200 each the file would have 3 GB: one table has as many. */
const columnCount = 20;
const oddNames = ['two words', 'dot.ted', 'quo"ted', "it's", '気温', '🌡 heat'];

beforeAll(async () => {
  const { jsonData } = pages.workbench.sources.get('weather');
  const { duckdb: settings } = jsonData as { readonly duckdb: { readonly database: string } };
  const path = join(dirname(settings.database), 'many.duckdb');
  await makeCatalogue(path);
  pages.workbench.sources.save('weather', { jsonData: { engine: 'duckdb', duckdb: { database: path } } });
});

test('The builder lists a page of 5,000 tables, says that there are more, and finds any by a part of its name', async () => {
  const page = await pages.openExplore({ rawSql: '', format: 'table', editorMode: 'builder' });
  const box = page.getByRole('combobox', { name: 'Table' }).and(page.locator(':enabled'));
  const [first] = await Promise.all([
    page.waitForResponse((response) => response.url().includes('schema=main') && response.url().includes('limit=100')),
    box.click(),
  ]);
  const { items, next } = (await first.json()) as { items: readonly unknown[]; next?: string };
  expect(items).toHaveLength(100);
  expect(next).toBeDefined();
  await page.getByRole('option').first().waitFor();
  expect(await page.getByRole('listbox').textContent()).not.toContain('t0099');
  await page.getByRole('listbox').press('End');
  await page.getByRole('option', { name: 'There are more: type a part of the name' }).waitFor();

  await page.keyboard.type('4987');
  await page.getByRole('option', { name: 't4987' }).click();
  await expect.poll(() => page.getByRole('figure', { name: 'SQL' }).textContent()).toContain('FROM t4987');
  expect(pages.received()).toEqual([]);
});

test('Page by page each table of the catalogue comes once, in order', async () => {
  const names: string[] = [];
  const lengths: number[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page = await catalogPage(after);
    names.push(...page.items.map(({ name }) => name));
    lengths.push(page.items.length);
    after = page.next;
  }
  expect(lengths).toEqual([1000, 1000, 1000, 1000, 1000, 1 + oddNames.length]);
  expect(names).toEqual([...new Set(names)].sort());
});

test('A table of 200 columns is completed by one answer: typing on asks no more', async () => {
  const page = await pages.openExplore({ rawSql: '', format: 'table' });
  let asked = 0;
  page.on('request', (request) => {
    asked += request.url().endsWith('/resources/completions') ? 1 : 0;
  });
  const sql = 'FROM broad SELECT ';
  await typeSql(page, sql);
  const { items, incomplete } = await completionsAt(page, sql.length);
  expect(items.filter(({ kind }) => kind === 'column')).toHaveLength(200);
  expect(incomplete).toBe(false);

  await suggestion(page, 'c000').waitFor();
  const before = asked;
  await page.keyboard.type('c19');
  await suggestion(page, 'c000').waitFor({ state: 'detached' });
  await suggestion(page, 'c199').waitFor();
  expect(asked).toBe(before);
});

test('Of 5,000 tables no answer of completion has more than 1,000, and it says that there are others', async () => {
  const page = await pages.openExplore({ rawSql: '', format: 'table' });
  await typeSql(page, 'FROM ');
  const { items, incomplete } = await completionsAt(page, 'FROM '.length);
  expect(incomplete).toBe(true);
  expect(items).toHaveLength(1000);
});

test('Completion finds one of 5,000 tables, and one of 200 columns', async () => {
  const page = await pages.openExplore({ rawSql: '', format: 'table' });
  await typeSql(page, 'FROM t4987');
  await suggestion(page, 't4987').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('FROM broad SELECT c19');
  await suggestion(page, 'c199').click();
  const { error } = await answerTo(page, () => page.keyboard.press('Control+Enter'));
  expect(error).toBeUndefined();
  expect(pages.received().map(({ rawSql }) => rawSql)).toEqual(['FROM broad SELECT c199']);
});

test.each(oddNames)('A table and a column named %s complete, and run', async (name) => {
  const sql = `"${name.replaceAll('"', '""')}"`;
  const page = await pages.openExplore({ rawSql: '', format: 'table' });
  await typeSql(page, 'FROM ');
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('odd');
  await suggestion(page, `odd ${name}`).click();
  await page.keyboard.type(' SELECT ');
  await page.keyboard.press('Control+Space');
  await suggestion(page, name).click();
  expect(await shownSql(page)).toBe(`FROM "odd ${sql.slice(1)} SELECT ${sql}`);
  await page.keyboard.press('Escape');
  const { error, rows } = await answerTo(page, () => page.keyboard.press('Control+Enter'));
  expect(error).toBeUndefined();
  expect(rows).toBe(1);
  await page.getByTestId('result').getByText(name, { exact: true }).first().waitFor();
});

test.each(oddNames)('A table and a column named %s are chosen in the builder, and run', async (name) => {
  const page = await pages.openExplore({ rawSql: '', format: 'table', editorMode: 'builder' });
  await page.getByRole('combobox', { name: 'Table' }).and(page.locator(':enabled')).click();
  await page.keyboard.type(`odd ${name}`);
  await page.getByRole('option', { name: `odd ${name}` }).click();
  await page.getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('figure', { name: 'SQL' }).getByText(name.replaceAll('"', '""')).waitFor();
  const { error, rows } = await answerTo(page, () => page.getByRole('button', { name: 'Run query' }).first().click());
  expect(error).toBeUndefined();
  expect(rows).toBe(1);
});

/** What `POST completions` answers. */
interface Completions {
  readonly items: readonly { readonly kind: string }[];
  readonly incomplete: boolean;
}

/** Opens the list of completions, and returns the answer that it is made of. @param position where the cursor is */
async function completionsAt(page: Page, position: number): Promise<Completions> {
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => {
      const isAnswer = candidate.url().endsWith('/resources/completions');
      return isAnswer && (candidate.request().postDataJSON() as { position: number }).position === position;
    }),
    page.keyboard.press('Control+Space'),
  ]);
  return (await response.json()) as Completions;
}

/** @param after empty for the first */
async function catalogPage(after: string): Promise<{ items: readonly { readonly name: string }[]; next?: string }> {
  const parameters = new URLSearchParams({ schema: 'main', after });
  const path = `/api/datasources/uid/weather/resources/catalog?${parameters}`;
  return (await (await fetch(new URL(path, pages.workbench.url))).json()) as Awaited<ReturnType<typeof catalogPage>>;
}

async function makeCatalogue(path: string): Promise<void> {
  const database = await duckdb.open(path);
  try {
    const connection = await duckdb.connect(database);
    await duckdb.query(connection, 'BEGIN');
    for (let table = 0; table < tableCount; table += 1) {
      await duckdb.query(connection, `CREATE TABLE t${String(table).padStart(4, '0')} (${columns(columnCount)})`);
    }
    await duckdb.query(connection, `CREATE TABLE broad (${columns(200)})`);
    for (const name of oddNames) {
      const quoted = name.replaceAll('"', '""');
      await duckdb.query(connection, `CREATE TABLE "odd ${quoted}" AS SELECT 1 AS "${quoted}"`);
    }
    await duckdb.query(connection, 'COMMIT');
    duckdb.disconnect_sync(connection);
  } finally {
    duckdb.close_sync(database);
  }
}

function columns(count: number): string {
  return Array.from({ length: count }, (_, place) => `c${String(place).padStart(3, '0')} DOUBLE`).join(', ');
}
