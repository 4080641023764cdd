import { isSet } from '../../../frame/bitmap.ts';
import type { VariableColumn } from '../../../frame/column.ts';
import type { Bindings, LogicalType } from '../bindings.ts';
import { copyBytes } from './bytes.ts';
import { joinData, type VectorPart } from './chunk.ts';
import { joinValidity } from './validity.ts';

/** An ENUM's values as UTF-8: value i is `bytes[offsets[i], offsets[i + 1])`. */
export interface Dictionary {
  /** Bytes of an index into it. */
  readonly width: 1 | 2 | 4;
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

export function readDictionary(bindings: Bindings, logical: LogicalType): Dictionary {
  const size = bindings.enum_dictionary_size(logical);
  const values = Array.from({ length: size }, (_, i) => Buffer.from(bindings.enum_dictionary_value(logical, i)));
  const offsets = new Int32Array(size + 1);
  for (const [i, value] of values.entries()) {
    offsets[i + 1] = (offsets[i] as number) + value.byteLength;
  }
  return { width: size <= 2 ** 8 ? 1 : size <= 2 ** 16 ? 2 : 4, offsets, bytes: Buffer.concat(values) };
}

/** ENUM: each row's index looked up. */
export function readEnum(parts: readonly VectorPart[], length: number, dictionary: Dictionary): VariableColumn {
  const { validity, nullCount } = joinValidity(parts, length);
  const indices = joinIndices(parts, length, dictionary.width);
  const offsets = new Int32Array(length + 1);
  for (let row = 0; row < length; row++) {
    const isNull = validity !== null && !isSet(validity, row);
    offsets[row + 1] = (offsets[row] as number) + (isNull ? 0 : lengthOf(dictionary, indices[row] as number));
  }
  const bytes = new Uint8Array(offsets[length] as number);
  for (let row = 0; row < length; row++) {
    const to = offsets[row] as number;
    const from = dictionary.offsets[indices[row] as number] as number;
    copyBytes(dictionary.bytes, from, bytes, to, (offsets[row + 1] as number) - to);
  }
  return { layout: 'variable', length, offsets, bytes, validity, nullCount };
}

const arrayOfWidth = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

function joinIndices(parts: readonly VectorPart[], length: number, width: Dictionary['width']) {
  const indices = new arrayOfWidth[width](length);
  joinData(parts, indices);
  return indices;
}

function lengthOf({ offsets }: Dictionary, index: number): number {
  return (offsets[index + 1] as number) - (offsets[index] as number);
}
