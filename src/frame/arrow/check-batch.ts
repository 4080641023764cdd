import { bitmapByteLength } from '../bitmap.ts';
import { arrayOf, type Column, type FieldType, layoutOf, type RecordBatch } from '../column.ts';
import type { Frame } from '../frame.ts';
import { ArrowError } from './error.ts';

/** A batch that lies about its lengths would make a file that crashes its reader, far from the cause. */
export function checkBatch(frame: Frame, batch: RecordBatch, batchIndex: number): void {
  if (batch.columns.length !== frame.fields.length) {
    throw new ArrowError(
      `Cannot encode batch ${batchIndex}: expected ${frame.fields.length} columns, got ${batch.columns.length}`,
    );
  }
  if (batch.columns.length === 0 && batch.rowCount !== 0) {
    throw new ArrowError(`Cannot encode batch ${batchIndex}: it has ${batch.rowCount} rows and no columns`);
  }
  for (const [index, field] of frame.fields.entries()) {
    const column = batch.columns[index];
    const fault = column && faultOf(column, field.type, batch.rowCount);
    if (fault) {
      throw new ArrowError(`Cannot encode batch ${batchIndex}, column "${field.name}" (${field.type}): ${fault}`);
    }
  }
}

function faultOf(column: Column, type: FieldType, rowCount: number): string | undefined {
  const bitmapLength = bitmapByteLength(rowCount);
  if (column.layout !== layoutOf[type]) {
    return `expected the layout ${layoutOf[type]}, got ${column.layout}`;
  }
  if (column.length !== rowCount) {
    return `expected ${rowCount} rows, got ${column.length}`;
  }
  if (column.nullCount !== 0 && (column.validity?.byteLength ?? 0) < bitmapLength) {
    return `its ${column.nullCount} nulls need ${bitmapLength} bytes of validity, got ${column.validity?.byteLength ?? 0}`;
  }
  switch (column.layout) {
    case 'fixed': {
      const expected = arrayOf[type as keyof typeof arrayOf];
      if (!(column.values instanceof expected) || column.values.length !== rowCount) {
        return `expected ${rowCount} values in a ${expected.name}, got ${column.values.length} in a ${column.values.constructor.name}`;
      }
      return undefined;
    }
    case 'bits':
      return column.bits.byteLength < bitmapLength
        ? `expected ${bitmapLength} bytes of bits, got ${column.bits.byteLength}`
        : undefined;
    case 'variable': {
      const end = column.offsets[rowCount];
      if (end === undefined || end < 0 || end > column.bytes.byteLength) {
        return `expected ${rowCount + 1} offsets into ${column.bytes.byteLength} bytes, got ${column.offsets.length} that end at ${end}`;
      }
      return undefined;
    }
  }
}
