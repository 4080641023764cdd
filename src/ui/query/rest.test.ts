import { expect, test, vi } from 'vitest';
import { ResourceError } from '../resources.ts';
import { withRest } from './rest.ts';

const codes = [0, 404, 429, 500, 502];

test.each(codes)(
  'a backend that is out of reach (%d) is left alone for a while, and asked again after it',
  async (status) => {
    const gone = new ResourceError({ code: 'unavailable', message: 'Not there' }, status);
    let nowMs = 0;
    const ask = vi.fn<() => Promise<string>>().mockRejectedValueOnce(gone).mockResolvedValue('back');
    const asking = withRest(ask, 5000, () => nowMs);
    await expect(asking()).rejects.toBe(gone);
    nowMs = 4999;
    await expect(asking()).rejects.toBe(gone);
    expect(ask).toHaveBeenCalledTimes(1);
    nowMs = 5000;
    expect(await asking()).toBe('back');
  },
);

test('an error of the question is no reason to rest', async () => {
  const ask = vi.fn(async (_: string) => {
    throw new ResourceError({ code: 'query_invalid', message: 'No SQL' }, 400);
  });
  const asking = withRest(ask, 5000, () => 0);
  await expect(asking('a')).rejects.toThrow('No SQL');
  await expect(asking('b')).rejects.toThrow('No SQL');
  expect(ask.mock.calls).toEqual([['a'], ['b']]);
});
