import { Builder, isLittleEndian } from 'flatbuffers';
import { arrayOf, type Column, type FieldType, layoutOf, type RecordBatch } from '../column.ts';
import type { Frame } from '../frame.ts';
import { writeFooter } from './encode-footer.ts';
import { layOutBody, writeRecordBatch } from './encode-record-batch.ts';
import { writeSchema } from './encode-schema.ts';
import { ArrowError } from './error.ts';
import {
  continuation,
  magic,
  messageHeader,
  messagePrefixByteLength,
  metadataVersion,
  paddingAfter,
  tables,
} from './format.ts';
import { addFieldInt64 } from './table-writer.ts';

/**
 * Encodes a frame as one Arrow IPC file, which is how Grafana takes it.
 *
 * Returns the file in parts, to be joined once, in order, in the buffer that leaves the process. The columns' memory is among them as it lies, not
 * copied: it must not change until then. The work grows with columns × batches, not with rows.
 *
 * A column is `nullable` only if one of its batches has nulls, since each value of a nullable column costs Grafana a pointer.
 * Throws ArrowError where a batch does not fit the fields. Little-endian hosts only: the columns' memory is the file's.
 */
export function encodeFrame(frame: Frame): readonly Uint8Array[] {
  if (!isLittleEndian) {
    throw new ArrowError('Cannot encode a frame: the processor is big-endian, Arrow files are written little-endian');
  }
  frame.batches.forEach((batch, index) => {
    checkBatch(frame, batch, index);
  });
  const nullable = frame.fields.map((_, index) => frame.batches.some((batch) => batch.columns[index]?.nullCount !== 0));
  const builder = new Builder();
  const start = encodeStart(builder, frame, nullable);
  const parts: Uint8Array[] = [start];
  const blocks: number[] = [];
  let position = start.byteLength;
  for (const batch of frame.batches) {
    const body = layOutBody(batch);
    const message = encodeMessage(builder, messageHeader.RecordBatch, body.byteLength, () =>
      writeRecordBatch(builder, batch.rowCount, body),
    );
    parts.push(message);
    // Not push(...): a frame of a thousand series has more parts than a call may have arguments.
    for (const part of body.parts) {
      parts.push(part);
    }
    blocks.push(position, message.byteLength, body.byteLength);
    position += message.byteLength + body.byteLength;
  }
  parts.push(encodeEnd(builder, frame, nullable, blocks));
  return parts;
}

/** Bytes of the file that the parts make. */
export function byteLengthOfParts(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}

/** A batch that lies about its lengths would make a file that crashes its reader, far from the cause. */
function checkBatch(frame: Frame, batch: RecordBatch, batchIndex: number): void {
  if (batch.columns.length !== frame.fields.length) {
    throw new ArrowError(
      `Cannot encode batch ${batchIndex}: expected ${frame.fields.length} columns, got ${batch.columns.length}`,
    );
  }
  if (batch.columns.length === 0 && batch.rowCount !== 0) {
    throw new ArrowError(`Cannot encode batch ${batchIndex}: it has ${batch.rowCount} rows and no columns`);
  }
  for (const [index, field] of frame.fields.entries()) {
    const column = batch.columns[index];
    const fault = column && faultOf(column, field.type, batch.rowCount);
    if (fault) {
      throw new ArrowError(`Cannot encode batch ${batchIndex}, column "${field.name}" (${field.type}): ${fault}`);
    }
  }
}

function faultOf(column: Column, type: FieldType, rowCount: number): string | undefined {
  const bitmapByteLength = (rowCount + 7) >> 3;
  if (column.layout !== layoutOf[type]) {
    return `expected the layout ${layoutOf[type]}, got ${column.layout}`;
  }
  if (column.length !== rowCount) {
    return `expected ${rowCount} rows, got ${column.length}`;
  }
  if (column.nullCount !== 0 && (column.validity?.byteLength ?? 0) < bitmapByteLength) {
    return `its ${column.nullCount} nulls need ${bitmapByteLength} bytes of validity, got ${column.validity?.byteLength ?? 0}`;
  }
  switch (column.layout) {
    case 'fixed': {
      const expected = arrayOf[type as keyof typeof arrayOf];
      if (!(column.values instanceof expected) || column.values.length !== rowCount) {
        return `expected ${rowCount} values in a ${expected.name}, got ${column.values.length} in a ${column.values.constructor.name}`;
      }
      return undefined;
    }
    case 'bits':
      return column.bits.byteLength < bitmapByteLength
        ? `expected ${bitmapByteLength} bytes of bits, got ${column.bits.byteLength}`
        : undefined;
    case 'variable': {
      const end = column.offsets[rowCount];
      if (end === undefined || end < 0 || end > column.bytes.byteLength) {
        return `expected ${rowCount + 1} offsets into ${column.bytes.byteLength} bytes, got ${column.offsets.length} that end at ${end}`;
      }
      return undefined;
    }
  }
}

/** The magic, and the message that bears the schema. */
function encodeStart(builder: Builder, frame: Frame, nullable: readonly boolean[]): Uint8Array {
  const message = encodeMessage(builder, messageHeader.Schema, 0, () => writeSchema(builder, frame, nullable));
  const bytes = new Uint8Array(magic.byteLength + paddingAfter(magic.byteLength) + message.byteLength);
  bytes.set(magic);
  bytes.set(message, bytes.byteLength - message.byteLength);
  return bytes;
}

function encodeMessage(
  builder: Builder,
  headerType: number,
  bodyLength: number,
  writeHeader: () => number,
): Uint8Array {
  builder.clear();
  const header = writeHeader();
  builder.startObject(Object.keys(tables.Message).length);
  builder.addFieldInt16(tables.Message.version, metadataVersion.v5, 0);
  builder.addFieldInt8(tables.Message.headerType, headerType, 0);
  builder.addFieldOffset(tables.Message.header, header, 0);
  addFieldInt64(builder, tables.Message.bodyLength, bodyLength);
  builder.finish(builder.endObject());
  const flatbuffer = builder.asUint8Array();
  const paddedByteLength = flatbuffer.byteLength + paddingAfter(flatbuffer.byteLength);
  const message = new Uint8Array(messagePrefixByteLength + paddedByteLength);
  const view = new DataView(message.buffer);
  view.setUint32(0, continuation, true);
  view.setInt32(4, paddedByteLength, true);
  message.set(flatbuffer, messagePrefixByteLength);
  return message;
}

/** The end of the stream, the footer, its length and the magic. */
function encodeEnd(
  builder: Builder,
  frame: Frame,
  nullable: readonly boolean[],
  blocks: readonly number[],
): Uint8Array {
  builder.clear();
  const schema = writeSchema(builder, frame, nullable);
  builder.finish(writeFooter(builder, schema, blocks));
  const footer = builder.asUint8Array();
  const bytes = new Uint8Array(messagePrefixByteLength + footer.byteLength + 4 + magic.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, continuation, true);
  bytes.set(footer, messagePrefixByteLength);
  view.setInt32(messagePrefixByteLength + footer.byteLength, footer.byteLength, true);
  bytes.set(magic, bytes.byteLength - magic.byteLength);
  return bytes;
}
