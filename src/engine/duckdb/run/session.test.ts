import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Bindings, Connection } from '../bindings.ts';
import { Session } from './session.ts';

/** Bindings that only count: what matters is when they are called. */
function counting() {
  const calls = { interrupt: 0, closed: [] as boolean[] };
  const bindings = {
    interrupt: () => calls.interrupt++,
  } as unknown as Bindings;
  return { calls, bindings };
}

const open = (bindings: Bindings, signal: AbortSignal, onClose = (_: boolean) => {}) =>
  new Session(bindings, {} as Connection, signal, onClose);

describe('Session', () => {
  test('interrupts again and again until the call returns: DuckDB forgets one that comes before its statement starts', async () => {
    const { calls, bindings } = counting();
    const controller = new AbortController();
    const session = open(bindings, controller.signal);
    let finish = () => {};
    const running = session.run(() => new Promise<void>((resolve) => (finish = resolve)));
    controller.abort();
    expect(calls.interrupt).toBe(1);
    while (calls.interrupt < 4) {
      await sleep(1);
    }
    finish();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    const counted = calls.interrupt;
    // Longer than the time between two interrupts.
    await sleep(60);
    expect(calls.interrupt).toBe(counted);
  });

  test('does not start a call after its signal', async () => {
    const { bindings } = counting();
    const controller = new AbortController();
    const session = open(bindings, controller.signal);
    controller.abort();
    let isStarted = false;
    const running = session.run(async () => {
      isStarted = true;
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(isStarted).toBe(false);
  });

  test('keeps the reason of the abort as the cause', async () => {
    const { bindings } = counting();
    const controller = new AbortController();
    const session = open(bindings, controller.signal);
    const reason = new Error('timed out');
    controller.abort(reason);
    await expect(session.run(async () => 1)).rejects.toMatchObject({ cause: reason });
  });

  test('closes once, and forgets who wanted to hear of the abort', async () => {
    const { calls, bindings } = counting();
    const controller = new AbortController();
    const session = open(bindings, controller.signal, (isClean) => calls.closed.push(isClean));
    let heard = 0;
    session.onAbort(() => heard++);
    session.close();
    session.close();
    session.finish();
    controller.abort();
    expect([calls.closed, heard, calls.interrupt]).toEqual([[false], 0, 0]);
  });

  test('is clean when it has finished, and neither was interrupted nor is cancelled', () => {
    const { calls, bindings } = counting();
    const onClose = (isClean: boolean) => calls.closed.push(isClean);
    open(bindings, new AbortController().signal, onClose).finish();
    open(bindings, AbortSignal.abort(), onClose).finish();
    const interrupted = open(bindings, new AbortController().signal, onClose);
    interrupted.interrupt();
    interrupted.finish();
    expect(calls.closed).toEqual([true, false, false]);
  });
});
