/** A little of `make fuzz`, and always the same: what another seed would find in the engine is for `make fuzz` to tell. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { executableName, hostTarget } from '../../scripts/targets.ts';
import { fuzzRequests } from '../fuzz/requests.ts';
import { fuzzStatements } from '../fuzz/statements.ts';
import { Target } from '../fuzz/target.ts';

const executable = join(import.meta.dirname, '../../dist', executableName(hostTarget()));
const seed = 2026;
let target: Target;

beforeAll(async () => {
  target = await Target.make(executable);
});

afterAll(() => target.close());

test('the executable answers statements of chance', { timeout: 120_000 }, async () => {
  const report = await fuzzStatements(target, { seed, first: 0, count: 1500 });
  expect(report.faults).toEqual([]);
  expect(report.total).toBe(1500);
  expect(report.count('ok')).toBeGreaterThan(300);
});

test('the executable answers or refuses requests of chance', { timeout: 120_000 }, async () => {
  const report = await fuzzRequests(target, { seed, first: 0, count: 500 });
  expect(report.faults).toEqual([]);
  expect(report.total).toBe(500);
  expect(target.restarts).toBe(0);
});
