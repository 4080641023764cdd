import { describe, expect, test } from 'vitest';
import { QueryQueue } from './queue.ts';

const never = new AbortController().signal;

describe('QueryQueue', () => {
  test('runs as many at once as there are slots, and the next when one ends', async () => {
    const { queue, start, end, started } = harness({ slots: 2, slotsPerSource: 2, waiting: 9 });
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

  test('lets another data source pass one that has its share', async () => {
    const { start, end, running } = harness({ slots: 3, slotsPerSource: 1, waiting: 9 });
    const all = [start('slow'), start('slow'), start('other')];
    await tick();
    expect(running()).toEqual(['slow', 'other']);
    for (const i of [0, 2]) {
      end(i);
    }
    await tick();
    end(1);
    await Promise.all(all);
  });

  test('refuses one more than may wait, and disturbs nobody by it', async () => {
    const { start, end, queue } = harness({ slots: 1, slotsPerSource: 1, waiting: 1 });
    const all = [start('a'), start('a')];
    await expect(start('b')).rejects.toMatchObject({ code: 'too_many_queries' });
    end(0);
    await tick();
    end(1);
    await Promise.all(all);
    expect(queue.running).toBe(0);
  });

  test('forgets a query whose caller has gone away while it waited', async () => {
    const { queue, start, end } = harness({ slots: 1, slotsPerSource: 1, waiting: 9 });
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
    const { queue } = harness({ slots: 1, slotsPerSource: 1, waiting: 0 });
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
  return { queue, start, end: (i: number) => ends[i]?.(), started: () => started, running: () => running };
}

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
