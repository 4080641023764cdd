import type { Locator, Page } from 'playwright-core';

/** Writes at the end of the page's SQL editor key by key, as a person does. */
export async function typeSql(page: Page, sql: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(sql);
}

/** A line of Monaco's own list of completions, by its label without the detail beside it. */
export function suggestion(page: Page, label: string): Locator {
  const name = JSON.stringify(label);
  return page.locator(
    `.suggest-widget .monaco-list-row:is([aria-label=${name}], [aria-label^=${name.slice(0, -1)}, "])`,
  );
}

/** What the page's SQL editor shows. */
export async function shownSql(page: Page): Promise<string> {
  return (await page.locator('.monaco-editor .view-lines').first().innerText()).replaceAll('\u00a0', ' ');
}

/** The characters below which Monaco draws its red line. */
export async function underlined(page: Page): Promise<string> {
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  return await page.evaluate(readUnderlined);
}

/** Runs in the page. */
const readUnderlined = `(() => {
  const marks = [...document.querySelectorAll('.monaco-editor .squiggly-error')].map((mark) => mark.getBoundingClientRect());
  const isMarked = ({ left, right, top, bottom }) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return marks.some((mark) => mark.left <= x && x <= mark.right && mark.top <= y && y <= mark.bottom);
  };
  const walker = document.createTreeWalker(document.querySelector('.monaco-editor .view-lines'), NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode()) {
    for (const [at, character] of [...walker.currentNode.data].entries()) {
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      text += isMarked(range.getBoundingClientRect()) ? character : '';
    }
  }
  return text;
})()`;
