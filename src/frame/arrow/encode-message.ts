import type { Builder } from 'flatbuffers';
import { continuation, messagePrefixByteLength, metadataVersion, paddingAfter, tables } from './format.ts';
import { addFieldInt64 } from './table-writer.ts';

/** Encodes a message without its body: prefix, flatbuffer and padding. `writeHeader` writes the table that it bears; the builder is cleared before. */
export function encodeMessage(
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
