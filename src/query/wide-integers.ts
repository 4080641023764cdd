import type { Column, FixedColumn } from '../frame/column.ts';
import { isValid } from '../frame/column.ts';
import { halvesOf } from './halves.ts';
import type { Result } from './result.ts';

/** The high half of 2⁵³, beyond which a double leaves integers out. */
const maxHigh = 2 ** 21;

/**
 * Marks columns of 64-bit integers that hold one beyond ±2⁵³: browsers round it. Only the high halves are looked at, and only until one is
 * found: about 1 ms for a million rows.
 */
export function markWideIntegers(result: Result): Result {
  let { batches } = result;
  for (const [index, { type }] of result.fields.entries()) {
    if (type !== 'int64' && type !== 'uint64') {
      continue;
    }
    const at = batches.findIndex(({ columns }) => holdsWide(columns[index] as FixedColumn, type === 'int64'));
    const batch = batches[at];
    if (batch !== undefined) {
      const column: Column = { ...(batch.columns[index] as Column), losses: { digits: 1 } };
      batches = batches.with(at, { ...batch, columns: batch.columns.with(index, column) });
    }
  }
  return { fields: result.fields, batches };
}

function holdsWide(column: FixedColumn, signed: boolean): boolean {
  const halves = halvesOf(column.values);
  // Distances from zero, or'ed: whatever reaches 2²¹ leaves a bit there. Nothing branches, and nearly every column ends here.
  let bits = 0;
  for (let i = 1; i < halves.length; i += 2) {
    const high = halves[i] as number;
    bits |= signed ? high ^ (high >> 31) : high;
  }
  if (bits >>> 0 < maxHigh) {
    return false;
  }
  for (let row = 0; row < column.length; row++) {
    const [low, high] = [halves[2 * row] as number, halves[2 * row + 1] as number];
    const size = signed ? high : high >>> 0;
    const isWide = size > maxHigh || (size === maxHigh && low !== 0) || size < -maxHigh;
    if (isWide && isValid(column, row)) {
      return true;
    }
  }
  return false;
}
