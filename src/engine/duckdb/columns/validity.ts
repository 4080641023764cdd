import { appendBits, clearBit, countZeros, isSet, makeBitmap } from '../../../frame/bitmap.ts';
import type { Losses } from '../../../frame/column.ts';
import type { VectorPart } from './chunk.ts';

/** A column's bitmap in Arrow's layout, with what the column needs to know of it. */
export interface Validity {
  /** Null exactly when `nullCount` is 0. */
  readonly validity: Uint8Array | null;
  readonly nullCount: number;
}

/** Joins the bitmaps of parts of any length: after filters, parts do not begin at byte borders. */
export function joinValidity(parts: readonly VectorPart[], length: number): Validity {
  if (parts.every(({ validity }) => validity === null)) {
    return { validity: null, nullCount: 0 };
  }
  const bits = makeBitmap(length);
  let row = 0;
  for (const part of parts) {
    appendBits(bits, row, part.validity, part.rows);
    row += part.rows;
  }
  const nullCount = countZeros(bits, length);
  return nullCount === 0 ? { validity: null, nullCount } : { validity: bits, nullCount };
}

/** Turns rows into nulls for times that nanoseconds cannot hold. */
export class LostTimes {
  count = 0;
  readonly #length: number;
  #bits: Uint8Array | null;
  #nullCount: number;

  constructor({ validity, nullCount }: Validity, length: number) {
    this.#length = length;
    this.#bits = validity;
    this.#nullCount = nullCount;
  }

  /** Ignores a row that is null already: what lies under a null is garbage. */
  add(row: number): void {
    this.#bits ??= allOnes(this.#length);
    if (!isSet(this.#bits, row)) {
      return;
    }
    clearBit(this.#bits, row);
    this.#nullCount++;
    this.count++;
  }

  result(): Validity & { readonly losses?: Losses } {
    const validity = { validity: this.#bits, nullCount: this.#nullCount };
    return this.count === 0 ? validity : { ...validity, losses: { time: this.count } };
  }
}

function allOnes(length: number): Uint8Array {
  const bits = makeBitmap(length);
  appendBits(bits, 0, null, length);
  return bits;
}
