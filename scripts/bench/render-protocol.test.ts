import { describe, expect, test } from 'vitest';
import { type ProtocolFigures, renderProtocol } from './render-protocol.ts';

function figures(scale: number): ProtocolFigures {
  return {
    startMs: [10 * scale, 30 * scale, 20 * scale],
    unaryPerSecond: 1000 * scale,
    unary16PerSecond: 8000 * scale,
    messageMs: [200 * scale, 100 * scale],
    streamMs: [100 * scale],
  };
}

describe('renderProtocol()', () => {
  const text = renderProtocol([
    { host: 'go', plugin: 'go', figures: figures(1) },
    { host: 'go', plugin: 'typescript', figures: figures(3) },
    { host: 'go', plugin: 'typescript', figures: figures(2) },
  ]);

  test('has a column for each pair, and the ratio to Go on both sides', () => {
    expect(text).toContain('| | go → go | go → typescript |\n|---|---|---|\n');
    expect(text).toContain('| unary calls a second, one caller | 1,000 | 2,500 (2.50) |');
  });

  test('takes the median over all runs of a pair', () => {
    expect(text).toContain('| start to the first good health check, ms | 20.0 | 50.0 (2.50) |');
    expect(text).toContain('| 64 MiB in one message, ms | 150 | 350 (2.33) |');
  });
});
