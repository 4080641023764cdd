import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { findChromium } from '../../workbench/browser/find-chromium.ts';
import { graphInk } from '../../workbench/browser/graph-ink.ts';
import { launchBrowser } from '../../workbench/browser/launch-browser.ts';
import { makeSampleSite } from '../../workbench/server/sample-site.ts';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../../workbench/server/start-workbench.ts';

export interface Look {
  /** Default: dark. */
  readonly theme?: 'dark' | 'light';
  /** In pixels. Default: 1280. */
  readonly width?: number;
}

/** A query as it has arrived at `POST /api/ds/query`. */
export interface ReceivedQuery {
  readonly refId: string;
  readonly rawSql: string;
  readonly [key: string]: unknown;
}

export interface WorkbenchPages {
  /** The server and the plugin: settings, metrics. */
  readonly workbench: Workbench;
  /** Opens a page of its own, closed after the test. @param hash `#/explore` and the like */
  open(hash: string, look?: Look): Promise<Page>;
  /** Explore with a query that nobody has run yet. */
  openExplore(query: object, look?: Look): Promise<Page>;
  /** All queries that have arrived since the test began. */
  received(): ReceivedQuery[];
  /** Kills the plugin, as a system does that has no memory left. The tests behind it have none. */
  killPlugin(): void;
}

const requireHere = createRequire(import.meta.url);
const axePath = requireHere.resolve('axe-core/axe.min.js');

/**
 * One plugin with sample files, one server and one browser for the tests of a file. Called at its top. After each test its pages are closed,
 * and none may have written an error or a warning to its console; a status that the API answers with is none.
 *
 * @param more dashboards beside the plugin's, and the like
 */
export function useWorkbench(more: Partial<WorkbenchOptions> = {}): WorkbenchPages {
  let folder: string | undefined;
  let running: { readonly workbench: Workbench; readonly browser: Browser } | undefined;
  let contexts: BrowserContext[] = [];
  let problems: string[] = [];
  let firstOfTest = 0;
  let isKilled = false;

  function current() {
    if (running === undefined) {
      throw new Error('The workbench runs only while tests do');
    }
    return running;
  }

  async function open(hash: string, { theme = 'dark', width = 1280 }: Look = {}): Promise<Page> {
    const { browser, workbench } = current();
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
    page.on('console', (message) => {
      const isAnswer = message.text().startsWith('Failed to load resource') && message.location().url.includes('/api/');
      if (['error', 'warning'].includes(message.type()) && !isAnswer) {
        problems.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    await page.goto(`${workbench.url}?theme=${theme}${hash}`);
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    return page;
  }

  beforeAll(async () => {
    const chromium = findChromium();
    if (chromium === undefined) {
      throw new Error('The browser tests need Chromium: install it, or name it in CHROMIUM');
    }
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-e2e-')));
    const workbench = await startWorkbench({ ...(await makeSampleSite(folder)), isQuiet: true, ...more });
    running = { workbench, browser: await launchBrowser(chromium) };
  }, 180_000);

  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    const found = problems;
    contexts = [];
    problems = [];
    firstOfTest = current().workbench.received.length;
    expect(found).toEqual([]);
  });

  afterAll(async () => {
    await running?.browser.close();
    await running?.workbench.stop().catch((error: unknown) => {
      // Else that it ended badly is what a test has found.
      if (!isKilled) {
        throw error;
      }
    });
    // Also where the plugin did not start.
    if (folder !== undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  return {
    get workbench() {
      return current().workbench;
    },
    open,
    openExplore: (query, look) =>
      open(`#/explore/weather?${new URLSearchParams({ query: JSON.stringify(query) })}`, look),
    received: () =>
      current()
        .workbench.received.slice(firstOfTest)
        .flatMap(({ queries }) => queries as ReceivedQuery[]),
    killPlugin() {
      isKilled = true;
      process.kill(current().workbench.host.processId, 'SIGKILL');
    },
  };
}

/** Waits until a query has been answered. */
export async function waitForResult(page: Page): Promise<void> {
  await page.locator('[data-testid=result]:is([data-state=Done],[data-state=Error])').waitFor();
}

/** Waits until a graph has lines. */
export async function waitForGraph(page: Page): Promise<void> {
  await expect.poll(() => graphInk(page.locator('main')), { timeout: 30_000 }).toBeGreaterThan(1000);
}

/** Writes over what stands in the page's first SQL editor, as a person who pastes. */
export async function writeSql(page: Page, sql: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(sql);
}

/** Parts of Grafana's own packages that axe finds fault with, and that nothing here can mend. */
const faultsOfGrafana = [
  '[class*=LegendLabel]', // names that are not what is seen
  '[data-testid*=TimePicker]', // the same
  '[data-testid*=RefreshPicker]', // no name
  '.scrollbar-view', // not reached by keyboard
  '.monaco-editor', // colours of its light theme
];

/** What keeps people out of the page, seriously: a line for each place. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Colours on their way to others have too little contrast.
  await page.mouse.move(0, 0);
  await page.evaluate('Promise.allSettled(document.getAnimations().map((animation) => animation.finished))');
  await page.addScriptTag({ path: axePath });
  const context = JSON.stringify({ exclude: faultsOfGrafana });
  const { violations } = (await page.evaluate(`axe.run(${context}, { resultTypes: ['violations'] })`)) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id} (${help}): ${html.slice(0, 200)}`));
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
