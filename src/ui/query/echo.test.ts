import { expect, test } from 'vitest';
import { createEcho } from './echo.ts';

test('what was sent comes back as an echo, however late, and the same text twice in a row too', () => {
  const echo = createEcho('');
  echo.sent('S');
  echo.sent('SE');
  echo.sent('SEL');
  expect(['', 'S', 'S', 'SEL', 'SEL'].map((text) => echo.isEcho(text))).toEqual([true, true, true, true, true]);
});

test('what somebody else has written is none, nor is a text that was sent before a later one came back', () => {
  const echo = createEcho('');
  echo.sent('S');
  echo.sent('SE');
  expect(echo.isEcho('SE')).toBe(true);
  expect(echo.isEcho('S')).toBe(false);
  expect(echo.isEcho('SELECT 1')).toBe(false);
  expect(echo.isEcho('SELECT 1')).toBe(true);
});
