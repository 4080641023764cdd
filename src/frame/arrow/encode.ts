import { Builder, isLittleEndian } from 'flatbuffers';
import type { Frame } from '../frame.ts';
import { checkBatch } from './check-batch.ts';
import { writeFooter } from './encode-footer.ts';
import { encodeMessage } from './encode-message.ts';
import { layOutBody, writeRecordBatch } from './encode-record-batch.ts';
import { writeSchema } from './encode-schema.ts';
import { ArrowError } from './error.ts';
import { continuation, magic, messageHeader, messagePrefixByteLength, paddingAfter } from './format.ts';

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

/** The magic, and the message that bears the schema. */
function encodeStart(builder: Builder, frame: Frame, nullable: readonly boolean[]): Uint8Array {
  const message = encodeMessage(builder, messageHeader.Schema, 0, () => writeSchema(builder, frame, nullable));
  const bytes = new Uint8Array(magic.byteLength + paddingAfter(magic.byteLength) + message.byteLength);
  bytes.set(magic);
  bytes.set(message, bytes.byteLength - message.byteLength);
  return bytes;
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
