import { makeBitmap, setBit } from '../frame/bitmap.ts';
import { type Field, type FieldType, type FixedColumn, isValid, type RecordBatch } from '../frame/column.ts';
import { rowsPerStep, type Steps } from '../steps/steps.ts';
import type { Result } from './result.ts';

/** The column of a result's time: the one named `time` (in lower case, else in any), else the first timestamp; -1 if there is none. */
export function findTimeColumn(fields: readonly Field[]): number {
  const exact = fields.findIndex(({ name }) => name === 'time');
  const named = exact === -1 ? fields.findIndex(({ name }) => name.toLowerCase() === 'time') : exact;
  return named === -1 ? fields.findIndex(({ type }) => type === 'timestamp') : named;
}

/** Columns of numbers that are times in a table, in any case: as in Grafana's own SQL sources, the second for annotations. */
export const timeNames: readonly string[] = ['time', 'timeend'];

/** Whether values of this type are numbers. */
export function isNumeric(type: FieldType): boolean {
  return !['bool', 'timestamp', 'utf8', 'json', 'enum'].includes(type);
}

/** The result with a column of numbers as timestamps; what is no column of numbers stays as it is. */
export function* withTimestamps({ fields, batches }: Result, index: number): Steps<Result> {
  const field = fields[index];
  return field === undefined || !isNumeric(field.type)
    ? { fields, batches }
    : {
        fields: fields.with(index, { name: field.name, type: 'timestamp' }),
        batches: yield* numbersToTimestamps(batches, index),
      };
}

/**
 * Makes a column of numbers one of timestamps. The unit is one for the whole column: what most of its numbers but zero look like by
 * their size, so that neither old times nor a placeholder for "never" can turn it. What then lies outside the years 1677 to 2262 becomes
 * null, and counts as lost.
 */
export function* numbersToTimestamps(batches: readonly RecordBatch[], index: number): Steps<RecordBatch[]> {
  const factor = yield* nanosecondsPerUnit(batches.map((batch) => batch.columns[index] as FixedColumn));
  const timed: RecordBatch[] = [];
  for (const batch of batches) {
    const times = yield* toTimestamps(batch.columns[index] as FixedColumn, factor);
    timed.push({ ...batch, columns: batch.columns.with(index, times) });
  }
  return timed;
}

/** Seconds below 10^11 (the year 5138), milliseconds below 10^14, microseconds below 10^17, else nanoseconds. */
function* nanosecondsPerUnit(columns: readonly FixedColumn[]): Steps<number> {
  const votes = [0, 0, 0, 0];
  for (const column of columns) {
    for (let row = 0; row < column.length; row++) {
      const size = Math.abs(Number(column.values[row]));
      if (size > 0 && size < Number.POSITIVE_INFINITY && isValid(column, row)) {
        const unit = size < 1e11 ? 0 : size < 1e14 ? 1 : size < 1e17 ? 2 : 3;
        votes[unit] = (votes[unit] as number) + 1;
      }
      if (row % rowsPerStep === 0) {
        yield;
      }
    }
  }
  return 1000 ** (3 - votes.indexOf(Math.max(...votes)));
}

const maxNs = 2n ** 63n - 1n;
const minNs = -(2n ** 63n);

function* toTimestamps(column: FixedColumn, factor: number): Steps<FixedColumn> {
  const { length } = column;
  const values = new BigInt64Array(length);
  const validity = makeBitmap(length);
  let { nullCount } = column;
  let lost = 0;
  for (let row = 0; row < length; row++) {
    if (row % rowsPerStep === 0) {
      yield;
    }
    if (!isValid(column, row)) {
      continue;
    }
    const timeNs = scale(column.values[row] as number | bigint, factor);
    if (timeNs === undefined || timeNs < minNs || timeNs > maxNs) {
      nullCount++;
      lost++;
    } else {
      values[row] = timeNs;
      setBit(validity, row);
    }
  }
  const base = { length, nullCount, validity: nullCount === 0 ? null : validity, losses: { time: lost } };
  return { layout: 'fixed', values, ...base };
}

/** The fraction apart, since a double has no digits left for it beside the nanoseconds of today. */
function scale(value: number | bigint, factor: number): bigint | undefined {
  if (typeof value === 'bigint') {
    return value * BigInt(factor);
  }
  if (!Number.isFinite(value)) {
    return undefined;
  }
  const whole = Math.floor(value);
  return BigInt(whole) * BigInt(factor) + BigInt(Math.round((value - whole) * factor));
}
