import { describe, expect, test } from 'vitest';
import { parseBenchOptions } from './options.ts';

describe('parseBenchOptions()', () => {
  test('asks for everything in five passes unless told', () => {
    expect(parseBenchOptions([])).toEqual({ passes: 5, dataSource: true, protocol: true, whole: true });
  });

  test('takes a part by the names of scenarios', () => {
    expect(parseBenchOptions(['--scenarios', '1m*,select1', '--passes', '2'])).toEqual({
      passes: 2,
      dataSource: true,
      protocol: false,
      whole: false,
      scenarios: '1m*,select1',
    });
  });

  test('takes the protocol alone, or beside scenarios', () => {
    expect(parseBenchOptions(['--scenarios', 'protocol'])).toMatchObject({ dataSource: false, protocol: true });
    expect(parseBenchOptions(['--scenarios', 'protocol,start'])).toMatchObject({ protocol: true, scenarios: 'start' });
  });

  test('calls no run with fewer passes a whole one', () => {
    expect(parseBenchOptions(['--passes', '4']).whole).toBe(false);
  });

  test.each(['0', '1.5', 'many'])('refuses %s passes', (passes) => {
    expect(() => parseBenchOptions(['--passes', passes])).toThrow(
      `Cannot use --passes: expected a whole number from 1 on, got ${passes}`,
    );
  });
});
