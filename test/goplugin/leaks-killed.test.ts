import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Holds } from './fixtures/leaks-holds.ts';
import { left, nothing, print, signals, startHolding } from './leaks-scenario.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 120_000 });

type Given = Omit<Holds, 'ready' | 'starting'>;

const ways: readonly (readonly [string, Given])[] = [
  ['over sockets', {}],
  ['over sockets in directories of their own', { unixSocket: {} }],
  ['with AutoMTLS', { autoMtls: true }],
  ['with AutoMTLS over one socket', { autoMtls: true, multiplex: true, unixSocket: {} }],
];

const cases = Object.keys(signals).flatMap((signal) => ways.map(([how, given]) => [signal, how, given] as const));

describe.concurrent('nothing is left of a host and its plugins', () => {
  test.each(cases)('after %s to the host, which holds two plugins %s and uses them', async (signal, how, given) => {
    const host = await startHolding({ ready: 2, starting: 0, opensAll: true, ...given });
    signals[signal]?.(host);
    await host.exited;
    const rest = await left(host);
    print(`${signal} to a host that uses two plugins ${how}`, { starts: 2 }, rest);
    expect(rest).toEqual(nothing);
  });

  // So that they are met while Node loads them, while they open their socket, and while the host connects.
  const delaysMs = [0, 70, 140, 210];

  test.each(
    Object.keys(signals).flatMap((signal) => [
      [signal, {}] as const,
      [signal, { autoMtls: true, multiplex: true }] as const,
    ]),
  )('after %s to the host, which holds a plugin and starts two: %o', async (signal, given) => {
    const hosts = await Promise.all(
      delaysMs.map(async (delayMs) => {
        const host = await startHolding({ ready: 1, starting: 2, opensAll: true, unixSocket: {}, ...given });
        await delay(delayMs);
        signals[signal]?.(host);
        await host.exited;
        return host;
      }),
    );
    const rest = await Promise.all(hosts.map(left));
    const all = { processes: rest.flatMap(({ processes }) => processes), files: rest.flatMap(({ files }) => files) };
    print(`${signal} to hosts that start plugins ${JSON.stringify(given)}`, { starts: 3 * hosts.length }, all);
    // A host that is killed when it has made a directory, and its plugin does not run yet, leaves it: nobody is there to remove it.
    const between = all.files.filter((file) => signal === 'SIGKILL' && /^plugin-dir\w+$/.test(file));
    expect(between.length).toBeLessThanOrEqual(1);
    expect({ ...all, files: all.files.filter((file) => !between.includes(file)) }).toEqual(nothing);
  });

  test('after Ctrl-C to the host, which stops its plugins: it does not reach them', async () => {
    const host = await startHolding({ ready: 3, starting: 0, opensAll: true, stopsAtInterrupt: true });
    signals['Ctrl-C']?.(host);
    expect(await host.exited).toEqual({ code: 0, signal: null, stderr: '' });
    const rest = await left(host);
    print('Ctrl-C to a host that stops its plugins', { starts: 3 }, rest);
    expect(host.stdout()).toBe(`holding\n${JSON.stringify(Array(3).fill({ code: 0, signal: null }))}\n`);
    expect(rest).toEqual(nothing);
  });
});
