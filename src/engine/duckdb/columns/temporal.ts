import type { FixedColumn } from '../../../frame/column.ts';
import type { VectorPart } from './chunk.ts';
import { joinValidity, LostTimes } from './validity.ts';

const twoTo32 = 2 ** 32;
/** A day in nanoseconds as two 32-bit halves: 86,400 × 10⁹ = 20,116 × 2³² + 2,437,873,664. */
const dayHigh = 20_116;
const dayLow = 2_437_873_664;
/** Whole days that 64 bits of nanoseconds hold on either side of 1970. */
const maxDays = 106_751;

/** DATE: days in 32 bits. ±infinity lies outside of what fits, as do most of DuckDB's years. */
export function readDate(parts: readonly VectorPart[], length: number): FixedColumn {
  const [values, halves] = allocate(length);
  const nulls = new LostTimes(joinValidity(parts, length), length);
  let row = 0;
  for (const { data, rows } of parts) {
    const days = new Int32Array(data.buffer, data.byteOffset, rows);
    for (let i = 0; i < rows; i++, row++) {
      const day = days[i] as number;
      if (day > maxDays || day < -maxDays) {
        nulls.add(row);
        continue;
      }
      const low = day * dayLow;
      halves[2 * row] = low;
      halves[2 * row + 1] = day * dayHigh + Math.floor(low / twoTo32);
    }
  }
  return { layout: 'fixed', length, values, ...nulls.result() };
}

/**
 * TIMESTAMP in µs or ms, as 64 bits, times `factor` (at most 2²¹, so that a half times it stays exact in a double).
 * ±infinity is the greatest 64-bit number, and overflows as every other value that does not fit. Halves cost half of what BigInt does.
 */
export function readScaled(parts: readonly VectorPart[], length: number, factor: number): FixedColumn {
  const [values, halves] = allocate(length);
  const nulls = new LostTimes(joinValidity(parts, length), length);
  let row = 0;
  for (const { data, rows } of parts) {
    const source = new Int32Array(data.buffer, data.byteOffset, 2 * rows);
    for (let i = 0; i < rows; i++, row++) {
      const low = ((source[2 * i] as number) >>> 0) * factor;
      const high = (source[2 * i + 1] as number) * factor + Math.floor(low / twoTo32);
      if (high > 0x7fffffff || high < -0x80000000) {
        nulls.add(row);
        continue;
      }
      halves[2 * row] = low;
      halves[2 * row + 1] = high;
    }
  }
  return { layout: 'fixed', length, values, ...nulls.result() };
}

const nsPerSecond = 1_000_000_000n;
const maxSeconds = (2n ** 63n - 1n) / nsPerSecond;

/** TIMESTAMP_S: too wide a step for doubles, too rare a type to be fast. */
export function readSeconds(parts: readonly VectorPart[], length: number): FixedColumn {
  const [values] = allocate(length);
  const nulls = new LostTimes(joinValidity(parts, length), length);
  let row = 0;
  for (const { data, rows } of parts) {
    for (const seconds of new BigInt64Array(data.buffer, data.byteOffset, rows)) {
      if (seconds > maxSeconds || seconds < -maxSeconds) {
        nulls.add(row);
      } else {
        values[row] = seconds * nsPerSecond;
      }
      row++;
    }
  }
  return { layout: 'fixed', length, values, ...nulls.result() };
}

/** TIMESTAMP_NS: a copy, but for ±infinity, which is ±(2⁶³ − 1). */
export function readNanos(parts: readonly VectorPart[], length: number): FixedColumn {
  const [values, halves] = allocate(length);
  const nulls = new LostTimes(joinValidity(parts, length), length);
  let row = 0;
  for (const { data, rows } of parts) {
    const source = new Int32Array(data.buffer, data.byteOffset, 2 * rows);
    halves.set(source, 2 * row);
    for (let i = 0; i < rows; i++, row++) {
      const [low, high] = [source[2 * i] as number, source[2 * i + 1] as number];
      if ((high === 0x7fffffff && low === -1) || (high === -0x80000000 && low === 1)) {
        nulls.add(row);
      }
    }
  }
  return { layout: 'fixed', length, values, ...nulls.result() };
}

function allocate(length: number): [BigInt64Array<ArrayBuffer>, Int32Array] {
  const values = new BigInt64Array(length);
  return [values, new Int32Array(values.buffer)];
}
