import { countZeros } from '../bitmap.ts';
import { arrayOf, type Column, type Field, type FixedArray, layoutOf, type RecordBatch } from '../column.ts';
import { ArrowError } from './error.ts';
import { structs, tables } from './format.ts';
import type { Table } from './table-reader.ts';

/** Reads a RecordBatch table; its columns are views of the body wherever the alignment permits. `what` names the batch in errors. */
export function readRecordBatch(what: string, header: Table, body: Uint8Array, fields: readonly Field[]): RecordBatch {
  if (header.has(tables.RecordBatch.compression)) {
    throw new ArrowError(`Cannot read ${what}: its body is compressed`);
  }
  const rowCount = header.length(tables.RecordBatch.length);
  const nodes = header.structs(tables.RecordBatch.nodes, structs.FieldNode);
  const takeBuffer = bufferReader(header.structs(tables.RecordBatch.buffers, structs.Buffer), body);
  if (rowCount > maxRowCount || (fields.length === 0 && rowCount > 0)) {
    throw new ArrowError(`Cannot read ${what}: it has ${rowCount} rows of ${fields.length} columns`);
  }
  const columns = fields.map((field, index) => {
    const [length, nullCount] = nodes.slice(index * structs.FieldNode, (index + 1) * structs.FieldNode);
    if (length !== rowCount || nullCount === undefined || nullCount > rowCount) {
      throw fault(field, `expected ${rowCount} rows, got ${length} with ${nullCount} nulls`);
    }
    return readColumn(field, rowCount, nullCount, takeBuffer);
  });
  return { rowCount, columns };
}

/** Columns are typed arrays of int32 offsets, so no honest batch has more. */
const maxRowCount = 2 ** 31 - 1;

/** Gives the buffers in their order: each field takes as many as its layout has. Together they are no longer than the body, so none is there twice. */
function bufferReader(buffers: readonly number[], body: Uint8Array): (field: Field) => Uint8Array {
  let next = 0;
  let total = 0;
  return (field) => {
    const [offset, byteLength] = buffers.slice(next, next + structs.Buffer);
    next += structs.Buffer;
    if (offset === undefined || byteLength === undefined) {
      throw fault(field, `the record batch ends after ${buffers.length / structs.Buffer} buffers`);
    }
    total += byteLength;
    if (offset + byteLength > body.byteLength || total > body.byteLength) {
      throw fault(field, `bytes ${offset} to ${offset + byteLength} do not fit in the body of ${body.byteLength}`);
    }
    return body.subarray(offset, offset + byteLength);
  };
}

function readColumn(field: Field, length: number, nullCount: number, take: (field: Field) => Uint8Array): Column {
  const bitmapByteLength = Math.ceil(length / 8);
  const bitmap = take(field);
  const base = { length, ...readValidity(field, length, nullCount, bitmap) };
  const layout = layoutOf[field.type];
  switch (layout) {
    case 'fixed': {
      const array = arrayOf[field.type as keyof typeof arrayOf];
      return { ...base, layout, values: viewAs(array, field, take(field), length) };
    }
    case 'bits':
      return { ...base, layout, bits: cut(field, take(field), bitmapByteLength) };
    case 'variable':
      return { ...base, layout, ...readTexts(field, length, take(field), take(field)) };
  }
}

/** Where the file says there are no nulls, its bitmap does not count (arrow-go reads so too); else the bitmap is believed, not the number. */
function readValidity(
  field: Field,
  length: number,
  nullCount: number,
  bitmap: Uint8Array,
): { nullCount: number; validity: Uint8Array | null } {
  if (nullCount === 0) {
    return { nullCount, validity: null };
  }
  const validity = cut(field, bitmap, Math.ceil(length / 8));
  const counted = countZeros(validity, length);
  return { nullCount: counted, validity: counted === 0 ? null : validity };
}

function readTexts(
  field: Field,
  length: number,
  offsetBytes: Uint8Array,
  bytes: Uint8Array,
): { offsets: Int32Array; bytes: Uint8Array } {
  if (length === 0) {
    return { offsets: new Int32Array(1), bytes: bytes.subarray(0, 0) };
  }
  const offsets = viewAs(Int32Array, field, offsetBytes, length + 1) as Int32Array;
  const first = offsets[0] ?? 0;
  let previous = first;
  for (const offset of offsets) {
    if (offset < previous || offset < 0 || offset > bytes.byteLength) {
      throw fault(field, `the offset ${offset} follows ${previous} in ${bytes.byteLength} bytes`);
    }
    previous = offset;
  }
  // Arrow lets a slice of a longer column begin anywhere, our columns begin at 0.
  return first === 0
    ? { offsets, bytes: bytes.subarray(0, previous) }
    : { offsets: offsets.map((offset) => offset - first), bytes: bytes.subarray(first, previous) };
}

/** The first `length` values of a buffer: a view if they lie on a multiple of their width, else a copy. */
function viewAs(
  array: (typeof arrayOf)[keyof typeof arrayOf],
  field: Field,
  buffer: Uint8Array,
  length: number,
): FixedArray {
  const needed = cut(field, buffer, length * array.BYTES_PER_ELEMENT);
  const aligned = needed.byteOffset % array.BYTES_PER_ELEMENT === 0 ? needed : needed.slice();
  return new array(aligned.buffer as ArrayBuffer, aligned.byteOffset, length);
}

function cut(field: Field, buffer: Uint8Array, byteLength: number): Uint8Array {
  if (buffer.byteLength < byteLength) {
    throw fault(field, `expected a buffer of ${byteLength} bytes, got ${buffer.byteLength}`);
  }
  return buffer.subarray(0, byteLength);
}

function fault(field: Field, why: string): ArrowError {
  return new ArrowError(`Cannot read column "${field.name}" (${field.type}): ${why}`);
}
