/**
 * Makes the pictures of README and plugin.json from the workbench's page, with dist/ as it is: settings, Explore and a dashboard
 * (`make screenshots`). A Chromium must be installed.
 */
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findChromium } from '../workbench/browser/find-chromium.ts';
import { launchBrowser } from '../workbench/browser/launch-browser.ts';
import { makeSampleSite } from '../workbench/server/sample-site.ts';
import { startWorkbench } from '../workbench/server/start-workbench.ts';

const pictures = join(import.meta.dirname, '../img/screenshots');
// The settings show it: a name that a person would give, and one that is the same each time.
const samples = join(realpathSync(tmpdir()), 'weather');

const views: Readonly<Record<string, (page: Page, url: string) => Promise<void>>> = {
  async settings(page, url) {
    await page.goto(`${url}?theme=light#/settings/weather`);
    await page
      .getByText(/columns:/)
      .first()
      .waitFor();
  },
  async explore(page, url) {
    await page.goto(`${url}?theme=light#/explore/weather`);
    await page.getByRole('button', { name: 'Temperatures' }).click();
    await page.getByRole('button', { name: 'Run query' }).first().click();
    await page.getByText('temperature bergen').first().waitFor();
  },
  async dashboard(page, url) {
    await page.goto(`${url}?theme=light#/dashboard`);
    await page.getByText('temperature bergen').first().waitFor();
  },
};

const program = findChromium();
if (program === undefined) {
  throw new Error('Cannot make pictures: there is no Chromium. Install one, or name it in CHROMIUM');
}
mkdirSync(samples);
mkdirSync(pictures, { recursive: true });
try {
  const workbench = await startWorkbench(await makeSampleSite(samples));
  const browser = await launchBrowser(program);
  try {
    for (const [name, show] of Object.entries(views)) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await show(page, workbench.url);
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
      await page.close();
      console.log(`img/screenshots/${name}.png`);
    }
  } finally {
    await browser.close();
    await workbench.stop();
  }
} finally {
  rmSync(samples, { recursive: true });
}
