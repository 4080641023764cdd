import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLatest } from './latest.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('of many inputs in a row the last alone is asked, after a pause', async () => {
  const answer = vi.fn(async (input: string) => input.toUpperCase());
  const latest = createLatest(500, answer);
  const first = latest.ask('a');
  await vi.advanceTimersByTimeAsync(499);
  const second = latest.ask('ab');
  await vi.advanceTimersByTimeAsync(500);
  expect(await Promise.all([first, second])).toEqual([undefined, 'AB']);
  expect(answer.mock.calls.map(([input]) => input)).toEqual(['ab']);
});

test('an answer that comes after the next input is asked counts no more, and its signal is aborted', async () => {
  const signals: AbortSignal[] = [];
  const answers: ((text: string) => void)[] = [];
  const latest = createLatest(0, (_: string, signal) => {
    signals.push(signal);
    return new Promise<string>((resolve) => answers.push(resolve));
  });
  const first = latest.ask('a');
  await vi.advanceTimersByTimeAsync(0);
  const second = latest.ask('b');
  await vi.advanceTimersByTimeAsync(0);
  answers[1]?.('new');
  answers[0]?.('old');
  expect(await Promise.all([first, second])).toEqual([undefined, 'new']);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});

test('a failure is thrown, but not that of an input that counts no more', async () => {
  const latest = createLatest(
    0,
    (input: string, signal) =>
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        if (input === 'bad') {
          reject(new Error('gone'));
        }
      }),
  );
  const first = latest.ask('slow');
  await vi.advanceTimersByTimeAsync(0);
  const second = latest.ask('bad').catch((error: unknown) => String(error));
  await vi.advanceTimersByTimeAsync(0);
  expect(await Promise.all([first, second])).toEqual([undefined, 'Error: gone']);
});

test('stop() lets go of what waits', async () => {
  const answer = vi.fn(async () => 1);
  const latest = createLatest(500, answer);
  const asked = latest.ask(undefined);
  latest.stop();
  expect(await asked).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1000);
  expect(answer).not.toHaveBeenCalled();
});
