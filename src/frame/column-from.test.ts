import { describe, expect, test } from 'vitest';
import { columnFrom } from './column-from.ts';

test('columnFrom() packs numbers, with the nulls in the validity', () => {
  expect(columnFrom('int32', [1, null, -3])).toEqual({
    layout: 'fixed',
    length: 3,
    nullCount: 1,
    validity: Uint8Array.of(0b101),
    values: Int32Array.of(1, 0, -3),
  });
});

test('columnFrom() has no validity where there are no nulls', () => {
  expect(columnFrom('timestamp', [5n])).toEqual({
    layout: 'fixed',
    length: 1,
    nullCount: 0,
    validity: null,
    values: BigInt64Array.of(5n),
  });
});

test('columnFrom() packs booleans into bits, low bits first', () => {
  expect(columnFrom('bool', [true, false, null, true, false, false, false, false, true])).toEqual({
    layout: 'bits',
    length: 9,
    nullCount: 1,
    validity: Uint8Array.of(0b1111_1011, 1),
    bits: Uint8Array.of(0b0000_1001, 1),
  });
});

test('columnFrom() puts texts one after another, a null taking no bytes', () => {
  const column = columnFrom('utf8', ['a', null, 'ž', '']);

  expect(column).toMatchObject({ layout: 'variable', length: 4, nullCount: 1, offsets: Int32Array.of(0, 1, 1, 3, 3) });
  expect('bytes' in column && [...column.bytes]).toEqual([0x61, 0xc5, 0xbe]);
});

test('columnFrom() keeps halves of a surrogate pair in two cells apart', () => {
  const column = columnFrom('utf8', ['\ud83d', '\udc0e']);

  expect(column).toMatchObject({ offsets: Int32Array.of(0, 3, 6) });
  expect('bytes' in column && [...column.bytes]).toEqual([0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]);
});

test('columnFrom() rounds to float32, and keeps NaN', () => {
  expect(columnFrom('float32', [0.1, Number.NaN])).toMatchObject({ values: Float32Array.of(0.1, Number.NaN) });
});

describe('columnFrom() refuses', () => {
  test.each([
    ['int8', 128, 'Cannot build the column: row 1 is 128, which int8 cannot hold'],
    ['int32', 1.5, 'Cannot build the column: row 1 is 1.5, which int32 cannot hold'],
    ['uint16', Number.NaN, 'Cannot build the column: row 1 is NaN, which uint16 cannot hold'],
    ['timestamp', 2n ** 63n, 'Cannot build the column: row 1 is 9223372036854775808, which timestamp cannot hold'],
    ['uint64', -1n, 'Cannot build the column: row 1 is -1, which uint64 cannot hold'],
  ] as const)('%s %s, which does not fit', (type, cell, message) => {
    expect(() => columnFrom(type, [null, cell])).toThrow(new RangeError(message));
  });

  test.each([
    ['int64', 1, 'Cannot build the column: row 1 is a number, int64 takes a bigint'],
    ['float64', 1n, 'Cannot build the column: row 1 is a bigint, float64 takes a number'],
    ['bool', 1, 'Cannot build the column: row 1 is a number, bool takes a boolean'],
    ['json', true, 'Cannot build the column: row 1 is a boolean, json takes a string'],
  ] as const)('%s from another type of cell', (type, cell, message) => {
    expect(() => columnFrom(type, [null, cell])).toThrow(new TypeError(message));
  });
});
