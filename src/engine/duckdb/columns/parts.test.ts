import { describe, expect, test } from 'vitest';
import { type FixedColumn, isValid, type VariableColumn } from '../../../frame/column.ts';
import { columnFrom } from '../../../frame/column-from.ts';
import { finish } from '../../../steps/steps.ts';
import type { VectorPart } from './chunk.ts';
import { readBool, readFixed } from './fixed.ts';
import { repairJson, strictJson } from './json.ts';
import { readDate, readNanos, readScaled, readSeconds } from './temporal.ts';
import { readText } from './text.ts';
import { joinValidity, LostTimes } from './validity.ts';
import * as wideColumns from './wide.ts';

/** A vector as DuckDB would have it, of our own making. */
function part(values: ArrayBufferView, rows: number, nulls: readonly number[] | null = null): VectorPart {
  const data = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  // Bits past the end are garbage in DuckDB's memory too.
  const validity = nulls === null ? null : new Uint8Array(Math.ceil(rows / 64) * 8).fill(0xff);
  for (const row of nulls ?? []) {
    if (validity) {
      validity[row >> 3] = (validity[row >> 3] ?? 0) & ~(1 << (row & 7));
    }
  }
  return { owner: {} as VectorPart['owner'], rows, validity, data };
}

function readWide(...given: Parameters<typeof wideColumns.readWide>): FixedColumn {
  return finish(wideColumns.readWide(...given));
}

const bits = (bytes: Uint8Array, length: number) =>
  Array.from({ length }, (_, i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1).join('');

describe('joinValidity()', () => {
  test('is null without nulls, be there a bitmap or not', () => {
    expect(joinValidity([part(new Uint8Array(5), 5), part(new Uint8Array(3), 3, [])], 8)).toEqual({
      validity: null,
      nullCount: 0,
    });
  });

  test('joins parts that end anywhere', () => {
    const joined = joinValidity(
      [part(new Uint8Array(5), 5), part(new Uint8Array(9), 9, [0, 8]), part(new Uint8Array(3), 3, [1])],
      17,
    );
    expect(joined.nullCount).toBe(3);
    expect(bits(joined.validity ?? new Uint8Array(), 17)).toBe('11111011111110101');
  });

  test('LostTimes adds nulls, but not to what is null already', () => {
    const nulls = new LostTimes(joinValidity([part(new Uint8Array(3), 3, [1])], 3), 3);
    nulls.add(1);
    nulls.add(2);
    const { validity, ...counts } = nulls.result();
    expect(counts).toEqual({ nullCount: 2, losses: { time: 1 } });
    expect(bits(validity ?? new Uint8Array(), 3)).toBe('100');
  });
});

test('readFixed() copies parts one after the other', () => {
  const column = readFixed([part(Int16Array.of(1, -2), 2), part(Int16Array.of(3), 1, [0])], 3, 'int16');
  expect(column.values.slice(0, 2)).toEqual(Int16Array.of(1, -2));
  expect([column.nullCount, isValid(column, 2)]).toEqual([1, false]);
});

test('readBool() packs bytes into bits across ragged parts', () => {
  const column = readBool([part(Uint8Array.of(1, 0, 1), 3), part(Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 1), 8)], 11);
  expect(bits(column.bits, 11)).toBe('10111001101');
});

