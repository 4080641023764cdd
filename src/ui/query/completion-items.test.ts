import { expect, test } from 'vitest';
import { backendItems, reachBehind, variableItems } from './completion-items.ts';

test("completions keep the backend's order, and say what Monaco asks for", () => {
  const items = backendItems(
    [
      { label: 'value', kind: 'column', detail: 'DOUBLE' },
      {
        label: '$__timeFilter',
        kind: 'macro',
        insertText: '$__timeFilter($0)',
        isSnippet: true,
        help: 'Rows of the range',
      },
    ],
    'v',
  );
  expect(items).toMatchObject([
    { label: 'value', insertText: 'value', detail: 'DOUBLE' },
    { insertText: String.raw`\$__timeFilter($0)`, isSnippet: true, documentation: 'Rows of the range' },
  ]);
  expect(items.map(({ sortText }) => sortText)).toEqual(items.map(({ sortText }) => sortText).toSorted());
  expect(items[0]).not.toHaveProperty('isSnippet');
});

test('in a snippet everything but the place of the cursor is text', () => {
  const [item] = backendItems(
    [{ label: 'x', kind: 'function', insertText: String.raw`f(\d, $0, {}, $0)`, isSnippet: true }],
    '',
  );
  expect(item?.insertText).toBe(String.raw`f(\\d, $0, {\}, \$0)`);
});

test('a name that has been begun with a quote is found by its quote', () => {
  const [item] = backendItems([{ label: 'odd name', kind: 'column', insertText: '"odd name"' }], '"od');
  expect(item).toMatchObject({ filterText: '"odd name', insertText: '"odd name"' });
});

test.each([
  ['$', '$host', true],
  ['${ho', '${host', true],
  ['ho', '$host', false],
])('after %s a variable is found by %s', (word, filterText, first) => {
  const [variable] = variableItems([{ name: 'host' }], word);
  const [column] = backendItems([{ label: 'host', kind: 'column' }], word);
  expect(variable).toMatchObject({ filterText, insertText: `\${host}` });
  expect(String(variable?.sortText) < String(column?.sortText)).toBe(first);
});

test('the brace or quote that the editor has closed is replaced too', () => {
  expect(reachBehind('SELECT "od"', 10, '"od')).toBe(1);
  expect(reachBehind('SELECT "od', 10, '"od')).toBe(0);
  expect(reachBehind('SELECT od"', 9, 'od')).toBe(0);
  expect(reachBehind(`a = \${ho}`, 8, '${ho')).toBe(1);
  expect(reachBehind(`a = \${ho`, 8, '${ho')).toBe(0);
  expect(reachBehind('a = {x}', 6, 'x')).toBe(0);
});
