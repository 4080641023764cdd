import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';
import type { Steps } from './steps.ts';

/** A clock on which each step takes longer than a turn lasts, or no time at all. */
function clock(stepMs: number) {
  let time = 0;
  return () => {
    time += stepMs;
    return time;
  };
}

function* stepsOf(count: number, onStep: (step: number) => void): Steps<string> {
  for (let step = 0; step < count; step++) {
    onStep(step);
    yield;
  }
  return 'done';
}

const goOn = () => {};

test('everything else goes on between long steps, and each of several has a turn of its own', async () => {
  const seen: string[] = [];
  let isDone = false;
  const watch = () => {
    seen.push('|');
    if (!isDone) {
      setImmediate(watch);
    }
  };
  setImmediate(watch);
  const works = ['a', 'b', 'c'].map((name) =>
    inTurns(
      stepsOf(3, (step) => seen.push(`${name}${step}`)),
      goOn,
      clock(1000),
    ),
  );
  expect(await Promise.all(works)).toEqual(['done', 'done', 'done']);
  isDone = true;
  const turns = seen
    .join(' ')
    .split('|')
    .map((turn) => turn.trim());
  expect(turns.filter((turn) => turn !== '')).toEqual(['a0 b0 c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
});

test('short work is done at once', async () => {
  const seen: string[] = [];
  setImmediate(() => seen.push('something else'));
  expect(
    await inTurns(
      stepsOf(1000, () => {}),
      goOn,
      clock(0),
    ),
  ).toBe('done');
  expect(seen).toEqual([]);
});

test('ends between two steps with the reason to stop', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const steps = stepsOf(1000, (step) => {
    seen.push(step);
    controller.abort(new Error('gone'));
  });
  const work = inTurns(steps, () => controller.signal.throwIfAborted(), clock(1000));
  await expect(work).rejects.toThrow('gone');
  expect(seen).toEqual([0]);
});

test('lets the steps give back what they hold, however it ends', async () => {
  const seen: string[] = [];
  function* holding(count: number): Steps<string> {
    try {
      return yield* stepsOf(count, () => {});
    } finally {
      seen.push('given back');
    }
  }
  const stop = () => {
    throw new Error('gone');
  };
  await expect(inTurns(holding(2), stop, clock(1000))).rejects.toThrow('gone');
  expect(seen).toEqual(['given back']);
  expect(await inTurns(holding(2), goOn, clock(1000))).toBe('done');
  expect(seen).toEqual(['given back', 'given back']);
});

test('fails where a step fails', async () => {
  const steps = stepsOf(2, (step) => {
    if (step === 1) {
      throw new Error('broken');
    }
  });
  await expect(inTurns(steps, goOn, clock(1000))).rejects.toThrow('broken');
});
