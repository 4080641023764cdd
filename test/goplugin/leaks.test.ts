import { describe, expect, test, vi } from 'vitest';
import { left, nothing, print, type Report, runHost } from './leaks-scenario.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 300_000 });

/**
 * What of the heap may stay, after a collection, over 200 starts. A client that something still holds when its plugin is gone is 20 KiB, a
 * connection alone 9 KiB: 200 of either are more. What stays without any is what V8 learns of code that runs more often, some 0.4 MiB.
 */
const allowedMiB = 1.5;
/**
 * What of the memory may stay beside. It levels off some 70 MiB higher, after a few hundred starts, since neither V8 nor the allocator gives back
 * what it may need again; two thirds of a MiB for each start would be more.
 */
const allowedResidentMiB = 128;

function expectNoGrowth({ before, after, warnings }: Report): void {
  expect(warnings).toEqual([]);
  const { fds, resources, listeners } = before;
  expect(after).toMatchObject({ fds, resources, listeners });
  expect(after.heapMiB - before.heapMiB).toBeLessThan(allowedMiB);
  expect(after.rssMiB - before.rssMiB).toBeLessThan(allowedResidentMiB);
}

describe.concurrent('a host that starts and stops plugins', () => {
  test('200 times in a row leaves nothing and does not grow', async () => {
    const { host, report } = await runHost('rounds', {
      rounds: 200,
      warmUps: 20,
      usesAll: true,
      ending: 'stop',
      allowedMiB,
    });
    const rest = await left(host);
    print('200 starts and stops in a row, and 20 before', report, rest);
    expect(rest).toEqual(nothing);
    expect(report.endings).toEqual({ 0: 220 });
    expectNoGrowth(report);
  });

  test('20 at once, three times, leaves nothing and does not grow', async () => {
    const { host, report } = await runHost('rounds', {
      rounds: 2,
      warmUps: 1,
      atOnce: 20,
      usesAll: true,
      unixSocket: {},
      ending: 'stop',
      allowedMiB,
    });
    const rest = await left(host);
    print('20 plugins at once, three times', report, rest);
    expect(rest).toEqual(nothing);
    expect(report.endings).toEqual({ 0: 60 });
    expectNoGrowth(report);
  });
});

test('a plugin to which 200 hosts come, use everything and go, does not grow', async () => {
  const { host, report } = await runHost('reattaches', { hosts: 200, warmUps: 20, allowedMiB });
  const rest = await left(host);
  print('One plugin and 200 hosts that come and go, measured in the plugin', report, rest);
  expect(rest).toEqual(nothing);
  expectNoGrowth(report);
});