describe('times', () => {
  /** Values on both sides of what fits, and round the borders of 32 bits. */
  const around = (limit: bigint) => [
    -limit - 1n,
    -limit,
    -limit + 1n,
    -(2n ** 32n),
    -1n,
    0n,
    1n,
    2n ** 32n - 1n,
    2n ** 32n,
    limit - 1n,
    limit,
    limit + 1n,
  ];
  const max = 2n ** 63n - 1n;
  const infinity = max;

  test.each([
    [1_000n, 1_000],
    [1_000_000n, 1_000_000],
  ])('readScaled() multiplies by %s exactly, or gives null', (factor, scale) => {
    const values = [...around(max / factor), infinity, -infinity, -max - 1n];
    const column = readScaled([part(BigInt64Array.from(values), values.length)], values.length, scale);
    const expected = values.map((value) =>
      BigInt.asIntN(64, value * factor) === value * factor ? value * factor : null,
    );
    expect(values.map((_, row) => (isValid(column, row) ? column.values[row] : null))).toEqual(expected);
    const lost = expected.filter((value) => value === null).length;
    expect(lost).toBeGreaterThan(3);
    expect(column.losses).toEqual({ time: lost });
  });

  test('readSeconds() does the same', () => {
    const values = [...around(max / 1_000_000_000n), infinity, -infinity];
    const column = readSeconds([part(BigInt64Array.from(values), values.length)], values.length);
    const expected = values.map((value) =>
      value > max / 1_000_000_000n || value < -max / 1_000_000_000n ? null : value * 1_000_000_000n,
    );
    expect(values.map((_, row) => (isValid(column, row) ? column.values[row] : null))).toEqual(expected);
  });

  test('readDate() holds 106,751 days on either side', () => {
    const days = [-106_752, -106_751, -1, 0, 1, 20_000, 106_751, 106_752, 2 ** 31 - 1, -(2 ** 31) + 1];
    const column = readDate([part(Int32Array.from(days), days.length)], days.length);
    const expected = days.map((day) => (Math.abs(day) > 106_751 ? null : BigInt(day) * 86_400_000_000_000n));
    expect(days.map((_, row) => (isValid(column, row) ? column.values[row] : null))).toEqual(expected);
    expect(column.losses).toEqual({ time: 4 });
  });

  test('readNanos() takes everything but the infinities', () => {
    const values = [max - 1n, -max + 1n, -max - 1n, 0n, infinity, -infinity];
    const column = readNanos([part(BigInt64Array.from(values), values.length)], values.length);
    expect(values.map((_, row) => (isValid(column, row) ? column.values[row] : null))).toEqual([
      ...values.slice(0, 4),
      null,
      null,
    ]);
  });

  test('a null over garbage is not counted as lost', () => {
    const column = readScaled([part(BigInt64Array.of(infinity, 1n), 2, [0])], 2, 1000);
    expect(column.nullCount).toBe(1);
    expect(column.losses).toBeUndefined();
  });
});

test('readText() refuses more than a buffer holds before it makes one', () => {
  const twoTexts = Uint32Array.of(2 ** 31 - 1, 0, 0, 0, 1, 0, 0, 0);
  const unused = {} as Parameters<typeof readText>[0];
  expect(() => finish(readText(unused, [part(twoTexts, 2)], 2))).toThrow(/2147483648 bytes/);
});

