import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useLoaded } from './use-loaded.ts';

test('what is tried again is under way until it answers, and ends when nobody waits any more', async () => {
  const signals: AbortSignal[] = [];
  const load = (signal: AbortSignal) => {
    signals.push(signal);
    return signals.length === 1 ? Promise.reject(new Error('gone')) : new Promise<never>(() => {});
  };
  render(<Waiting load={load} />);
  fireEvent.click(await screen.findByRole('button', { name: 'gone' }));
  expect(await screen.findByText('Under way')).toBeDefined();
  cleanup();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

function Waiting({ load }: { readonly load: (signal: AbortSignal) => Promise<never> }) {
  const loaded = useLoaded(load);
  return loaded.state === 'failed' ? (
    <button type="button" onClick={loaded.retry}>
      {loaded.error.message}
    </button>
  ) : (
    <p>Under way</p>
  );
}
