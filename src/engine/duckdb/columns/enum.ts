import type { FixedColumn } from '../../../frame/column.ts';
import type { Bindings, LogicalType } from '../bindings.ts';
import type { VectorPart } from './chunk.ts';
import { joinValidity } from './validity.ts';

/** DuckDB takes 32 bits from 65,536 values on, one before it must (types.cpp, EnumTypeInfo::DictType). */
const maxTexts = 2 ** 16 - 1;
/** Whoever needs an enum's texts makes one for each row: a chunk's rows may then still become one buffer, and a batch stays small. */
const maxTextBytes = 4096;

/** An ENUM's values, from number 0 on; undefined where they are too many or too long to go by their numbers. */
export function readTexts(bindings: Bindings, logical: LogicalType): readonly string[] | undefined {
  const size = bindings.enum_dictionary_size(logical);
  if (size > maxTexts) {
    return undefined;
  }
  const texts = Array.from({ length: size }, (_, i) => bindings.enum_dictionary_value(logical, i));
  return longestOf(texts) > maxTextBytes ? undefined : texts;
}

/** Bytes of a number in DuckDB's vector: one up to 255 values, not 256. */
export function widthOf({ length }: readonly string[]): 1 | 2 {
  return length < 2 ** 8 ? 1 : 2;
}

/** Bytes of the longest text. */
export function longestOf(texts: readonly string[]): number {
  return texts.reduce((longest, text) => Math.max(longest, Buffer.byteLength(text)), 0);
}

/** ENUM: the numbers of its values. */
export function readEnum(parts: readonly VectorPart[], length: number, width: 1 | 2): FixedColumn {
  const values = new Uint16Array(length);
  let row = 0;
  for (const { data, rows } of parts) {
    values.set(width === 1 ? data : new Uint16Array(data.buffer, data.byteOffset, rows), row);
    row += rows;
  }
  return { layout: 'fixed', length, values, ...joinValidity(parts, length) };
}
