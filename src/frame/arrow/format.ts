/**
 * Facts of the Arrow columnar format 1.5 (apache/arrow, docs/source/format/Columnar.rst and format/{Schema,Message,File}.fbs).
 *
 * | file part       | bytes                                                                              |
 * | --------------- | ---------------------------------------------------------------------------------- |
 * | magic           | `ARROW1`, two zero bytes                                                            |
 * | schema          | a message without a body                                                           |
 * | record batches  | messages with a body                                                               |
 * | end of stream   | FFFFFFFF, 00000000                                                                 |
 * | footer          | flatbuffer: the schema again, and a block for each record batch                    |
 * | end             | int32 byte length of the footer, `ARROW1`                                           |
 *
 * A message is FFFFFFFF, int32 byte length of the padded flatbuffer, the flatbuffer, its padding, then the body.
 */
export const magic = new TextEncoder().encode('ARROW1');

export const continuation = 0xffffffff;

/** Before each message's flatbuffer: continuation and length. */
export const messagePrefixByteLength = 8;

/**
 * Where messages and buffers begin. Arrow asks for 8 and recommends 64 for vector instructions; arrow-go, which Grafana decodes with,
 * refuses blocks that are not on a multiple of 8 (ipc/file_reader.go, v18.8.0) and reads values one at a time, so 64 would only be more bytes.
 */
export const alignment = 8;

/** Each table's fields by their slot: the position in its .fbs file, a union taking two (its type, then its value). */
export const tables = {
  Schema: { endianness: 0, fields: 1, customMetadata: 2 },
  Field: { name: 0, nullable: 1, typeType: 2, type: 3, dictionary: 4, children: 5, customMetadata: 6 },
  KeyValue: { key: 0, value: 1 },
  Int: { bitWidth: 0, isSigned: 1 },
  FloatingPoint: { precision: 0 },
  Timestamp: { unit: 0, timezone: 1 },
  Message: { version: 0, headerType: 1, header: 2, bodyLength: 3 },
  RecordBatch: { length: 0, nodes: 1, buffers: 2, compression: 3 },
  Footer: { version: 0, schema: 1, dictionaries: 2, recordBatches: 3 },
} as const;

/**
 * The structs that lie in vectors, as int64s: FieldNode is length and null count, Buffer is offset in the body and length, Block is offset in the
 * file, metadata length (an int32 and four bytes of padding) and body length.
 */
export const structs = { FieldNode: 2, Buffer: 2, Block: 3 } as const;

export const metadataVersion = { v4: 3, v5: 4 } as const;

export const littleEndian = 0;

export const messageHeader = { Schema: 1, RecordBatch: 3 } as const;

/** The union `Type`, in its order; what we neither write nor read is there to be named in an error. */
export const typeNames = [
  'NONE',
  'Null',
  'Int',
  'FloatingPoint',
  'Binary',
  'Utf8',
  'Bool',
  'Decimal',
  'Date',
  'Time',
  'Timestamp',
  'Interval',
  'List',
  'Struct',
  'Union',
  'FixedSizeBinary',
  'FixedSizeList',
  'Map',
  'Duration',
  'LargeBinary',
  'LargeUtf8',
  'LargeList',
  'RunEndEncoded',
  'BinaryView',
  'Utf8View',
  'ListView',
  'LargeListView',
] as const;

export const precisions = ['HALF', 'SINGLE', 'DOUBLE'] as const;

export const timeUnits = ['SECOND', 'MILLISECOND', 'MICROSECOND', 'NANOSECOND'] as const;

/** Bytes of padding that follow `byteLength` bytes. */
export function paddingAfter(byteLength: number): number {
  return -byteLength & (alignment - 1);
}
