import { expect, test, vi } from 'vitest';
import { createLogger } from '../hclog.ts';
import { type Ending, end } from './end.ts';

function create() {
  const order: string[] = [];
  const lines: string[] = [];
  const logger = createLogger({ name: 'test', write: (line) => lines.push(line) });
  const serving = { stop: async (limitMs: number) => void order.push(`stop ${limitMs}`) };
  return { order, lines, logger, serving };
}

test('end() lets calls end before it lets the plugin close what they use', async () => {
  const { order, logger, serving } = create();
  const code = await end('shutdown', serving, logger, async () => void order.push('onShutdown'));
  expect([code, order]).toEqual([0, ['stop 1000', 'onShutdown']]);
});

test.each<Ending>(['shutdown', 'signal', 'host gone'])(
  'end() takes less than the two seconds that a host waits, whatever the plugin does: %s',
  async (ending) => {
    vi.useFakeTimers();
    const { lines, logger } = create();
    const startMs = Date.now();
    const serving = { stop: (limitMs: number) => new Promise<void>((resolve) => setTimeout(resolve, limitMs)) };
    const code = end(ending, serving, logger, () => new Promise(() => undefined));
    await vi.runAllTimersAsync();
    expect(await code).toBe(1);
    expect(Date.now() - startMs).toBeLessThanOrEqual(1500);
    expect(lines.at(-1)).toContain('took more than');
    vi.useRealTimers();
  },
);

test.each([
  ['rejects', () => Promise.reject(new Error('database is busy'))],
  [
    'throws',
    () => {
      throw new Error('database is busy');
    },
  ],
])('end() says so, and answers 1, where onShutdown %s', async (_, onShutdown) => {
  const { lines, logger, serving } = create();
  expect(await end('shutdown', serving, logger, onShutdown)).toBe(1);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ '@level': 'error', error: 'database is busy' });
});
