import { expect, test, vi } from 'vitest';
import { withLastAnswer } from './completion-source.ts';

const { signal } = new AbortController();

test('the same question in a row is asked once, another one and a late one again', async () => {
  let nowMs = 0;
  const ask = vi.fn(async () => ({ items: [], incomplete: false }));
  const asking = withLastAnswer(ask, () => nowMs);
  await asking({ rawSql: 'SELECT ', position: 7 }, signal);
  await asking({ rawSql: 'SELECT ', position: 7 }, signal);
  expect(ask).toHaveBeenCalledTimes(1);
  await asking({ rawSql: 'SELECT ', position: 6 }, signal);
  expect(ask).toHaveBeenCalledTimes(2);
  nowMs = 10_000;
  await asking({ rawSql: 'SELECT ', position: 6 }, signal);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('a failure is not remembered', async () => {
  const ask = vi.fn(async () => ({ items: [], incomplete: false })).mockRejectedValueOnce(new Error('gone'));
  const asking = withLastAnswer(ask);
  await expect(asking({ rawSql: '', position: 0 }, signal)).rejects.toThrow('gone');
  expect(await asking({ rawSql: '', position: 0 }, signal)).toEqual({ items: [], incomplete: false });
});
