import type { FixedArray } from '../../../frame/column.ts';
import type { Bindings, DataChunk } from '../bindings.ts';

/** One column's vector in one chunk, seen in place. Valid only while the chunk is reachable: keep `owner`. */
export interface VectorPart {
  readonly owner: DataChunk;
  readonly rows: number;
  /** DuckDB's bitmap, as Arrow's; bits past `rows` are garbage. Null: every row has a value. */
  readonly validity: Uint8Array | null;
  /** The vector's memory, `width` bytes a row; what lies under a null is garbage. */
  readonly data: Uint8Array;
}

/** DuckDB's validity masks are made of 64-bit words. */
const bitsPerWord = 64;

/** Views of one column over several chunks: nothing is copied. */
export function vectorsOf(
  bindings: Bindings,
  chunks: readonly DataChunk[],
  column: number,
  width: number,
): readonly VectorPart[] {
  return chunks.map((owner) => {
    const vector = bindings.data_chunk_get_vector(owner, column);
    const rows = bindings.data_chunk_get_size(owner);
    const words = Math.ceil(rows / bitsPerWord);
    return {
      owner,
      rows,
      validity: bindings.vector_get_validity(vector, words * 8) as Uint8Array | null,
      data: bindings.vector_get_data(vector, rows * width),
    };
  });
}

/** Copies the vectors' memory, one behind the other, to the beginning of an array's own buffer. */
export function joinData(parts: readonly VectorPart[], target: FixedArray): void {
  const bytes = new Uint8Array(target.buffer);
  let at = 0;
  for (const { data } of parts) {
    bytes.set(data, at);
    at += data.byteLength;
  }
}
