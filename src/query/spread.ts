import { clearBit, countZeros, isSet, makeBitmap, setBit } from '../frame/bitmap.ts';
import type { FixedArray, FixedColumn } from '../frame/column.ts';
import { inSlices, type Steps } from '../steps/steps.ts';
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
export function* spread(source: FixedColumn, placement: Placement): Steps<FixedColumn> {
  const { rows, length, missing, fill } = placement;
  const values = new (source.values.constructor as new (length: number) => FixedArray)(length);
  const validity = makeBitmap(length);
  yield* inSlices(rows.length, (start, end) => {
    copyValues(source, values, placement, start, end);
    markValid(source, validity, placement, start, end);
  });
  if (fill !== 'null') {
    yield* inSlices(missing.length, (start, end) => fillIn(values, validity, missing.subarray(start, end), fill));
  }
  const nullCount = countZeros(validity, length);
  return { layout: 'fixed', length, nullCount, validity: nullCount === 0 ? null : validity, values };
}

function fillIn(
  values: FixedArray,
  validity: Uint8Array,
  missing: Int32Array,
  fill: Exclude<Placement['fill'], 'null'>,
): void {
  if (fill === 'previous') {
    for (const position of missing) {
      if (position > 0 && isSet(validity, position - 1)) {
        values.copyWithin(position, position - 1, position);
        setBit(validity, position);
      }
    }
    return;
  }
  for (const position of missing) {
    // The caller has made the number fit the type.
    (values as { [position: number]: number | bigint })[position] = fill;
    setBit(validity, position);
  }
}

/** As 32-bit halves where values have 64 bits: no BigInt is made, and every bit of a NaN stays. */
function copyValues(
  source: FixedColumn,
  target: FixedArray,
  { rows, positions }: Placement,
  start: number,
  end: number,
): void {
  if (source.values.BYTES_PER_ELEMENT === 8) {
    const from = halvesOf(source.values);
    const to = halvesOf(target);
    for (let i = start; i < end; i++) {
      const row = (rows[i] as number) * 2;
      const position = (positions[i] as number) * 2;
      to[position] = from[row] as number;
      to[position + 1] = from[row + 1] as number;
    }
    return;
  }
  const from = source.values as Int32Array;
  const to = target as Int32Array;
  for (let i = start; i < end; i++) {
    to[positions[i] as number] = from[rows[i] as number] as number;
  }
}

function markValid(
  { validity: from }: FixedColumn,
  to: Uint8Array,
  { rows, positions }: Placement,
  start: number,
  end: number,
): void {
  if (from === null) {
    for (let i = start; i < end; i++) {
      setBit(to, positions[i] as number);
    }
    return;
  }
  for (let i = start; i < end; i++) {
    const position = positions[i] as number;
    if (isSet(from, rows[i] as number)) {
      setBit(to, position);
    } else {
      clearBit(to, position);
    }
  }
}
