import type { Builder } from 'flatbuffers';
import { bitmapByteLength } from '../bitmap.ts';
import type { Column, RecordBatch } from '../column.ts';
import { paddingAfter, structs, tables } from './format.ts';
import { addFieldInt64, writeStructs } from './table-writer.ts';

/** The buffers of a record batch, one after another, each padded to the alignment. */
export interface Body {
  /** The columns' own memory and the padding between: never a copy. */
  readonly parts: readonly Uint8Array[];
  readonly byteLength: number;
  /** A FieldNode for each column, flat. */
  readonly nodes: readonly number[];
  /** A Buffer struct for each buffer, flat. */
  readonly buffers: readonly number[];
}

/** Lays the columns' buffers in a row and says where each lies. */
export function layOutBody(batch: RecordBatch): Body {
  const parts: Uint8Array[] = [];
  const nodes: number[] = [];
  const buffers: number[] = [];
  let byteLength = 0;
  for (const column of batch.columns) {
    nodes.push(column.length, column.nullCount);
    for (const buffer of buffersOf(column)) {
      buffers.push(byteLength, buffer.byteLength);
      const padding = paddingAfter(buffer.byteLength);
      if (buffer.byteLength > 0) {
        parts.push(buffer);
      }
      if (padding > 0) {
        parts.push(zeros.subarray(0, padding));
      }
      byteLength += buffer.byteLength + padding;
    }
  }
  return { parts, byteLength, nodes, buffers };
}

/** Writes the RecordBatch table of a body; returns its offset. */
export function writeRecordBatch(builder: Builder, rowCount: number, body: Body): number {
  const buffers = writeStructs(builder, structs.Buffer, body.buffers);
  const nodes = writeStructs(builder, structs.FieldNode, body.nodes);
  builder.startObject(Object.keys(tables.RecordBatch).length);
  addFieldInt64(builder, tables.RecordBatch.length, rowCount);
  builder.addFieldOffset(tables.RecordBatch.nodes, nodes, 0);
  builder.addFieldOffset(tables.RecordBatch.buffers, buffers, 0);
  return builder.endObject();
}

/** The buffers in Arrow's order, cut to what the rows need. An empty validity buffer says that there are no nulls. */
function buffersOf(column: Column): readonly Uint8Array[] {
  const bitmapLength = bitmapByteLength(column.length);
  const validity = column.nullCount === 0 ? none : (column.validity?.subarray(0, bitmapLength) ?? none);
  switch (column.layout) {
    case 'fixed':
      return [validity, bytesOf(column.values)];
    case 'bits':
      return [validity, column.bits.subarray(0, bitmapLength)];
    case 'variable': {
      const offsets = column.offsets.subarray(0, column.length + 1);
      return [validity, bytesOf(offsets), column.bytes.subarray(0, column.offsets[column.length])];
    }
  }
}

/** The memory as it lies, which is Arrow's byte order on little-endian hosts only; encodeFrame() refuses others. */
function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

const none = new Uint8Array(0);
const zeros = new Uint8Array(8);
