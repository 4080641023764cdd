import { makeBitmap } from '../../../frame/bitmap.ts';
import { arrayOf, type BitColumn, type FieldType, type FixedColumn } from '../../../frame/column.ts';
import { joinData, type VectorPart } from './chunk.ts';
import { joinValidity } from './validity.ts';

/** Types whose vectors have Arrow's own layout. */
export type CopiedType = Exclude<FieldType, 'bool' | 'utf8' | 'json' | 'timestamp' | 'enum'>;

/** One memcpy a part. */
export function readFixed(parts: readonly VectorPart[], length: number, type: CopiedType): FixedColumn {
  const values = new arrayOf[type](length);
  joinData(parts, values);
  return { layout: 'fixed', length, values, ...joinValidity(parts, length) };
}

/** DuckDB has a byte for each boolean, Arrow a bit. */
export function readBool(parts: readonly VectorPart[], length: number): BitColumn {
  const bits = makeBitmap(length);
  let row = 0;
  for (const { data, rows } of parts) {
    for (let i = 0; i < rows; i++, row++) {
      const byte = row >> 3;
      bits[byte] = (bits[byte] as number) | (((data[i] as number) & 1) << (row & 7));
    }
  }
  return { layout: 'bits', length, bits, ...joinValidity(parts, length) };
}
