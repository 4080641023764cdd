import { describe, expect, test } from 'vitest';
import { QueryQueue } from './queue.ts';

const never = new AbortController().signal;
const usual = { slots: 16, waiting: 256, waitingPerSource: 64 };

describe('QueryQueue', () => {
  test('runs as many at once as there are slots, and the next when one ends', async () => {
    const { queue, start, end, started } = harness({ slots: 4, waiting: 9, waitingPerSource: 9 });
    const all = [start('a'), start('a'), start('a')];
    await tick();
    expect(started()).toBe(2);
    expect(queue.waiting).toBe(1);
    end(0);
    await all[0];
    await tick();
    expect(started()).toBe(3);
    end(1);
    end(2);
    await Promise.all(all);
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  test.each([
    [1, [1]],
    [2, [1, 1]],
    [3, [2, 1]],
    [16, [8, 4, 2, 1, 1]],
    [64, [32, 16, 8, 4, 2, 1, 1]],
  ])('of %i slots, greedy data sources that come one after the other get %j', async (slots, shares) => {
    const { start, running } = harness({ slots, waiting: 1000, waitingPerSource: 64 });
    const sources = shares.map((_, i) => `source ${i}`);
    for (const source of [...sources, 'too late']) {
      for (let i = 0; i < 64; i++) {
        void start(source);
      }
    }
    await tick();
    const count = (source: string) => running().filter((name) => name === source).length;
    expect(sources.map(count)).toEqual(shares);
    expect(count('too late')).toBe(0);
  });

  test('two data sources with 64 slow queries each keep no third from starting at once', async () => {
    const { start, running } = harness(usual);
    for (let i = 0; i < 64; i++) {
      void start('slow');
      void start('slower');
    }
    void start('quick');
    await tick();
    expect(running()).toContain('quick');
    expect(running().length).toBeLessThan(16);
  });

  test('gives back slots to whoever has the fewest, until greedy neighbours have as many and some are free', async () => {
    const { start, end, queue, running } = harness(usual);
    for (let i = 0; i < 64; i++) {
      void start('first');
    }
    for (let i = 0; i < 64; i++) {
      void start('second');
    }
    await tick();
    expect([running().length, queue.running]).toEqual([12, 12]);
    for (const i of [0, 1, 2, 3]) {
      end(i);
      await tick();
    }
    // From 8 and 4 to 5 and 6; 5 are free.
    expect(running().slice(12)).toEqual(['second', 'first', 'second']);
    expect(queue.running).toBe(11);
  });

  test('lets data sources take turns where each has as many as the others', async () => {
    const { start, end, running } = harness({ slots: 1, waiting: 99, waitingPerSource: 9 });
    for (const source of ['a', 'a', 'a', 'b', 'b', 'c']) {
      void start(source);
    }
    // In the order in which they start.
    for (const i of [0, 1, 3, 5, 2]) {
      await tick();
      end(i);
    }
    await tick();
    expect(running()).toEqual(['a', 'a', 'b', 'c', 'a', 'b']);
  });

  test('refuses one more than may wait of one data source, and lets others wait', async () => {
    const { start, end, queue } = harness({ slots: 1, waiting: 9, waitingPerSource: 1 });
    const all = [start('a'), start('a')];
    await expect(start('a')).rejects.toMatchObject({
      code: 'too_many_queries',
      message: 'Cannot run the query: the waiting room is full, with 1 of this data source and 1 in all',
    });
    all.push(start('b'));
    for (const i of [0, 1, 3]) {
      end(i);
      await tick();
    }
    await Promise.all(all);
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  test('keeps places to wait for those who come next', async () => {
    const { start, queue } = harness({ slots: 1, waiting: 8, waitingPerSource: 64 });
    const ask = (source: string) =>
      Promise.allSettled(Array.from({ length: 9 }, () => Promise.race([start(source), tick()])));
    const refused = async (source: string) => (await ask(source)).filter(({ status }) => status === 'rejected').length;
    void start('busy');
    expect([await refused('a'), await refused('b'), await refused('c')]).toEqual([5, 7, 8]);
    expect(queue.waiting).toBe(7);
  });

  test('forgets a query whose caller has gone away while it waited', async () => {
    const { queue, start, end } = harness({ slots: 1, waiting: 9, waitingPerSource: 9 });
    const first = start('a');
    const controller = new AbortController();
    const gone = queue.run('a', controller.signal, async () => 'never');
    controller.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    expect(queue.waiting).toBe(0);
    end(0);
    await first;
    await expect(queue.run('a', never, async () => 'next')).resolves.toBe('next');
  });

  test('gives the slot back when the work fails', async () => {
    const { queue } = harness({ slots: 1, waiting: 0, waitingPerSource: 0 });
    await expect(queue.run('a', never, () => Promise.reject(new Error('bad')))).rejects.toThrow('bad');
    await expect(queue.run('a', never, async () => 1)).resolves.toBe(1);
  });
});

function harness(limits: ConstructorParameters<typeof QueryQueue>[0]) {
  const queue = new QueryQueue(limits);
  const ends: Array<() => void> = [];
  const running: string[] = [];
  let started = 0;
  const start = (source: string) => {
    const work = Promise.withResolvers<void>();
    ends.push(work.resolve);
    return queue.run(source, never, () => {
      started += 1;
      running.push(source);
      return work.promise;
    });
  };
  const end = (i: number) => ends[i]?.();
  return { queue, start, end, started: () => started, running: () => running };
}

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
