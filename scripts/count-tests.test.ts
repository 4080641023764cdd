import { describe, expect, test } from 'vitest';
import {
  addCounts,
  atLeastOneFailed,
  countFinalLine,
  countGo,
  countVitest,
  formatCounts,
  goOutput,
} from './count-tests.ts';

describe('countVitest()', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((result) => ({ status: result })),
  });

  test('counts the tests of all files', () => {
    const report = {
      testResults: [file('passed', 'passed', 'skipped', 'todo'), file('failed', 'failed', 'failed', 'passed')],
    };
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 2, failed: 2, skipped: 2 });
  });

  test('counts a file that does not load as one failure', () => {
    expect(countVitest(JSON.stringify({ testResults: [file('failed')] }))).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });
});

describe('countGo()', () => {
  const events = (...lines: [string, string, string?][]) =>
    lines.map(([Action, Package, Test]) => JSON.stringify({ Action, Package, ...(Test && { Test }) })).join('\n');

  test('counts subtests instead of the test that holds them, whatever other names begin alike', () => {
    const text = events(
      ['pass', 'p', 'TestType'],
      ['run', 'p', 'TestTypes'],
      ['pass', 'p', 'TestTypes/int'],
      ['skip', 'p', 'TestTypes/map'],
      ['pass', 'p', 'TestTypes'],
      ['pass', 'p', 'TestTypesAll'],
      ['pass', 'p'],
    );
    expect(countGo(text)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  });

  test('counts a failure once, in the innermost test', () => {
    const text = events(
      ['fail', 'p', 'TestTypes/int'],
      ['pass', 'p', 'TestTypes/text'],
      ['fail', 'p', 'TestTypes'],
      ['fail', 'p'],
    );
    expect(countGo(text)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test('counts a test that fails though its subtests pass', () => {
    const text = events(['pass', 'p', 'TestTypes/int'], ['fail', 'p', 'TestTypes'], ['fail', 'p']);
    expect(countGo(text)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test('counts a package that fails without a failing test', () => {
    const text = events(
      ['pass', 'p', 'TestOne'],
      ['fail', 'p'],
      ['pass', 'q', 'TestOne'],
      ['pass', 'q'],
      ['fail', 'r'],
    );
    expect(countGo(text)).toEqual({ passed: 2, failed: 2, skipped: 0 });
  });

  test('does not count packages without tests', () => {
    expect(countGo(`# comment\n${events(['skip', 'p'], ['pass', 'q'])}`)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

test('goOutput() gives what a person would have read', () => {
  const text = '{"Action":"output","Output":"=== RUN\\n"}\n{"Action":"pass"}\n{"Action":"output","Output":"ok\\n"}\n';
  expect(goOutput(text)).toBe('=== RUN\nok\n');
});

test('addCounts() adds each kind by itself', () => {
  expect(
    addCounts([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]),
  ).toEqual({
    passed: 11,
    failed: 22,
    skipped: 33,
  });
});

test('atLeastOneFailed() turns a failure that nobody counted into one', () => {
  expect(atLeastOneFailed({ passed: 5, failed: 0, skipped: 0 })).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(atLeastOneFailed({ passed: 5, failed: 3, skipped: 0 })).toEqual({ passed: 5, failed: 3, skipped: 0 });
});

test('formatCounts() writes the line that CI reads', () => {
  expect(formatCounts({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(formatCounts({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
});

describe('countFinalLine()', () => {
  test('takes the last line of counts', () => {
    expect(countFinalLine('1 passed, 0 failed\nmore\n12 passed, 3 failed\n')).toEqual({
      passed: 12,
      failed: 3,
      skipped: 0,
    });
  });

  test.each(['', 'all 2 passed, 0 failed', '2 passed, 0 failed indeed'])('finds none in %j', (output) => {
    expect(countFinalLine(output)).toBeUndefined();
  });
});
