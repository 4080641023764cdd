import { describe, expect, test, vi } from 'vitest';
import { isRunning, socketsIn, start, until } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 60_000 });

async function startHost(ending: string, ...plugin: string[]) {
  const host = start('host', {}, [ending, ...plugin]);
  const [processId] = (await host.firstLine).split(' ');
  return { ...host, pluginId: Number(processId) };
}

describe('a plugin whose host is gone', () => {
  test('ends within two seconds of a SIGKILL to the host, and takes its socket with it', async () => {
    const { child, directory, pluginId } = await startHost('waits', 'greeter');
    expect(isRunning(pluginId)).toBe(true);
    child.kill('SIGKILL');
    expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
    // Nor the host's own, nor the directory of both.
    expect(socketsIn(directory)).toEqual([]);
  });

  // This one does not look after its host.
  test.each([
    ['exits', { code: 0, signal: null }],
    ['throws', { code: 1, signal: null }],
  ])('is killed by a host that %s, and nothing is left', async (ending, exit) => {
    const { directory, exited, pluginId } = await startHost(ending, 'stubborn');
    expect(await exited).toEqual(exit);
    expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
    expect(socketsIn(directory)).toEqual([]);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'is killed by a host that ends by %s, and nothing is left',
    async (signal) => {
      const { child, directory, exited, pluginId } = await startHost('waits', 'stubborn');
      child.kill(signal);
      expect(await exited).toEqual({ code: null, signal });
      expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
      expect(socketsIn(directory)).toEqual([]);
    },
  );
});

test.each([
  ['multiplexes', 'greeter', 'multiplex'],
  ['shares its directory of sockets', 'stubborn', 'shared'],
])('a host that %s leaves nothing either', async (_, plugin, way) => {
  const { child, directory, exited, pluginId } = await startHost('waits', plugin, way);
  child.kill('SIGTERM');
  expect(await exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
  expect(socketsIn(directory)).toEqual([]);
});

describe('a host with a listener of its own for a signal', () => {
  test('goes on with its plugin, and is ended by the next one', async () => {
    const { child, exited, pluginId, stdout, directory } = await startHost('listens', 'stubborn');
    child.kill('SIGTERM');
    expect(await until(() => stdout().includes('I stay'), 20_000)).toBe(true);
    expect(isRunning(pluginId)).toBe(true);
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
    expect(socketsIn(directory)).toEqual([]);
  });

  test('takes its plugin with it where that listener exits', async () => {
    const { child, exited, pluginId, directory } = await startHost('exitsAtSignal', 'stubborn');
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: 3, signal: null });
    expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
    expect(socketsIn(directory)).toEqual([]);
  });
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'a host that uses signal-exit ends by %s, takes its plugin with it, and lets that library do its part',
  async (signal) => {
    const { child, exited, pluginId, stdout, directory } = await startHost('usesSignalExit', 'stubborn');
    child.kill(signal);
    expect(await exited).toEqual({ code: null, signal });
    expect(stdout()).toContain(`signal-exit has seen ${signal}`);
    expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
    expect(socketsIn(directory)).toEqual([]);
  },
);

test.each(['stops', 'kills', 'fails', 'gives up', 'forks', 'reattaches', 'lets go'])(
  'a host that is done with its plugin ends by itself, and keeps no listener: it %s',
  async (ending) => {
    const { directory, exited, stdout, stderr } = start('host-ends', {}, [ending]);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect([stdout(), stderr()]).toEqual(['[]\n', '']);
    expect(socketsIn(directory)).toEqual([]);
  },
);
