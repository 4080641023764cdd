import { describe, expect, test, vi } from 'vitest';
import type { Given } from './fixtures/leaks-client.ts';
import type { Rounds } from './fixtures/leaks-rounds.ts';
import { left, nothing, print, processesIn, runHost } from './leaks-scenario.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 120_000 });

/** No more than the code that is loaded meanwhile: what these plugins cost is not counted here. */
const allowedMiB = 20;
const killed = ['SIGKILL'];
// With so much to print, a busy machine may not let them end within their two seconds: then they are killed.
const eitherWay = ['0', 'SIGKILL'];

describe.concurrent('nothing is left of plugins', () => {
  test.each<[string, readonly string[], Rounds['ending'], readonly string[]]>([
    ['that stay when they are asked to end', ['stay'], 'stop', killed],
    ['that do not answer any more', [], 'halt', killed],
    ['that flood stderr', ['floodStderr'], 'stop', eitherWay],
    ['that flood the stdout of the handshake', ['floodStdout'], 'stop', eitherWay],
    ['that flood the stream of what they print', ['floodStdio'], 'stop', eitherWay],
    [
      'that flood everything and are killed by their host',
      ['floodStderr', 'floodStdout', 'floodStdio'],
      'kill',
      killed,
    ],
    ['that somebody else kills while they are used', [], 'SIGKILL', killed],
  ])('%s', async (what, says, ending, endings) => {
    const ways: readonly Given[] = [{}, { autoMtls: true, multiplex: true }];
    for (const way of ways) {
      const { host, report } = await runHost('rounds', {
        rounds: 1,
        atOnce: 3,
        opensAll: true,
        says,
        ending,
        allowedMiB,
        ...way,
      });
      const rest = await left(host);
      print(`Plugins ${what}${'multiplex' in way ? ', with AutoMTLS over one socket' : ''}`, report, rest);
      expect(rest).toEqual(nothing);
      expect(endings).toEqual(expect.arrayContaining(Object.keys(report.endings)));
      expect(report.warnings).toEqual([]);
      const { fds, resources } = report.before;
      expect(report.after).toMatchObject({ fds, resources });
    }
  });

  test('but the processes that they forked, which keep their pipes', async () => {
    const { host, report } = await runHost('rounds', {
      rounds: 1,
      atOnce: 3,
      says: ['fork'],
      ending: 'stop',
      allowedMiB,
    });
    const forked = processesIn(host.directory);
    expect(forked.map(({ command }) => command)).toEqual(Array(3).fill('sleep 600'));
    for (const { processId } of forked) {
      process.kill(processId, 'SIGKILL');
    }
    const rest = await left(host);
    print('Plugins that fork a process each, which is not counted', report, rest);
    expect(rest).toEqual(nothing);
    expect(report).toMatchObject({ endings: { 0: 3 }, warnings: [] });
    expect(report.after.resources).toBe(report.before.resources);
  });
});
