import { expect, test } from 'vitest';
import { processExists } from './process-exists.ts';

test('processExists() tells this process from one that cannot be', () => {
  expect(processExists(process.pid)).toBe(true);
  expect(processExists(2 ** 30)).toBe(false);
});
