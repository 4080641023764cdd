import { expect, test } from 'vitest';
import { finish } from '../steps/steps.ts';
import { addGrid, fillFor, missingPositions } from './fill.ts';

function added(times: bigint[], grid: bigint[]): { times: bigint[]; positions: number[] } {
  const filled = finish(addGrid(BigInt64Array.from(times), BigInt64Array.from(grid)));
  return { times: [...filled.times], positions: [...filled.positionOf] };
}

test('addGrid() adds what is missing, and nothing to a bucket that has a time', () => {
  expect(added([10n, 25n, 30n], [0n, 10n, 20n, 30n, 40n, 50n])).toEqual({
    times: [0n, 10n, 25n, 30n, 40n],
    positions: [1, 2, 3],
  });
});

test('addGrid() keeps times before and behind the grid, and several within a bucket', () => {
  expect(added([-5n, 11n, 12n, 30n, 99n], [0n, 10n, 20n, 30n])).toEqual({
    times: [-5n, 0n, 11n, 12n, 20n, 30n, 99n],
    positions: [0, 2, 3, 5, 6],
  });
});

test('addGrid() makes a grid of no times, and leaves times alone without one', () => {
  expect(added([], [0n, 10n, 20n])).toEqual({ times: [0n, 10n], positions: [] });
  expect(added([3n, 4n], [])).toEqual({ times: [3n, 4n], positions: [0, 1] });
});

test('addGrid() works at both ends of 64 bits', () => {
  const [min, max] = [-(2n ** 63n), 2n ** 63n - 1n];
  expect(added([min, max], [0n, 5n])).toEqual({ times: [min, 0n, max], positions: [0, 2] });
});

test('missingPositions() names what no row has', () => {
  expect([...missingPositions(Int32Array.of(3, 1, 1), 5)]).toEqual([0, 2, 4]);
  expect([...missingPositions(Int32Array.of(), 0)]).toEqual([]);
});

test.each([
  ['float64', 0.5, 0.5],
  ['float32', -1, -1],
  ['int32', -1, -1],
  ['uint8', 255, 255],
  ['int64', 7, 7n],
  ['uint64', 0, 0n],
] as const)('fillFor() fits a %s', (type, value, fill) => {
  expect(fillFor({ mode: 'value', value }, 'v', type)).toBe(fill);
});

test.each([
  ['int32', 0.5],
  ['uint8', 256],
  ['uint64', -1],
  ['int64', 2 ** 63],
  ['int8', -129],
] as const)('fillFor() refuses for %s the number %d', (type, value) => {
  expect(() => fillFor({ mode: 'value', value }, 'v', type)).toThrow(
    expect.objectContaining({ code: 'fill_value_type' }),
  );
});

test.each([
  [undefined, 'null'],
  [{ mode: 'null' }, 'null'],
  [{ mode: 'previous' }, 'previous'],
] as const)('fillFor() of %o is %s', (fill, expected) => {
  expect(fillFor(fill, 'v', 'int8')).toBe(expected);
});
