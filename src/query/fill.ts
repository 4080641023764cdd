import type { FieldType } from '../frame/column.ts';
import type { Fill } from '../model/query.ts';
import { rowsPerStep, type Steps } from '../steps/steps.ts';
import { QueryError } from './errors.ts';
import type { Placement } from './spread.ts';

/** Times with those of a grid added, and where each of the times has gone. */
export interface FilledTimes {
  readonly times: BigInt64Array<ArrayBuffer>;
  readonly positionOf: Int32Array;
}

/**
 * Adds the beginnings of buckets in which no time lies yet. No time moves or goes: what lies within a bucket or outside of all stays. Both
 * lists are ascending; `bounds` has each bucket's beginning, and the end of the last.
 */
export function* addGrid(times: BigInt64Array<ArrayBuffer>, bounds: BigInt64Array): Steps<FilledTimes> {
  if (bounds.length === 0) {
    return { times, positionOf: identity(times.length) };
  }
  const filled = new BigInt64Array(times.length + bounds.length);
  const positionOf = new Int32Array(times.length);
  let [length, next, bucket] = [0, 0, 0];
  while (next < times.length || bucket + 1 < bounds.length) {
    if ((next + bucket) % rowsPerStep === 0) {
      yield;
    }
    const time = times[next];
    if (time !== undefined && (bucket + 1 >= bounds.length || time < (bounds[bucket] as bigint))) {
      positionOf[next++] = length;
      filled[length++] = time;
      continue;
    }
    if (time === undefined || time >= (bounds[bucket + 1] as bigint)) {
      filled[length++] = bounds[bucket] as bigint;
    }
    bucket++;
  }
  return { times: filled.slice(0, length), positionOf };
}

/** 0, 1, 2, …: where each time goes when none moves. */
export function identity(length: number): Int32Array {
  const positions = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    positions[i] = i;
  }
  return positions;
}

/** The positions below `length` that no row has, ascending. */
export function missingPositions(positions: Int32Array, length: number): Int32Array {
  const taken = new Uint8Array(length);
  for (let i = 0; i < positions.length; i++) {
    taken[positions[i] as number] = 1;
  }
  const missing = new Int32Array(length);
  let count = 0;
  for (let position = 0; position < length; position++) {
    if (taken[position] === 0) {
      missing[count++] = position;
    }
  }
  return missing.subarray(0, count);
}

const integerBounds: Readonly<Partial<Record<FieldType, readonly [bigint, bigint]>>> = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/**
 * What to put into missing cells of a column of this type.
 *
 * @throws QueryError `fill_value_type` when the type cannot hold the number
 */
export function fillFor(fill: Fill | undefined, name: string, type: FieldType): Placement['fill'] {
  if (fill?.mode !== 'value') {
    return fill?.mode ?? 'null';
  }
  const bounds = integerBounds[type];
  if (bounds === undefined) {
    return fill.value;
  }
  if (!Number.isInteger(fill.value) || BigInt(fill.value) < bounds[0] || BigInt(fill.value) > bounds[1]) {
    throw new QueryError('fill_value_type', `Cannot fill ${name} with ${fill.value}: its type ${type} cannot hold it`, {
      hint: 'Cast the column to DOUBLE, or fill with another number',
    });
  }
  return type === 'int64' || type === 'uint64' ? BigInt(fill.value) : fill.value;
}
