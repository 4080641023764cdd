import { makeBitmap, setBit } from '../frame/bitmap.ts';
import type { VariableColumn } from '../frame/column.ts';
import { rowsPerStep, type Steps } from '../steps/steps.ts';
import { ByteWriter } from './byte-writer.ts';

/** Writes one row's bytes; false, with nothing written, where the row is null. */
export type RowWriter = (out: ByteWriter, row: number) => boolean;

/** A column of text or JSON, written row by row. */
export function* writtenColumn(length: number, write: RowWriter): Steps<VariableColumn> {
  const out = new ByteWriter();
  const offsets = new Int32Array(length + 1);
  const validity = makeBitmap(length);
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (row % rowsPerStep === 0) {
      yield;
    }
    if (write(out, row)) {
      setBit(validity, row);
    } else {
      nullCount++;
    }
    offsets[row + 1] = out.length;
  }
  return {
    layout: 'variable',
    length,
    nullCount,
    validity: nullCount === 0 ? null : validity,
    offsets,
    bytes: out.done(),
  };
}
