import { freeBytes } from '../../../frame/bytes.ts';
import type { FixedArray } from '../../../frame/column.ts';
import type { Bindings, DataChunk } from '../bindings.ts';

/**
 * One column's vector in one chunk. The bindings copy its memory, but not the texts that it points to: those are valid only while the chunk is
 * reachable, so keep `owner`.
 */
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

/** One column's vectors of several chunks. */
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

/**
 * Gives the copies back once they are read. Left to the collector, they cost a million rows of two columns 16 MB and half of all CPU: each
 * then lies in memory that is touched for the first time (9 µs a vector where this makes it 0.7), and the collector never rests.
 */
export function releaseParts(parts: readonly VectorPart[]): void {
  for (const { data, validity } of parts) {
    freeBytes(data);
    if (validity !== null) {
      freeBytes(validity);
    }
  }
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
