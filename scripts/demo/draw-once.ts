import { setTimeout } from 'node:timers/promises';
import { graphInk } from '../../workbench/browser/graph-ink.ts';
import { launchBrowser } from '../../workbench/browser/launch-browser.ts';

/**
 * Opens the page as a person would, runs the first example, and waits for its lines. Returns how many pixels they have.
 *
 * @throws Error where no graph is drawn within a minute, or the page throws
 */
export async function drawOnce(url: string, chromium: string): Promise<number> {
  const browser = await launchBrowser(chromium);
  try {
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(url);
    await page.getByRole('button', { name: 'Temperatures' }).click();
    for (const end = Date.now() + 60_000; Date.now() < end; await setTimeout(100)) {
      const ink = await graphInk(page.getByTestId('result'));
      if (ink > 1000 || errors.length > 0) {
        break;
      }
    }
    const ink = await graphInk(page.getByTestId('result'));
    const [error] = errors;
    if (error || ink <= 1000) {
      throw new Error(`The page drew no graph: ${error?.message ?? `${ink} coloured pixels`}`, { cause: error });
    }
    return ink;
  } finally {
    await browser.close();
  }
}
