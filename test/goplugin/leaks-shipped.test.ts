/** The same for the executable that is built: it needs dist/. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { left, nothing, print, runHost, signals, startHolding } from './leaks-scenario.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 120_000 });

const executable = globSync(join(import.meta.dirname, '../../dist/gpx_quiver_*'))[0] ?? 'dist/ is not built';

describe('nothing is left of the executable', () => {
  test.each([
    ['stopped', 'stop', { 0: 15 }],
    ['killed', 'SIGKILL', { SIGKILL: 15 }],
  ] as const)('when several at once are %s', async (how, ending, endings) => {
    const { host, report } = await runHost('rounds', {
      executable,
      rounds: 2,
      warmUps: 1,
      atOnce: 5,
      ending,
      allowedMiB: 3,
    });
    const rest = await left(host);
    print(`The executable, five at once, three times, ${how}`, report, rest);
    expect(rest).toEqual(nothing);
    expect(report).toMatchObject({ endings, warnings: [] });
    expect(report.after.fds).toBe(report.before.fds);
  });

  test.each(Object.keys(signals))('after %s to its host', async (signal) => {
    const host = await startHolding({ executable, ready: 2, starting: 1, unixSocket: {} });
    signals[signal]?.(host);
    await host.exited;
    const rest = await left(host);
    print(`${signal} to a host of the executable`, { starts: 3 }, rest);
    expect(rest).toEqual(nothing);
  });
});