describe('wide integers', () => {
  const integers = [
    0n,
    1n,
    -1n,
    2n ** 53n,
    -(2n ** 53n),
    2n ** 53n - 1n,
    2n ** 53n + 1n,
    -(2n ** 53n) - 1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
    999_999_999_999_999_999n,
  ];

  test.each([0, 3, 18])('int64 with scale %i rounds once', (scale) => {
    const column = readWide([part(BigInt64Array.from(integers), integers.length)], integers.length, {
      width: 8,
      signed: true,
      scale,
    });
    expect([...column.values]).toEqual(integers.map((value) => Number(`${value}e-${scale}`)));
  });

  test.each([
    ['int64 to 2^52', 8, 6, [2n ** 52n - 1n, -(2n ** 52n) + 1n], undefined],
    ['int64 beyond, but with fewer digits', 8, 6, [9_007_199_254_740_990_000n, -(10n ** 18n)], undefined],
    ['int64 with all its digits', 8, 6, [1n, 999_999_999_999_999_999n], { digits: 1 }],
    ['int128 with zeros at its end', 16, 19, [10n ** 18n, -(3n * 10n ** 37n)], undefined],
    ['int128 with all its digits', 16, 10, [-(10n ** 38n) + 1n], { digits: 1 }],
    ['int128 within 64 bits', 16, 0, [2n ** 53n + 1n], { digits: 1 }],
  ] as const)('%s: readWide() tells what digits are lost', (_, width, scale, integers, losses) => {
    const words = integers.flatMap((integer) =>
      width === 8 ? [BigInt.asIntN(64, integer)] : [BigInt.asIntN(64, integer), BigInt.asIntN(64, integer >> 64n)],
    );
    const parts = [part(BigInt64Array.from(words), integers.length)];
    expect(readWide(parts, integers.length, { width, signed: true, scale }).losses).toEqual(losses);
  });

  test('digits under a null are not missed', () => {
    const parts = [part(BigInt64Array.of(999_999_999_999_999_999n, 1n), 2, [0])];
    expect(readWide(parts, 2, { width: 8, signed: true, scale: 3 }).losses).toBeUndefined();
  });

  test.each([0, 10, 38])('int128 with scale %i rounds once', (scale) => {
    const wide = [...integers, 2n ** 64n, -(2n ** 64n), 2n ** 127n - 1n, -(2n ** 127n), 2n ** 96n + 1n, -(2n ** 32n)];
    const words = BigInt64Array.from(
      wide.flatMap((value) => [BigInt.asIntN(64, value), BigInt.asIntN(64, value >> 64n)]),
    );
    const column = readWide([part(words, wide.length)], wide.length, { width: 16, signed: true, scale });
    expect([...column.values]).toEqual(wide.map((value) => Number(`${value}e-${scale}`)));
  });

  test('uint128 has no sign', () => {
    const wide = [0n, 1n, 2n ** 53n, 2n ** 64n - 1n, 2n ** 127n, 2n ** 128n - 1n];
    const words = BigUint64Array.from(wide.flatMap((value) => [BigInt.asUintN(64, value), value >> 64n]));
    const column = readWide([part(words, wide.length)], wide.length, { width: 16, signed: false, scale: 0 });
    expect([...column.values]).toEqual(wide.map(Number));
  });
});

test.each([
  ['[1,2]', '[1,2]'],
  ['[NaN, -Infinity]', '[null, null]'],
  ['{"NaN": "Infinity, ]", "a": nan}', '{"NaN": "Infinity, ]", "a": null}'],
  ['{"a": [1, 2, ], }', '{"a": [1, 2 ] }'],
  ['"a\\",]"', '"a\\",]"'],
  ['', '""'],
  ['not json', '"not json"'],
  ['{"cut', '"{\\"cut"'],
])('repairJson() makes JSON of %j', (text, expected) => {
  expect(repairJson(text).json).toBe(expected);
});

test.each([
  ['[1,]', undefined],
  ['{"a": -inf}', 'notFinite'],
  ['[NaN, "NaN"]', 'notFinite'],
  ['["NaN",]', undefined],
  ['nothing', 'notJson'],
])('repairJson() says what %j loses', (text, loss) => {
  expect(repairJson(text).loss).toBe(loss);
});

test.each([
  ['many values', Array.from({ length: 65_536 }, (_, i) => `{"a": ${i}}`), 60],
  ['long values', Array.from({ length: 50 }, () => JSON.stringify('x'.repeat(100_000))), 49],
])('strictJson() can be left in between %s', (_, values, least) => {
  const column = columnFrom('json', values) as VariableColumn;
  const strict = strictJson(column);
  let steps = 0;
  for (;;) {
    const { done, value } = strict.next();
    if (done) {
      expect(value).toBe(column);
      break;
    }
    steps++;
  }
  expect(steps).toBeGreaterThanOrEqual(least);
});

test('repairJson() goes through texts of any length', () => {
  const long = `"${'a\\"\\\\'.repeat(3_000_000)}"`;
  expect(repairJson(`[${long}, NaN,]`).json === `[${long}, null]`).toBe(true);
  expect(repairJson(`[NaN, "${'\\'.repeat(20_000_000)}", -Infinity]`).json.endsWith('", null]')).toBe(true);
});
