import { expect, test } from 'vitest';
import { frameRows } from '../cells.ts';
import type { FieldType } from '../column.ts';
import { columnFrom } from '../column-from.ts';
import type { Frame } from '../frame.ts';
import { decodeFrame } from './decode.ts';
import { encodeFrame } from './encode.ts';
import { ArrowError } from './error.ts';

const columns = {
  int16: columnFrom('int16', [1, null, 3]),
  uint64: columnFrom('uint64', [1n, 2n, 3n]),
  timestamp: columnFrom('timestamp', [1n, null, 3n]),
  utf8: columnFrom('utf8', ['a', null, '🐎']),
  json: columnFrom('json', ['{}', '[]', '1']),
  bool: columnFrom('bool', [true, false, null]),
};
const frame: Frame = {
  name: 'name',
  meta: { notices: [{ severity: 'info', text: 'text' }] },
  fields: Object.keys(columns).map((type) => ({ name: type, type: type as FieldType, labels: { a: 'b' } })),
  batches: [1, 2].map(() => ({ rowCount: 3, columns: Object.values(columns) })),
};
const file = Buffer.concat(encodeFrame(frame));

test('decodeFrame() reads damaged files to rows or to an ArrowError, and to nothing else', () => {
  const random = randomFrom(20260102);
  const outcomes = Array.from({ length: 6000 }, () => outcomeOf(damaged(file, random)));

  expect(new Set(outcomes)).toEqual(new Set(['rows', 'ArrowError']));
});

test('decodeFrame() refuses a file cut off anywhere', () => {
  const outcomes = Array.from({ length: file.byteLength }, (_, byteLength) => outcomeOf(file.subarray(0, byteLength)));

  expect(new Set(outcomes)).toEqual(new Set(['ArrowError']));
});

test('decodeFrame() refuses a file whose middle is missing anywhere', () => {
  const tail = file.subarray(-10);
  const outcomes = Array.from({ length: file.byteLength - 11 }, (_, byteLength) =>
    outcomeOf(Buffer.concat([file.subarray(0, byteLength), tail])),
  );

  expect(new Set(outcomes)).toEqual(new Set(['ArrowError']));
});

function outcomeOf(bytes: Uint8Array): string {
  try {
    frameRows(decodeFrame(bytes));
    return 'rows';
  } catch (error) {
    return error instanceof ArrowError ? 'ArrowError' : String(error instanceof Error ? error.stack : error);
  }
}

/** One to four changes: a byte, or four bytes, to a value from the edge or to any. */
function damaged(bytes: Buffer, random: (below: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const edges = [0, 1, 7, 8, 0x7f, 0x80, 0xff, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff];
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const value = random(2) === 0 ? random(2 ** 32) : (edges[random(edges.length)] ?? 0);
    if (random(2) === 0) {
      copy[random(copy.byteLength)] = value;
    } else {
      copy.writeUInt32LE(value, random(copy.byteLength - 4));
    }
  }
  return copy;
}

/** Mulberry32: the same numbers in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
