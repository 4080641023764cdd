import { describe, expect, test, vi } from 'vitest';
import { left, nothing, print, runHost } from './leaks-scenario.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 300_000 });

/** What V8 learns of code that runs more often comes to this; what is left of 9 plugins, if it is left of all, to more. */
const allowedMiB = 1.5;

describe.concurrent('nothing is left, and the host does not grow,', () => {
  test.each([
    ['with AutoMTLS', { autoMtls: true }],
    ['over one socket', { multiplex: true }],
    ['with AutoMTLS over one socket', { autoMtls: true, multiplex: true }],
  ])('after plugins that are used and stopped %s', async (how, given) => {
    const { host, report } = await runHost('rounds', {
      rounds: 3,
      warmUps: 2,
      atOnce: 3,
      usesAll: true,
      ending: 'stop',
      allowedMiB,
      ...given,
    });
    const rest = await left(host);
    print(`Plugins that are used and stopped ${how}`, report, rest);
    expect(rest).toEqual(nothing);
    expect(report).toMatchObject({ starts: 15, warnings: [] });
    // Nine end at a time: one that a busy machine lets wait for its two seconds is killed.
    expect(['0', 'SIGKILL']).toEqual(expect.arrayContaining(Object.keys(report.endings)));
    const { fds, resources, listeners, heapMiB } = report.before;
    expect(report.after).toMatchObject({ fds, resources, listeners });
    expect(report.after.heapMiB - heapMiB).toBeLessThan(allowedMiB);
  });
});
