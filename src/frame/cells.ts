import { isSet } from './bitmap.ts';
import { type Column, isValid } from './column.ts';
import type { Frame } from './frame.ts';

/** A cell as JavaScript has it: 64-bit integers and timestamps (ns since the epoch) are bigint, JSON is its text. */
export type Cell = number | bigint | boolean | string | null;

/** One cell. For tests, small results and what people look at: the way of a query never goes cell by cell. */
export function valueAt(column: Column, row: number): Cell {
  if (!isValid(column, row)) {
    return null;
  }
  switch (column.layout) {
    case 'fixed':
      return column.values[row] ?? null;
    case 'bits':
      return isSet(column.bits, row);
    case 'variable':
      return utf8.decode(column.bytes.subarray(column.offsets[row], column.offsets[row + 1]));
  }
}

/** The cells of one field, of all batches. */
export function frameColumn(frame: Frame, fieldIndex: number): Cell[] {
  return frame.batches.flatMap((batch) => {
    const column = batch.columns[fieldIndex];
    return column ? Array.from({ length: batch.rowCount }, (_, row) => valueAt(column, row)) : [];
  });
}

/** The rows of all batches, each with its cells in the fields' order. */
export function frameRows(frame: Frame): Cell[][] {
  return frame.batches.flatMap((batch) =>
    Array.from({ length: batch.rowCount }, (_, row) => batch.columns.map((column) => valueAt(column, row))),
  );
}

// A byte order mark at the start of a text is part of the text.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
