import { expect, test } from 'vitest';
import type { Steps } from '../query/steps.ts';
import { inTurns } from './in-turns.ts';

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

const { signal } = new AbortController();

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
      signal,
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
      signal,
      clock(0),
    ),
  ).toBe('done');
  expect(seen).toEqual([]);
});

test('ends with the reason where the signal aborts', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const steps = stepsOf(1000, (step) => {
    seen.push(step);
    controller.abort(new Error('gone'));
  });
  await expect(inTurns(steps, controller.signal, clock(1000))).rejects.toThrow('gone');
  expect(seen).toEqual([0]);
});

test('fails where a step fails', async () => {
  const steps = stepsOf(2, (step) => {
    if (step === 1) {
      throw new Error('broken');
    }
  });
  await expect(inTurns(steps, signal, clock(1000))).rejects.toThrow('broken');
});
