import { expect, test } from 'vitest';
import { renderBench } from './render.ts';

test('renderBench() says on what it ran, and leaves out what was not measured', () => {
  const text = renderBench({
    machine: { node: 'v26.0.0', go: 'go1.26', processor: '2 × a processor', loadBefore: 0.25 },
  });
  expect(text).toContain('2 × a processor; Node v26.0.0, go1.26; load before the run 0.3.');
  expect(text).not.toContain('##');
});
