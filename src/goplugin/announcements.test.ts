import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Announcements } from './announcements.ts';

const address = { network: 'unix', address: '/run/a' } as const;
const other = { network: 'tcp', address: '127.0.0.1:1' } as const;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('Announcements', () => {
  test('give a dial what was announced before it', async () => {
    const announcements = new Announcements();
    announcements.add(1, address);
    announcements.add(2, other);
    await expect(announcements.take(1)).resolves.toEqual(address);
    await expect(announcements.take(2)).resolves.toEqual(other);
  });

  test('let a dial wait for what is announced after it', async () => {
    const announcements = new Announcements();
    const taken = announcements.take(1);
    vi.advanceTimersByTime(4999);
    announcements.add(1, address);
    await expect(taken).resolves.toEqual(address);
  });

  test('end a wait after five seconds', async () => {
    const announcements = new Announcements();
    const taken = announcements.take(7);
    vi.advanceTimersByTime(5000);
    await expect(taken).rejects.toMatchObject({
      code: 'broker',
      message: 'Cannot dial the brokered connection 7: the other side has not announced it within 5000 ms',
    });
  });

  test('forget after five seconds what no dial asks for', async () => {
    const announcements = new Announcements();
    announcements.add(1, address);
    vi.advanceTimersByTime(5000);
    const taken = announcements.take(1);
    vi.advanceTimersByTime(5000);
    await expect(taken).rejects.toMatchObject({ code: 'broker' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('serve one dial each', async () => {
    const announcements = new Announcements();
    announcements.add(1, address);
    await announcements.take(1);
    const again = announcements.take(1);
    announcements.add(1, other);
    await expect(again).resolves.toEqual(other);
  });

  test('keep the first of two for the same id', async () => {
    const announcements = new Announcements();
    announcements.add(1, address);
    announcements.add(1, other);
    await expect(announcements.take(1)).resolves.toEqual(address);
  });

  test('refuse a second dial while the first one waits', async () => {
    const announcements = new Announcements();
    const first = announcements.take(1);
    await expect(announcements.take(1)).rejects.toMatchObject({
      code: 'broker',
      message: expect.stringContaining('another dial waits for it already'),
    });
    announcements.add(1, address);
    await expect(first).resolves.toEqual(address);
  });

  test('end a wait at its signal, and leave the next dial alone', async () => {
    const announcements = new Announcements();
    const caller = new AbortController();
    const taken = announcements.take(1, caller.signal);
    caller.abort(new Error('enough'));
    await expect(taken).rejects.toMatchObject({ code: 'aborted', cause: new Error('enough') });
    await expect(announcements.take(1, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    const next = announcements.take(1);
    announcements.add(1, address);
    await expect(next).resolves.toEqual(address);
  });

  test('give nothing to a dial that was given up before, and keep it for the next', async () => {
    const announcements = new Announcements();
    announcements.add(1, address);
    await expect(announcements.take(1, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    await expect(announcements.take(1)).resolves.toEqual(address);
  });

  test('end every wait when they are closed, and take nothing more', async () => {
    const announcements = new Announcements();
    const taken = announcements.take(1);
    announcements.close();
    await expect(taken).rejects.toMatchObject({ code: 'broker', message: expect.stringContaining('is closed') });
    await expect(announcements.take(1)).rejects.toMatchObject({ code: 'broker' });
    announcements.add(2, address);
    expect(vi.getTimerCount()).toBe(0);
  });
});
