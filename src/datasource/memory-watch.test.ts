import { describe, expect, test } from 'vitest';
import { MemoryWatch, memoryCeiling } from './memory-watch.ts';

describe('memoryCeiling()', () => {
  test.each([
    ['what the admin says', 700, 1000, 4000, 700],
    ['three quarters of the container', undefined, 1000, 4000, 750],
    ['three quarters of the machine where nothing contains it', undefined, 0, 4000, 3000],
    ['three quarters of the machine where the container has more', undefined, 2 ** 60, 4000, 3000],
  ])('is %s', (_, configured, constrained, total, expected) => {
    expect(memoryCeiling(configured, constrained, total)).toBe(expected);
  });
});

describe('MemoryWatch', () => {
  test('asks for nothing up to the ceiling', () => {
    expect(new MemoryWatch(1000).judge(0, 1000)).toBe('none');
  });

  test('asks for the newest query once, then for all, then for the process', () => {
    const watch = new MemoryWatch(1000);
    const verdicts = [0, 200, 499, 500, 4999, 5000].map((ms) => watch.judge(ms, 1001));
    expect(verdicts).toEqual(['stop-newest', 'none', 'none', 'stop-all', 'stop-all', 'exit']);
  });

  test('begins anew when memory has fallen', () => {
    const watch = new MemoryWatch(1000);
    const verdicts = [watch.judge(0, 1001), watch.judge(400, 1000), watch.judge(600, 1001), watch.judge(1099, 1001)];
    expect(verdicts).toEqual(['stop-newest', 'none', 'stop-newest', 'none']);
  });

  test('ends the process at once where the next look might come too late', () => {
    expect([1200, 1201].map((bytes) => new MemoryWatch(1000).judge(0, bytes))).toEqual(['stop-newest', 'exit']);
  });
});
