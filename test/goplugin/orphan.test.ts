import { describe, expect, test } from 'vitest';
import { isRunning, socketsIn, start, until } from './processes.ts';

describe('a plugin whose host is gone', () => {
  async function startHost(ending: string, plugin: string) {
    const host = start('host', {}, [ending, plugin]);
    const [processId] = (await host.firstLine).split(' ');
    return { ...host, pluginId: Number(processId) };
  }

  test('ends within two seconds of a SIGKILL to the host, and leaves no socket', async () => {
    const { child, directory, pluginId } = await startHost('waits', 'greeter');
    expect(isRunning(pluginId)).toBe(true);
    expect(socketsIn(directory)).toHaveLength(1);
    child.kill('SIGKILL');
    expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
    expect(socketsIn(directory)).toEqual([]);
  });

  // This one does not look after its host.
  test.each(['exits', 'throws'])('is killed by a host that %s', async (ending) => {
    const { exited, pluginId } = await startHost(ending, 'stubborn');
    await exited;
    expect(await until(() => !isRunning(pluginId), 2000)).toBe(true);
  });
});
