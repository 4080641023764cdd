import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type HostWatch, watchHost } from './watch-host.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(given: Partial<HostWatch>) {
  const onGone = vi.fn();
  const { stop } = watchHost(
    { hostId: 7, parentId: () => 7, exists: () => true, platform: 'linux', intervalMs: 500, ...given },
    onGone,
  );
  return { onGone, stop };
}

describe('watchHost()', () => {
  test('is silent while the parent stays the same', () => {
    const { onGone } = watch({});
    vi.advanceTimersByTime(60_000);
    expect(onGone).not.toHaveBeenCalled();
  });

  test('calls back once when the system gives the orphan a new parent', () => {
    let parent = 7;
    const { onGone } = watch({ parentId: () => parent });
    vi.advanceTimersByTime(1000);
    parent = 1;
    vi.advanceTimersByTime(500);
    expect(onGone).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  test('knows any new parent, since containers and sessions have their own reapers', () => {
    const { onGone } = watch({ parentId: () => 1234 });
    vi.advanceTimersByTime(500);
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  test('asks on Windows whether the parent still exists, whose id never changes there', () => {
    let exists = true;
    const { onGone } = watch({ platform: 'win32', exists: (id) => id === 7 && exists });
    vi.advanceTimersByTime(1000);
    expect(onGone).not.toHaveBeenCalled();
    exists = false;
    vi.advanceTimersByTime(500);
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  test('does not watch a host that is process 1: it cannot go alone', () => {
    const { onGone } = watch({ hostId: 1, parentId: () => 2, exists: () => false, platform: 'win32' });
    vi.advanceTimersByTime(5000);
    expect(onGone).not.toHaveBeenCalled();
  });

  test('is silent after it was stopped', () => {
    const { onGone, stop } = watch({ parentId: () => 1 });
    stop();
    vi.advanceTimersByTime(5000);
    expect(onGone).not.toHaveBeenCalled();
  });
});
