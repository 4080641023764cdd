import { expect, test, vi } from 'vitest';
import { Once } from './once.ts';

test('Once reads nothing before it is needed, and then once for all who wait', async () => {
  const read = vi.fn(async () => ['a name']);
  const names = new Once(read);
  expect(read).not.toHaveBeenCalled();
  const [first, second] = await Promise.all([names.get(), names.get()]);
  expect(second).toBe(first);
  expect(await names.get()).toBe(first);
  expect(read).toHaveBeenCalledTimes(1);
});

test('Once forgets a failure, of which all who waited for it are told', async () => {
  const read = vi.fn(async () => 'at the second attempt').mockRejectedValueOnce(new Error('Interrupted'));
  const names = new Once(read);
  const outcomes = await Promise.allSettled([names.get(), names.get()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await names.get()).toBe('at the second attempt');
  expect(read).toHaveBeenCalledTimes(2);
});

test('Once tells the reading to stop when the last who waited has gone, and reads again for the next', async () => {
  const stops: AbortSignal[] = [];
  const read = vi.fn((signal: AbortSignal) => {
    stops.push(signal);
    return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  });
  const names = new Once(read);
  const callers = [new AbortController(), new AbortController()] as const;
  const [first, second] = callers.map(({ signal }) => names.get(signal));
  callers[0].abort(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  expect(stops[0]?.aborted).toBe(false);
  callers[1].abort(new Error('gone'));
  read.mockResolvedValueOnce('anew');
  const third = names.get();
  await expect(second).rejects.toThrow('stopped');
  expect(stops[0]?.aborted).toBe(true);
  expect(await third).toBe('anew');
});

test('Once answers who is still there, and keeps it, when others have gone', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const names = new Once(() => promise);
  const caller = new AbortController();
  const gone = names.get(caller.signal);
  const waiting = names.get(new AbortController().signal);
  caller.abort(new Error('gone'));
  resolve('a name');
  await expect(gone).rejects.toThrow('gone');
  expect(await waiting).toBe('a name');
  await expect(names.get(AbortSignal.abort(new Error('gone already')))).rejects.toThrow('gone already');
  expect(await names.get()).toBe('a name');
});
