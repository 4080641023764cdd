import { describe, expect, test } from 'vitest';
import { type QueryIdentity, RunningQueries } from './running.ts';

describe('RunningQueries', () => {
  test('holds a query until its work has ended, well or not', async () => {
    const running = new RunningQueries(() => 0);
    const work = Promise.withResolvers<number>();
    const answer = running.run(identity(), () => work.promise);
    expect(running.all.size).toBe(1);
    work.reject(new Error('bad'));
    await expect(answer).rejects.toThrow('bad');
    expect(running.all.size).toBe(0);
  });

  test('says that one has started', async () => {
    let started = 0;
    const running = new RunningQueries(
      () => 0,
      () => started++,
    );
    await running.run(identity(), async () => 1);
    expect(started).toBe(1);
  });

  test('counts a query as stuck ten seconds after it was told to end', () => {
    const { running, advance, start } = harness();
    const query = start('a');
    start('b');
    advance(60_000);
    expect(running.stuck()).toEqual([]);
    query.abort();
    advance(9_999);
    expect(running.stuck()).toEqual([]);
    advance(1);
    expect(running.stuck().map(({ source }) => source)).toEqual(['a']);
    expect([running.stuck('a').length, running.stuck('b').length]).toEqual([1, 0]);
  });

  test('knows a data source of which every query is stuck', () => {
    const { running, advance, start } = harness();
    const [first, second] = [start('a'), start('a')];
    start('b');
    first.abort();
    advance(10_000);
    expect(running.hasOnlyStuck('a')).toBe(false);
    second.abort();
    advance(10_000);
    expect(['a', 'b', 'c'].map((source) => running.hasOnlyStuck(source))).toEqual([true, false, false]);
  });

  test('counts a query that was told to end before its start from then on', () => {
    const { running, advance, start } = harness();
    start('a', AbortSignal.abort());
    advance(10_000);
    expect(running.stuck().length).toBe(1);
  });

  test('names a statement by twelve digits of its SHA-256', async () => {
    const running = new RunningQueries(() => 0);
    // printf 'SELECT 1' | sha256sum
    await expect(running.run(identity(), async ({ hash }) => hash)).resolves.toBe('e004ebd5b553');
  });
});

function identity(change: Partial<QueryIdentity> = {}): QueryIdentity {
  return {
    source: 'a',
    sourceUid: 'uid',
    sql: 'SELECT 1',
    signal: new AbortController().signal,
    stop: () => {},
    ...change,
  };
}

function harness() {
  let now = 0;
  const running = new RunningQueries(() => now);
  const start = (source: string, signal?: AbortSignal) => {
    const controller = new AbortController();
    void running.run(identity({ source, signal: signal ?? controller.signal }), () => new Promise(() => {}));
    return controller;
  };
  const advance = (ms: number) => {
    now += ms;
  };
  return { running, advance, start };
}
