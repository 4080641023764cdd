import { makeBitmap, setBit } from './bitmap.ts';
import type { Cell } from './cells.ts';
import { arrayOf, type Column, type FieldType, type FixedArray, layoutOf } from './column.ts';

/**
 * Builds a column from cells, one at a time: for small frames made by hand.
 * Throws TypeError at a cell of another type, RangeError at a number that the type cannot hold; a float32 is rounded.
 */
export function columnFrom(type: FieldType, cells: readonly Cell[]): Column {
  const validity = makeBitmap(cells.length);
  let nullCount = 0;
  for (const [row, cell] of cells.entries()) {
    if (cell === null) {
      nullCount++;
    } else {
      setBit(validity, row);
    }
  }
  const base = { length: cells.length, nullCount, validity: nullCount === 0 ? null : validity };
  switch (layoutOf[type]) {
    case 'fixed':
      return { ...base, layout: 'fixed', values: fixedFrom(type as keyof typeof arrayOf, cells) };
    case 'bits':
      return { ...base, layout: 'bits', bits: bitsFrom(type, cells) };
    case 'variable':
      return { ...base, layout: 'variable', ...textsFrom(type, cells) };
  }
}

function fixedFrom(type: keyof typeof arrayOf, cells: readonly Cell[]): FixedArray {
  const values = new arrayOf[type](cells.length);
  const expected = values instanceof BigInt64Array || values instanceof BigUint64Array ? 'bigint' : 'number';
  for (const [row, cell] of cells.entries()) {
    if (cell === null) {
      continue;
    }
    checkType(type, row, cell, expected);
    // One loop for eleven array types: each takes the type of cell that was just checked.
    (values as { [row: number]: Cell })[row] = cell;
    if (type !== 'float32' && values[row] !== cell && !Number.isNaN(values[row])) {
      throw new RangeError(`Cannot build the column: row ${row} is ${cell}, which ${type} cannot hold`);
    }
  }
  return values;
}

function bitsFrom(type: FieldType, cells: readonly Cell[]): Uint8Array {
  const bits = makeBitmap(cells.length);
  for (const [row, cell] of cells.entries()) {
    if (cell === null) {
      continue;
    }
    checkType(type, row, cell, 'boolean');
    if (cell) {
      setBit(bits, row);
    }
  }
  return bits;
}

function textsFrom(type: FieldType, cells: readonly Cell[]): { offsets: Int32Array; bytes: Uint8Array } {
  const offsets = new Int32Array(cells.length + 1);
  const texts: Buffer[] = [];
  let byteLength = 0;
  for (const [row, cell] of cells.entries()) {
    if (cell !== null) {
      checkType(type, row, cell, 'string');
      const text = Buffer.from(cell);
      texts.push(text);
      byteLength += text.byteLength;
    }
    offsets[row + 1] = byteLength;
  }
  return { offsets, bytes: Buffer.concat(texts) };
}

type CellTypes = { number: number; bigint: bigint; boolean: boolean; string: string };

function checkType<T extends keyof CellTypes>(
  type: FieldType,
  row: number,
  cell: Cell,
  expected: T,
): asserts cell is CellTypes[T] {
  if (typeof cell !== expected) {
    throw new TypeError(`Cannot build the column: row ${row} is a ${typeof cell}, ${type} takes a ${expected}`);
  }
}
