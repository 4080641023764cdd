import { describe, expect, test } from 'vitest';
import type { Column, FieldType } from '../column.ts';
import { columnFrom } from '../column-from.ts';
import type { Frame } from '../frame.ts';
import { decodeFrame } from './decode.ts';
import { readFooter } from './decode-footer.ts';
import { byteLengthOfParts, encodeFrame } from './encode.ts';
import { ArrowError } from './error.ts';
import { tables } from './format.ts';

// That Grafana reads these files is shown by test/frame/grafana-reads.test.ts.

const value = columnFrom('float64', [1, 2, 3]);
const flag = columnFrom('bool', [true, null, false]);
const text = columnFrom('utf8', ['a', '🐎', 'ccc']);
const frame: Frame = {
  fields: [
    { name: 'value', type: 'float64' },
    { name: 'flag', type: 'bool' },
    { name: 'text', type: 'utf8' },
  ],
  batches: [
    { rowCount: 3, columns: [value, flag, text] },
    { rowCount: 1, columns: [columnFrom('float64', [4]), columnFrom('bool', [true]), columnFrom('utf8', ['d'])] },
  ],
};

function fileOf(frame: Frame): Uint8Array {
  return Buffer.concat(encodeFrame(frame));
}

function nullableOf(frame: Frame): boolean[] {
  const fields = readFooter(fileOf(frame)).schema.tables(tables.Schema.fields);
  return fields.map((field) => field.uint8(tables.Field.nullable) === 1);
}

function frameOf(type: FieldType, ...columns: Column[]): Frame {
  return {
    fields: [{ name: 'a', type }],
    batches: columns.map((column) => ({ rowCount: column.length, columns: [column] })),
  };
}

test('encodeFrame() gives the columns’ own memory, not a copy', () => {
  const memory = encodeFrame(frame).map((part) => part.buffer);

  expect(value.layout === 'fixed' && memory.includes(value.values.buffer)).toBe(true);
  expect(flag.layout === 'bits' && memory.includes(flag.bits.buffer)).toBe(true);
  expect(flag.validity && memory.includes(flag.validity.buffer)).toBe(true);
  expect(text.layout === 'variable' && memory.includes(text.offsets.buffer)).toBe(true);
  expect(text.layout === 'variable' && memory.includes(text.bytes.buffer)).toBe(true);
});

test('byteLengthOfParts() is the length of the file', () => {
  const parts = encodeFrame(frame);

  expect(byteLengthOfParts(parts)).toBe(Buffer.concat(parts).byteLength);
});

test('encodeFrame() begins every message, body and buffer on a multiple of 8', () => {
  const parts = encodeFrame(frame);
  const starts = parts.map((_, index) => byteLengthOfParts(parts.slice(0, index)));
  const isPadding = (part: Uint8Array) => part.byteLength < 8 && part.every((byte) => byte === 0);
  const unaligned = starts.filter((start, index) => start % 8 !== 0 && !isPadding(parts[index] ?? new Uint8Array(8)));

  expect(unaligned).toEqual([]);
  expect(readFooter(fileOf(frame)).blocks.map((block) => [block.offset % 8, block.bodyByteLength % 8])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('encodeFrame() marks a column nullable only if some batch has nulls in it', () => {
  expect(nullableOf(frame)).toEqual([false, true, false]);
  expect(nullableOf(frameOf('int8', columnFrom('int8', [1]), columnFrom('int8', [null])))).toEqual([true]);
  expect(nullableOf(frameOf('int8'))).toEqual([false]);
});

test('encodeFrame() writes no more of a validity, of bits and of texts than the rows need', () => {
  const spacious: Frame = {
    fields: frame.fields,
    batches: [
      {
        rowCount: 3,
        columns: [
          value,
          {
            layout: 'bits',
            length: 3,
            nullCount: 1,
            validity: new Uint8Array(500).fill(0b101),
            bits: new Uint8Array(500),
          },
          {
            layout: 'variable',
            length: 3,
            nullCount: 0,
            validity: null,
            offsets: new Int32Array(500),
            bytes: new Uint8Array(500),
          },
        ],
      },
    ],
  };

  // 3 × 8 bytes of values; 1 + 1 of bits, 4 × 4 of offsets, each padded to a multiple of 8.
  expect(readFooter(fileOf(spacious)).blocks[0]?.bodyByteLength).toBe(24 + 8 + 8 + 16);
});

test('encodeFrame() takes a thousand columns in many batches', () => {
  const fields = Array.from({ length: 1000 }, (_, index) => ({ name: `v${index}`, type: 'int8' as const }));
  const batch = { rowCount: 1, columns: fields.map(() => columnFrom('int8', [7])) };

  expect(decodeFrame(fileOf({ fields, batches: Array(200).fill(batch) })).batches.length).toBe(200);
});

describe('encodeFrame() refuses a batch that does not fit its fields', () => {
  const three = { length: 3, nullCount: 0, validity: null };
  test.each([
    ['int8', { ...three, layout: 'bits', bits: new Uint8Array(1) }, 'expected the layout fixed, got bits'],
    ['int8', { ...three, length: 2, layout: 'fixed', values: new Int8Array(2) }, 'expected 3 rows, got 2'],
    [
      'int8',
      { ...three, layout: 'fixed', values: new Uint8Array(3) },
      'expected 3 values in a Int8Array, got 3 in a Uint8Array',
    ],
    [
      'int8',
      { ...three, layout: 'fixed', values: new Int8Array(4) },
      'expected 3 values in a Int8Array, got 4 in a Int8Array',
    ],
    [
      'int8',
      { ...three, nullCount: 1, layout: 'fixed', values: new Int8Array(3) },
      'its 1 nulls need 1 bytes of validity, got 0',
    ],
    ['bool', { ...three, layout: 'bits', bits: new Uint8Array(0) }, 'expected 1 bytes of bits, got 0'],
    [
      'utf8',
      { ...three, layout: 'variable', offsets: new Int32Array(3), bytes: new Uint8Array(0) },
      'expected 4 offsets into 0 bytes, got 3 that end at undefined',
    ],
    [
      'json',
      { ...three, layout: 'variable', offsets: Int32Array.of(0, 1, 2, 3), bytes: new Uint8Array(2) },
      'expected 4 offsets into 2 bytes, got 4 that end at 3',
    ],
  ] as const)('%s %#', (type, column, message) => {
    const broken: Frame = { fields: [{ name: 'a', type }], batches: [{ rowCount: 3, columns: [column] }] };

    expect(() => encodeFrame(broken)).toThrow(
      new ArrowError(`Cannot encode batch 0, column "a" (${type}): ${message}`),
    );
  });

  test('with a column too few', () => {
    expect(() => encodeFrame({ ...frame, batches: [{ rowCount: 3, columns: [value] }] })).toThrow(
      new ArrowError('Cannot encode batch 0: expected 3 columns, got 1'),
    );
  });

  test('with rows but no columns', () => {
    expect(() => encodeFrame({ fields: [], batches: [{ rowCount: 3, columns: [] }] })).toThrow(
      new ArrowError('Cannot encode batch 0: it has 3 rows and no columns'),
    );
  });
});
