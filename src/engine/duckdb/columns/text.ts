import { isSet } from '../../../frame/bitmap.ts';
import { copyBytes, freeBytes } from '../../../frame/bytes.ts';
import type { VariableColumn } from '../../../frame/column.ts';
import type { Steps } from '../../../steps/steps.ts';
import { EngineError } from '../../engine.ts';
import type { Bindings, DataChunk } from '../bindings.ts';
import { releaseParts, type VectorPart, vectorsOf } from './chunk.ts';
import { joinValidity } from './validity.ts';

/*
 * duckdb_string_t, 16 bytes, little-endian:
 *
 *   0  length, uint32
 *   4  up to 12 bytes: the text itself
 *      longer: its first 4 bytes
 *   8          pointer to all of it, 64 bits
 */
const wordsPerString = 4;
const maxInlined = 12;
/** Bytes of a row in a VARCHAR's vector. */
export const stringWidth = 16;
/** Short text is stored 12 bytes at a time; what goes past its end is overwritten by the next row, or lies in this slack. */
const slack = 12;
const maxBytes = 2 ** 31 - 1;

/**
 * VARCHAR. Long texts mostly lie back to back in DuckDB's memory, in row order: such a run costs one pointer read and one memcpy, where one
 * of each a row would cost thirty times as much. Short texts are three unaligned stores.
 */
export function* readText(bindings: Bindings, parts: readonly VectorPart[], length: number): Steps<VariableColumn> {
  const { validity, nullCount } = joinValidity(parts, length);
  const offsets = new Int32Array(length + 1);
  let row = 0;
  for (const part of parts) {
    addOffsets(part, offsets, row);
    row += part.rows;
  }
  const byteLength = offsets[length] as number;
  const bytes = new Uint8Array(byteLength + slack);
  row = 0;
  for (const part of parts) {
    copyTexts(bindings, part, offsets, row, bytes);
    row += part.rows;
    // Long ones may be a megabyte.
    yield;
  }
  return { layout: 'variable', length, offsets, bytes: bytes.subarray(0, byteLength), validity, nullCount };
}

/** Bytes of text in some columns of a chunk, nulls' garbage left out. */
export function textBytesOf(bindings: Bindings, chunk: DataChunk, textColumns: readonly number[]): number {
  let total = 0;
  for (const column of textColumns) {
    const parts = vectorsOf(bindings, [chunk], column, stringWidth);
    total += parts.reduce((sum, part) => sum + textBytesIn(part), 0);
    releaseParts(parts);
  }
  return total;
}

function textBytesIn({ data, rows, validity }: VectorPart): number {
  const words = new Uint32Array(data.buffer, data.byteOffset, rows * wordsPerString);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    if (validity === null || isSet(validity, i)) {
      total += words[i * wordsPerString] as number;
    }
  }
  return total;
}

function addOffsets({ data, rows, validity }: VectorPart, offsets: Int32Array, start: number): void {
  const words = new Uint32Array(data.buffer, data.byteOffset, rows * wordsPerString);
  let offset = offsets[start] as number;
  for (let i = 0; i < rows; i++) {
    if (validity === null || isSet(validity, i)) {
      offset += words[i * wordsPerString] as number;
    }
    offsets[start + i + 1] = offset;
  }
  if (offset > maxBytes) {
    throw new EngineError(
      'sql_failed',
      `Cannot send ${offset} bytes of text in ${rows} rows: at most ${maxBytes} fit`,
      {
        hint: 'Select fewer or shorter texts',
      },
    );
  }
}

function copyTexts(bindings: Bindings, part: VectorPart, offsets: Int32Array, start: number, bytes: Uint8Array): void {
  const words = new Uint32Array(part.data.buffer, part.data.byteOffset, part.rows * wordsPerString);
  const target = new DataView(bytes.buffer);
  for (let i = 0; i < part.rows; ) {
    const offset = offsets[start + i] as number;
    if ((offsets[start + i + 1] as number) - offset <= maxInlined) {
      copyInlined(words, i, target, offset);
      i++;
      continue;
    }
    const run = findRun(words, part.rows, i, offsets, start);
    const pointerOffset = part.data.byteOffset + i * wordsPerString * 4 + 8;
    const source = bindings.get_data_from_pointer(part.data.buffer as ArrayBuffer, pointerOffset, run.byteLength);
    if (run.byteLength === (offsets[start + run.end] as number) - offset) {
      bytes.set(source, offset);
    } else {
      copyMixed(words, source, i, run.end, offsets, start, bytes, target);
    }
    freeBytes(source);
    i = run.end;
  }
}

/** Nulls and empty texts copy their words too: that is quicker than asking, and the next row overwrites them. */
function copyInlined(words: Uint32Array, row: number, target: DataView, offset: number): void {
  const word = row * wordsPerString;
  target.setUint32(offset, words[word + 1] as number, true);
  target.setUint32(offset + 4, words[word + 2] as number, true);
  target.setUint32(offset + 8, words[word + 3] as number, true);
}

/**
 * The long texts from row `first` on that lie back to back in DuckDB's memory, whatever short ones stand between them: `end` is the row after
 * the last, `byteLength` what they take there.
 */
function findRun(
  words: Uint32Array,
  rows: number,
  first: number,
  offsets: Int32Array,
  start: number,
): { readonly end: number; readonly byteLength: number } {
  const high = words[first * wordsPerString + 3] as number;
  const low = words[first * wordsPerString + 2] as number;
  let next = low;
  let end = first;
  for (let row = first; row < rows; row++) {
    const length = (offsets[start + row + 1] as number) - (offsets[start + row] as number);
    if (length <= maxInlined) {
      continue;
    }
    // A run that crosses 4 GiB of address space is cut there: `next` then is no 32-bit number.
    if (words[row * wordsPerString + 2] !== next || words[row * wordsPerString + 3] !== high) {
      break;
    }
    next += length;
    end = row + 1;
  }
  return { end, byteLength: next - low };
}

/** A run with short texts between the long ones. */
function copyMixed(
  words: Uint32Array,
  source: Uint8Array,
  first: number,
  end: number,
  offsets: Int32Array,
  start: number,
  bytes: Uint8Array,
  target: DataView,
): void {
  let from = 0;
  for (let row = first; row < end; row++) {
    const offset = offsets[start + row] as number;
    const length = (offsets[start + row + 1] as number) - offset;
    if (length <= maxInlined) {
      copyInlined(words, row, target, offset);
    } else {
      copyBytes(source, from, bytes, offset, length);
      from += length;
    }
  }
}
