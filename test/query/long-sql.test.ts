import { expect, test } from 'vitest';
import { expandMacros } from '../../src/query/interpolate.ts';
import { withoutSemicolon } from '../../src/sql/semicolon.ts';
import { costOfSize, maxCostOfSize } from '../growth.ts';

const context = { fromMs: 0, toMs: 3_600_000, intervalMs: 20_000, maxDataPoints: 180 };

/** Distinct texts, each written out. */
function many(count: number, write: (text: string) => string): string {
  return Array.from({ length: count }, (_, i) => write(i.toString(36))).join(' ');
}

test.each<[string, number, (count: number) => string]>([
  ['strings', 100_000, (count) => `select ${many(count, (text) => `'${text}',`)}`],
  ['dollar tags that nothing closes', 50_000, (count) => many(count, (text) => `$a${text}$`)],
  ['braces that nothing closes', 100_000, (count) => '${__from:'.repeat(count)],
  ['openings of comments', 500_000, (count) => '/* '.repeat(count)],
  ['calls', 20_000, (count) => "$__timeGroup(t, '5m'), ".repeat(count)],
])('expandMacros() costs in proportion to the SQL: %s', (_, count, write) => {
  const cost = costOfSize(write, count, (sql) => expandMacros(sql, context));
  expect(cost).toBeLessThan(maxCostOfSize);
});

test('withoutSemicolon() costs in proportion to the SQL, whatever dollars it holds', () => {
  const cost = costOfSize((count) => `SELECT ${many(count, (text) => `$t${text}$`)};`, 50_000, withoutSemicolon);
  expect(cost).toBeLessThan(maxCostOfSize);
});
