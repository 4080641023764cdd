import { describe, expect, test, vi } from 'vitest';
import { withDeadline } from './deadline.ts';

const never = new AbortController().signal;

describe('withDeadline()', () => {
  test('answers with what the work found', async () => {
    await expect(withDeadline('the query', 1000, never, async () => 7)).resolves.toBe(7);
  });

  test('passes on what the work throws', async () => {
    await expect(withDeadline('the query', 1000, never, () => Promise.reject(new Error('bad')))).rejects.toThrow('bad');
  });

  test('answers in time although the work goes on', async () => {
    vi.useFakeTimers();
    try {
      const answer = withDeadline('the query', 5000, never, () => new Promise(() => {}), 'Aggregate more');
      const seen = expect(answer).rejects.toMatchObject({
        code: 'timeout',
        message: 'Cancelled: the query took longer than 5 s',
        hint: 'Aggregate more',
      });
      await vi.advanceTimersByTimeAsync(5000);
      await seen;
    } finally {
      vi.useRealTimers();
    }
  });

  test('tells the work when the caller goes away', async () => {
    const caller = new AbortController();
    let told: AbortSignal | undefined;
    const answer = withDeadline('the query', 1000, caller.signal, (signal) => {
      told = signal;
      return new Promise(() => {});
    });
    caller.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(told?.aborted).toBe(true);
  });

  test('answers with another reason as soon as the work is stopped for it', async () => {
    const answer = withDeadline('the query', 1000, never, (signal, stop) => {
      stop(new Error('memory'));
      expect(signal.aborted).toBe(true);
      return new Promise(() => {});
    });
    await expect(answer).rejects.toThrow('memory');
  });

  test('starts nothing for a caller who has gone away already', async () => {
    const work = vi.fn();
    await expect(withDeadline('the query', 1000, AbortSignal.abort(), work)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(work).not.toHaveBeenCalled();
  });
});
