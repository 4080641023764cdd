import { afterEach, describe, expect, test } from 'vitest';
import { type Connection, openConnection } from '../../src/goplugin/connection.ts';
import { requestShutdown } from '../../src/goplugin/host/calls.ts';
import { parseReattachConfig } from '../../src/goplugin/reattach-config.ts';
import { isRunning, sayHello, socketsIn, start, until } from './processes.ts';

let connection: Connection | undefined;

afterEach(() => connection?.close());

/** The greeter without host and cookie, connected to by what it prints. */
async function startStandalone() {
  const started = start('greeter', {}, ['standalone']);
  const lines = () => started.stdout().split('\n');
  expect(await until(() => lines().some((line) => line.startsWith('{')), 10_000)).toBe(true);
  const config = parseReattachConfig(lines().find((line) => line.startsWith('{')) ?? '');
  connection = openConnection(config);
  return { ...started, connection, config };
}

describe('a plugin that serves standalone', () => {
  test('needs no cookie, and prints what a host needs to reattach', async () => {
    const { child, connection, config } = await startStandalone();
    expect(config).toMatchObject({ protocolVersion: 2, processId: child.pid, test: true, network: 'unix' });
    expect(await sayHello(connection, 'Ada')).toBe('Hello, Ada');
  });

  test('leaves stdout to what it prints', async () => {
    const { connection, stdout } = await startStandalone();
    await sayHello(connection, 'print');
    expect(await until(() => stdout().endsWith('printed by the plugin\n'), 5000)).toBe(true);
    expect(stdout()).toMatch(/^early\n\{.*\}\nprinted by the plugin\n$/);
  });

  test('outlives a host that asks it to end, and serves the next one', async () => {
    const { connection, child, config } = await startStandalone();
    await requestShutdown(connection, 5000);
    connection.close();
    const next = openConnection(config);
    expect(await sayHello(next, 'Bob')).toBe('Hello, Bob');
    next.close();
    expect(isRunning(child.pid as number)).toBe(true);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends in order at %s', async (signal) => {
    const { child, exited, directory } = await startStandalone();
    expect(socketsIn(directory)).toHaveLength(1);
    child.kill(signal);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(socketsIn(directory)).toEqual([]);
  });
});
