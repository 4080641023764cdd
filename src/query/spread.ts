import { clearBit, countZeros, isSet, makeBitmap, setBit } from '../frame/bitmap.ts';
import type { FixedArray, FixedColumn } from '../frame/column.ts';
import { halvesOf } from './halves.ts';

/** Where the rows of one series go: row `rows[i]` of the source to `positions[i]`; of two for one position, the later counts. */
export interface Placement {
  readonly rows: Int32Array;
  readonly positions: Int32Array;
  readonly length: number;
  /** Positions without a row, ascending, where something is to be filled in. */
  readonly missing: Int32Array;
  /** The fill: the cell before, or a number; else null. */
  readonly fill: 'null' | 'previous' | number | bigint;
}

/** Builds the column of one series from a whole column. What no row reaches is null, or what the fill says. */
export function spread(source: FixedColumn, placement: Placement): FixedColumn {
  const { length, missing } = placement;
  const values = new (source.values.constructor as new (length: number) => FixedArray)(length);
  const validity = makeBitmap(length);
  copyValues(source, values, placement);
  markValid(source, validity, placement);
  if (placement.fill === 'previous') {
    for (const position of missing) {
      if (position > 0 && isSet(validity, position - 1)) {
        values.copyWithin(position, position - 1, position);
        setBit(validity, position);
      }
    }
  } else if (placement.fill !== 'null') {
    for (const position of missing) {
      // The caller has made the number fit the type.
      (values as { [position: number]: number | bigint })[position] = placement.fill;
      setBit(validity, position);
    }
  }
  const nullCount = countZeros(validity, length);
  return { layout: 'fixed', length, nullCount, validity: nullCount === 0 ? null : validity, values };
}

/** As 32-bit halves where values have 64 bits: no BigInt is made, and every bit of a NaN stays. */
function copyValues(source: FixedColumn, target: FixedArray, { rows, positions }: Placement): void {
  if (source.values.BYTES_PER_ELEMENT === 8) {
    const from = halvesOf(source.values);
    const to = halvesOf(target);
    for (let i = 0; i < rows.length; i++) {
      const row = (rows[i] as number) * 2;
      const position = (positions[i] as number) * 2;
      to[position] = from[row] as number;
      to[position + 1] = from[row + 1] as number;
    }
    return;
  }
  const from = source.values as Int32Array;
  const to = target as Int32Array;
  for (let i = 0; i < rows.length; i++) {
    to[positions[i] as number] = from[rows[i] as number] as number;
  }
}

function markValid({ validity: from }: FixedColumn, to: Uint8Array, { rows, positions }: Placement): void {
  if (from === null) {
    for (let i = 0; i < positions.length; i++) {
      setBit(to, positions[i] as number);
    }
    return;
  }
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as number;
    if (isSet(from, rows[i] as number)) {
      setBit(to, position);
    } else {
      clearBit(to, position);
    }
  }
}
