import { makeBitmap } from '../../../frame/bitmap.ts';
import { arrayOf, type Column, type VariableColumn } from '../../../frame/column.ts';
import type { Steps } from '../../../steps/steps.ts';
import type { Bindings, DataChunk, LogicalType } from '../bindings.ts';
import type { ColumnType, Reader } from '../types.ts';
import { releaseParts, type VectorPart, vectorsOf } from './chunk.ts';
import { longestOf, readEnum, widthOf } from './enum.ts';
import { type CopiedType, readBool, readFixed } from './fixed.ts';
import { strictJson } from './json.ts';
import { readDate, readNanos, readScaled, readSeconds } from './temporal.ts';
import { readText, stringWidth } from './text.ts';
import { readWide, type WideShape } from './wide.ts';

/** Turns one column's vectors of several chunks into one column. */
export interface ColumnReader {
  /** Bytes of a row in DuckDB's vector. */
  readonly width: number;
  /** Whether a row has bytes outside of the vector. */
  readonly isText: boolean;
  /** Bytes that a row may yet become: an enum's text. Default 0. */
  readonly expandedBytes?: number;
  /** The column has memory of its own: the parts' is given back afterwards. */
  read(parts: readonly VectorPart[], length: number): Steps<Column>;
}

/** A column's reader, made once for a result. */
export function columnReader(bindings: Bindings, column: ColumnType): ColumnReader {
  return { isText: column.reader === 'text' || column.reader === 'json', ...makers[column.reader](bindings, column) };
}

/** Reads a column of all the chunks. */
export function* readColumn(
  bindings: Bindings,
  reader: ColumnReader,
  chunks: readonly DataChunk[],
  index: number,
  length: number,
): Steps<Column> {
  const parts = vectorsOf(bindings, chunks, index, reader.width);
  try {
    return yield* reader.read(parts, length);
  } finally {
    releaseParts(parts);
  }
}

type Maker = (bindings: Bindings, column: ColumnType) => Omit<ColumnReader, 'isText'>;

const makers: Readonly<Record<Reader, Maker>> = {
  copy: (_, { type }) => ({
    width: arrayOf[type as CopiedType].BYTES_PER_ELEMENT,
    read: atOnce((parts, length) => readFixed(parts, length, type as CopiedType)),
  }),
  bool: () => ({ width: 1, read: atOnce(readBool) }),
  date: () => ({ width: 4, read: atOnce(readDate) }),
  seconds: () => ({ width: 8, read: atOnce(readSeconds) }),
  millis: () => ({ width: 8, read: atOnce((parts, length) => readScaled(parts, length, 1_000_000)) }),
  micros: () => ({ width: 8, read: atOnce((parts, length) => readScaled(parts, length, 1_000)) }),
  nanos: () => ({ width: 8, read: atOnce(readNanos) }),
  hugeint: () => wide({ width: 16, signed: true, scale: 0 }),
  uhugeint: () => wide({ width: 16, signed: false, scale: 0 }),
  decimal: (bindings, { logical }) => wide(shapeOfDecimal(bindings, logical)),
  enum: (_, { texts = [] }) => {
    const width = widthOf(texts);
    const read = atOnce((parts, length) => readEnum(parts, length, width));
    return { width, expandedBytes: longestOf(texts), read };
  },
  text: (bindings) => ({ width: stringWidth, read: (parts, length) => readText(bindings, parts, length) }),
  json: (bindings) => ({
    width: stringWidth,
    *read(parts, length) {
      return yield* strictJson(yield* readText(bindings, parts, length));
    },
  }),
  null: () => ({ width: 4, read: atOnce((_, length) => allNull(length)) }),
};

/** Of a type whose rows take nanoseconds. */
function atOnce(read: (parts: readonly VectorPart[], length: number) => Column): ColumnReader['read'] {
  // biome-ignore lint/correctness/useYield: it takes no step.
  return function* (parts, length) {
    return read(parts, length);
  };
}

function wide(shape: WideShape): ReturnType<Maker> {
  return { width: shape.width, read: (parts, length) => readWide(parts, length, shape) };
}

/** DECIMAL's physical type by its digits: int16 up to 4, int32 up to 9, int64 up to 18, else 128 bits. */
function shapeOfDecimal(bindings: Bindings, logical: LogicalType): WideShape {
  const digits = bindings.decimal_width(logical);
  const width = digits <= 4 ? 2 : digits <= 9 ? 4 : digits <= 18 ? 8 : 16;
  return { width, signed: true, scale: bindings.decimal_scale(logical) };
}

function allNull(length: number): VariableColumn {
  return {
    layout: 'variable',
    length,
    nullCount: length,
    validity: length === 0 ? null : makeBitmap(length),
    offsets: new Int32Array(length + 1),
    bytes: new Uint8Array(0),
  };
}
