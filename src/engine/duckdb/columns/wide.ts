import { isSet } from '../../../frame/bitmap.ts';
import type { FixedColumn } from '../../../frame/column.ts';
import type { Steps } from '../../../steps/steps.ts';
import type { VectorPart } from './chunk.ts';
import { writesDecimal } from './digits.ts';
import { joinValidity } from './validity.ts';

/** An integer vector that becomes doubles: how it lies in memory, and the power of ten to divide by. */
export interface WideShape {
  /** Bytes of an integer. */
  readonly width: 2 | 4 | 8 | 16;
  readonly signed: boolean;
  readonly scale: number;
}

const twoTo32 = 2 ** 32;
/** A 64-bit integer whose high half lies within ± this is below 2⁵³, and so exact in a double. */
const exactHigh = 2 ** 21;
/** Half of that: below 2⁵² a decimal is the only one of its scale near its double, and so the one that people are shown. */
const keptHigh = 2 ** 20;
/** Powers of ten up to this one are exact in a double; a division of two exact numbers rounds once, and so to the nearest. */
const exactScale = 22;

/** DECIMAL, HUGEINT and UHUGEINT, each to the nearest double. A column that loses digits by it says so, though not how often. */
export function* readWide(parts: readonly VectorPart[], length: number, shape: WideShape): Steps<FixedColumn> {
  const values = new Float64Array(length);
  const digits = new Digits(shape.scale);
  let row = 0;
  for (const part of parts) {
    digits.part = part;
    convert[shape.width](part, shape, values.subarray(row, row + part.rows), digits);
    row += part.rows;
    // What no double holds takes a microsecond a row.
    yield;
  }
  const column: FixedColumn = { layout: 'fixed', length, values, ...joinValidity(parts, length) };
  return digits.areLost ? { ...column, losses: { digits: 1 } } : column;
}

type Convert = (part: VectorPart, shape: WideShape, values: Float64Array, digits: Digits) => void;

const convert: Readonly<Record<WideShape['width'], Convert>> = {
  2: ({ data, rows }, { scale }, values) => divide(new Int16Array(data.buffer, data.byteOffset, rows), scale, values),
  4: ({ data, rows }, { scale }, values) => divide(new Int32Array(data.buffer, data.byteOffset, rows), scale, values),
  8: convert64,
  16: convert128,
};

function divide(source: Int16Array | Int32Array, scale: number, values: Float64Array): void {
  const divisor = 10 ** scale;
  for (let i = 0; i < values.length; i++) {
    values[i] = (source[i] as number) / divisor;
  }
}

function convert64({ data, rows }: VectorPart, { scale }: WideShape, values: Float64Array, digits: Digits): void {
  const words = new Int32Array(data.buffer, data.byteOffset, rows * 2);
  const divisor = 10 ** scale;
  for (let i = 0; i < rows; i++) {
    const low = (words[2 * i] as number) >>> 0;
    const high = words[2 * i + 1] as number;
    values[i] =
      high < exactHigh && high >= -exactHigh
        ? (high * twoTo32 + low) / divisor
        : nearest((BigInt(high) << 32n) | BigInt(low), scale);
    if (high >= keptHigh || high < -keptHigh) {
      digits.look(i, values[i] as number, () => (BigInt(high) << 32n) | BigInt(low));
    }
  }
}

function convert128(
  { data, rows }: VectorPart,
  { signed, scale }: WideShape,
  values: Float64Array,
  digits: Digits,
): void {
  const words = new Int32Array(data.buffer, data.byteOffset, rows * 4);
  const divisor = 10 ** scale;
  for (let i = 0; i < rows; i++) {
    const low = (words[4 * i] as number) >>> 0;
    const high = words[4 * i + 1] as number;
    const sign = words[4 * i + 2] as number;
    const top = words[4 * i + 3] as number;
    const isExact =
      high < exactHigh && high >= -exactHigh && sign === high >> 31 && top === sign && (signed || top === 0);
    values[i] =
      isExact && scale <= exactScale
        ? (high * twoTo32 + low) / divisor
        : nearest(join(low, high >>> 0, sign >>> 0, signed ? top : top >>> 0), scale);
    if (!isExact || high >= keptHigh || high < -keptHigh) {
      digits.look(i, values[i] as number, () => join(low, high >>> 0, sign >>> 0, signed ? top : top >>> 0));
    }
  }
}

function join(...words: readonly number[]): bigint {
  return words.reduceRight((value, word) => (value << 32n) | BigInt(word), 0n);
}

/** Lets the number parser round: once, and rightly. */
function nearest(integer: bigint, scale: number): number {
  return scale === 0 ? Number(integer) : Number(`${integer}e-${scale}`);
}

/** Whether a column's doubles, as people read them, have lost digits. It looks until the first that has. */
class Digits {
  areLost = false;
  part: VectorPart | undefined;
  readonly #scale: number;

  constructor(scale: number) {
    this.#scale = scale;
  }

  /** @param integer the number times the power of ten of its scale; what lies under a null does not count */
  look(row: number, value: number, integer: () => bigint): void {
    const validity = this.part?.validity ?? null;
    if (!this.areLost && (validity === null || isSet(validity, row))) {
      this.areLost = !writesDecimal(value, integer(), this.#scale);
    }
  }
}
