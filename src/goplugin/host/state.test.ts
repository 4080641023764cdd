import { describe, expect, test } from 'vitest';
import { GoPluginError } from '../errors.ts';
import { type ClientState, Lifecycle } from './state.ts';

const facts = { processId: 7, protocolVersion: 2, network: 'unix', address: '/tmp/plugin1' } as const;
const exit = { code: 0, signal: null };
const handshaking = { kind: 'handshaking', processId: 7 } as const;
const ready = { kind: 'ready', ...facts } as const;
const draining = { kind: 'draining', ...facts } as const;

function walk(length: number, onChange?: (state: ClientState) => void): Lifecycle {
  const lifecycle = new Lifecycle(onChange);
  const steps = [
    () => lifecycle.move('launching', handshaking),
    () => lifecycle.move('handshaking', ready),
    () => lifecycle.move('ready', draining),
    () => lifecycle.exit(exit),
  ];
  for (const step of steps.slice(0, length)) {
    step();
  }
  return lifecycle;
}

describe('Lifecycle', () => {
  test('goes from launching to exited, and tells of each state once, soon after', async () => {
    const told: ClientState[] = [];
    const lifecycle = walk(4, (state) => told.push(state));
    expect(lifecycle.state).toEqual({ kind: 'exited', exit });
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told).toEqual([handshaking, ready, draining, { kind: 'exited', exit }]);
  });

  test.each([0, 1, 2, 3])('can exit from every state: %i', (length) => {
    const error = new GoPluginError('exited', 'it ended');
    const lifecycle = walk(length);
    lifecycle.exit(exit, error);
    expect(lifecycle.state).toEqual({ kind: 'exited', exit, error });
  });

  test('exits once', () => {
    const lifecycle = walk(4);
    lifecycle.exit({ code: 1, signal: null }, new GoPluginError('exited', 'again'));
    expect(lifecycle.state).toEqual({ kind: 'exited', exit });
  });

  test.each([0, 1, 3, 4])('refuses a step from where it is not: %i', (length) => {
    const lifecycle = walk(length);
    const before = lifecycle.state;
    expect(() => lifecycle.move('ready', draining)).toThrow(
      `Cannot go from ready to draining: the state is ${before.kind}`,
    );
    expect(lifecycle.state).toBe(before);
  });

  test('knows no step that leaves out another', () => {
    const lifecycle = walk(0);
    // @ts-expect-error: a plugin shakes hands before it is ready.
    expect(() => lifecycle.move('handshaking', draining)).toThrow();
    // @ts-expect-error: nothing comes after the end.
    expect(() => lifecycle.move('exited', ready)).toThrow();
  });
});
