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
