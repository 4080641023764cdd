/** A few seconds of `make soak`: every action once, and some more at once. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { executableName, hostTarget } from '../../scripts/targets.ts';
import { chooseSeed } from '../random.ts';
import { actions } from '../soak/actions.ts';
import { soak } from '../soak/soak.ts';

const executable = join(import.meta.dirname, '../../dist', executableName(hostTarget()));
const seed = chooseSeed();

test.runIf(process.platform === 'linux')(`nothing unexpected happens, seed ${seed}`, { timeout: 120_000 }, async () => {
  const lines: string[] = [];
  const result = await soak({ executable, minutes: 0.1, seed, log: (line) => lines.push(line) });
  expect(result.failures).toEqual([]);
  expect([...result.done.keys()]).toEqual(actions.map(({ name }) => name));
  expect(result.descriptorsAfter).toBeLessThanOrEqual(result.descriptorsBefore + 3);
});
