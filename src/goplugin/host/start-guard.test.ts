import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GoPluginError } from '../errors.ts';
import { StartGuard } from './start-guard.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => undefined);

describe('StartGuard', () => {
  test('gives what a step gives', async () => {
    const guard = new StartGuard({ limitMs: 1000, signals: [] });
    expect(await guard.wait('a step', Promise.resolve(42))).toBe(42);
    await expect(guard.wait('a step', Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    guard.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('names the step that did not come in time', async () => {
    const guard = new StartGuard({ limitMs: 1000, signals: [] });
    await guard.wait('the first step', Promise.resolve());
    const second = guard.wait('the second step', never);
    vi.advanceTimersByTime(1000);
    await expect(second).rejects.toMatchObject({
      code: 'timeout',
      message: 'the second step has not come within 1000 ms',
    });
    expect(guard.signal.aborted).toBe(true);
  });

  test.each([0, 1])('heeds each of its signals: %i', async (index) => {
    const callers = [new AbortController(), new AbortController()];
    const guard = new StartGuard({ limitMs: 1000, signals: [undefined, ...callers.map(({ signal }) => signal)] });
    const step = guard.wait('a step', never);
    callers[index]?.abort(new Error('no time'));
    await expect(step).rejects.toMatchObject({ code: 'aborted', cause: { message: 'no time' } });
    guard.stop();
  });

  test('lets no step begin that comes after the failure, even one that is done', async () => {
    const guard = new StartGuard({ limitMs: 1000, signals: [AbortSignal.abort()] });
    await expect(guard.wait('a step', Promise.resolve(42))).rejects.toMatchObject({ code: 'aborted' });
    expect(() => guard.signal.throwIfAborted()).toThrow(expect.objectContaining({ code: 'aborted' }));
    guard.stop();
  });

  test('keeps the first reason', async () => {
    const guard = new StartGuard({ limitMs: 1000, signals: [] });
    guard.fail(new GoPluginError('exited', 'it ended'));
    vi.advanceTimersByTime(1000);
    await expect(guard.failure).rejects.toMatchObject({ code: 'exited' });
    expect(guard.signal.reason).toMatchObject({ code: 'exited' });
  });
});
