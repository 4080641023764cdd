import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryWatch } from './memory-watch.ts';
import { RunningQueries, type RunningQuery } from './running.ts';
import { Watchdog } from './watchdog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Watchdog', () => {
  test('writes of a slow query after 5, 10 and 20 seconds and once at its end, with its progress', async () => {
    const { start, lines } = harness();
    const query = start('SELECT 1');
    query.probe = { progress: () => ({ fraction: 0.256, rows: 12 }) };
    await vi.advanceTimersByTimeAsync(21_000);
    start('SELECT 2');
    query.end();
    await vi.advanceTimersByTimeAsync(1000);
    const slow = { statement: 'e004ebd5b553', dataSource: 'uid', percent: 26, rows: 12 };
    expect(lines).toEqual([
      ['info', 'A query takes long', { ...slow, seconds: 5 }],
      ['info', 'A query takes long', { ...slow, seconds: 10 }],
      ['info', 'A query takes long', { ...slow, seconds: 20 }],
      ['info', 'A slow query has ended', { ...slow, seconds: 21 }],
    ]);
  });

  test('writes nothing of quick queries, and has no timer when nothing runs', async () => {
    const { start, lines } = harness();
    const query = start('SELECT 1');
    await vi.advanceTimersByTimeAsync(4000);
    expect(vi.getTimerCount()).toBe(1);
    query.end();
    await vi.advanceTimersByTimeAsync(400);
    expect([lines, vi.getTimerCount()]).toEqual([[], 0]);
    start('SELECT 2');
    expect(vi.getTimerCount()).toBe(1);
  });

  test('says once that nothing stops a statement', async () => {
    const { start, messages } = harness();
    start('SELECT 1').abort();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(messages('warn')).toEqual(['A statement was told to end, and nothing stops it']);
  });

  test('past the ceiling it stops the newest query, whose caller hears why, and no other when memory falls', async () => {
    const { start, stopped, memory } = harness();
    start('SELECT 1');
    start('SELECT 2');
    memory.bytes = 110 * 2 ** 20;
    await vi.advanceTimersByTimeAsync(200);
    memory.bytes = 0;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stopped).toEqual([
      [
        'SELECT 2',
        'memory_exceeded',
        'The query was stopped: the plugin has 110 MiB of memory, past its ceiling of 100 MiB',
      ],
    ]);
  });

  test('then all, those too that come later, and then ends the process, even with nothing left to stop', async () => {
    const { start, stopped, memory, exit, messages } = harness();
    start('SELECT 1').end();
    start('SELECT 2');
    start('SELECT 3');
    memory.bytes = 110 * 2 ** 20;
    await vi.advanceTimersByTimeAsync(2000);
    start('SELECT 4');
    await vi.advanceTimersByTimeAsync(200);
    expect(stopped.map(([sql]) => sql)).toEqual(['SELECT 3', 'SELECT 2', 'SELECT 4']);
    expect(exit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(4000);
    expect(exit).toHaveBeenCalledOnce();
    expect(messages('error')).toEqual(['Memory stays past its ceiling: the process ends, so that a fresh one starts']);
  });

  test('looks that nothing stops hold no query’s slot', async () => {
    const { start, exit } = harness({ slots: 1 });
    start('SELECT 1', true).abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(exit).not.toHaveBeenCalled();
  });

  test('ends the process when statements that nothing stops hold every slot', async () => {
    const { start, exit } = harness({ slots: 2 });
    start('SELECT 1').abort();
    const second = start('SELECT 2');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(exit).not.toHaveBeenCalled();
    second.abort();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(exit).toHaveBeenCalledOnce();
  });
});

/** A hundred mebibytes are the ceiling; what is stopped ends at once. */
function harness({ slots = 16 } = {}) {
  const lines: [level: string, message: string, fields: unknown][] = [];
  const write = (level: string) => (message: string, fields?: unknown) => void lines.push([level, message, fields]);
  const stopped: unknown[][] = [];
  const memory = { bytes: 0 };
  const exit = vi.fn();
  const running: RunningQueries = new RunningQueries(Date.now, () => watchdog.wake());
  const watchdog = new Watchdog({
    running,
    slots,
    memory: new MemoryWatch(100 * 2 ** 20),
    logger: { info: write('info'), warn: write('warn'), error: write('error') },
    now: Date.now,
    residentBytes: () => memory.bytes,
    exit,
  });
  const start = (sql: string, isLook = false) => {
    const controller = new AbortController();
    const work = Promise.withResolvers<void>();
    const stop = (reason: Error & { code?: unknown }) => {
      stopped.push([sql, reason.code, reason.message]);
      work.resolve();
    };
    let started: RunningQuery | undefined;
    void running.run({ source: 'a', sourceUid: 'uid', sql, isLook, signal: controller.signal, stop }, (query) => {
      started = query;
      return work.promise;
    });
    return Object.assign(started as RunningQuery, { end: work.resolve, abort: () => controller.abort() });
  };
  const messages = (level: string) => lines.filter(([of]) => of === level).map(([, message]) => message);
  return { start, lines, messages, stopped, memory, exit };
}
