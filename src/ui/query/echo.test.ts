import { expect, test } from 'vitest';
import { createEcho } from './echo.ts';

test('what was sent comes back as an echo, however late, and the same text twice in a row too', () => {
  const echo = createEcho('');
  expect(['S', 'SE', 'SEL'].map((text) => echo.isNews(text))).toEqual([true, true, true]);
  expect(['', 'S', 'S', 'SEL', 'SEL'].map((text) => echo.isEcho(text))).toEqual([true, true, true, true, true]);
});

test('what somebody else has written is none, nor is a text that was sent before a later one came back', () => {
  const echo = createEcho('');
  echo.isNews('S');
  echo.isNews('SE');
  expect(echo.isEcho('SE')).toBe(true);
  expect(echo.isEcho('S')).toBe(false);
  expect(echo.isEcho('SELECT 1')).toBe(false);
  expect(echo.isEcho('SELECT 1')).toBe(true);
});

test('what the page itself has put there is no news to it, nor is the text that it was sent last', () => {
  const echo = createEcho('a');
  expect(echo.isNews('a')).toBe(false);
  echo.isEcho('SELECT 1');
  expect(echo.isNews('SELECT 1')).toBe(false);
  expect(echo.isNews('SELECT 12')).toBe(true);
  expect(echo.isNews('SELECT 1')).toBe(true);
});
