import { Builder } from 'flatbuffers';
import { describe, expect, test } from 'vitest';
import { columnFrom } from '../column-from.ts';
import type { FrameField } from '../frame.ts';
import { decodeFrame } from './decode.ts';
import { encodeMessage } from './encode-message.ts';
import { type Body, layOutBody, writeRecordBatch } from './encode-record-batch.ts';
import { writeSchema } from './encode-schema.ts';
import { ArrowError } from './error.ts';
import { magic, messageHeader, metadataVersion, structs, tables, typeNames } from './format.ts';
import { writeOffsets, writeStructs } from './table-writer.ts';

const fields: readonly FrameField[] = [{ name: 'text', type: 'utf8' }];
const honest = layOutBody({ rowCount: 3, columns: [columnFrom('utf8', ['a', null, 'ccc'])] });

test('the files below would be read if nothing in them were wrong', () => {
  expect(decodeFrame(batchFile({})).batches.length).toBe(1);
});

describe('decodeFrame() refuses a record batch', () => {
  test.each([
    [
      'that has rows but no columns',
      { fields: [], rowCount: 5 },
      'Cannot read record batch 0: it has 5 rows of 0 columns',
    ],
    [
      'of more rows than offsets can count',
      { rowCount: 2 ** 40 },
      'Cannot read record batch 0: it has 1099511627776 rows of 1 columns',
    ],
    [
      'whose columns have other lengths',
      { rowCount: 4 },
      'Cannot read column "text" (utf8): expected 4 rows, got 3 with 1 nulls',
    ],
    [
      'with more nulls than rows',
      { body: { ...honest, nodes: [3, 4] } },
      'Cannot read column "text" (utf8): expected 3 rows, got 3 with 4 nulls',
    ],
    [
      'without columns',
      { body: { ...honest, nodes: [] } },
      'Cannot read column "text" (utf8): expected 3 rows, got undefined with undefined nulls',
    ],
    [
      'with a buffer too few',
      { body: { ...honest, buffers: honest.buffers.slice(0, 4) } },
      'Cannot read column "text" (utf8): the record batch ends after 2 buffers',
    ],
    [
      'with a buffer beyond the body',
      { body: { ...honest, buffers: [0, 1, 8, 16, 24, 9] } },
      'Cannot read column "text" (utf8): bytes 24 to 33 do not fit in the body of 32',
    ],
    [
      'with two buffers at one place',
      { body: { ...honest, buffers: [0, 24, 0, 24, 0, 24] } },
      'Cannot read column "text" (utf8): bytes 0 to 24 do not fit in the body of 32',
    ],
    [
      'with nulls and no validity',
      { body: { ...honest, buffers: [0, 0, 8, 16, 24, 4] } },
      'Cannot read column "text" (utf8): expected a buffer of 1 bytes, got 0',
    ],
    [
      'with offsets too few',
      { body: { ...honest, buffers: [0, 1, 8, 12, 24, 4] } },
      'Cannot read column "text" (utf8): expected a buffer of 16 bytes, got 12',
    ],
  ] as const)('%s', (_, changes, message) => {
    expect(() => decodeFrame(batchFile(changes))).toThrow(new ArrowError(message));
  });

  test('that bears a schema', () => {
    expect(() => decodeFrame(batchFile({ headerType: messageHeader.Schema }))).toThrow(
      new ArrowError('Cannot read record batch 0: its message has the header type 1, no record batch'),
    );
  });

  test('whose message has no continuation before it', () => {
    const file = batchFile({});
    file.fill(0, 8, 12);

    expect(() => decodeFrame(file)).toThrow(
      new ArrowError('Cannot read record batch 0: its message does not begin with FFFFFFFF'),
    );
  });
});

describe('decodeFrame() refuses a footer', () => {
  const message = encodeBatch({});
  const [metadata, body] = [message.byteLength - honest.byteLength, honest.byteLength];
  const end = 8 + message.byteLength;

  test.each([
    [
      'whose block is not on a multiple of 8',
      [12, metadata, body - 8],
      `Cannot read record batch 0: no message can be ${metadata} + ${body - 8} bytes at 12 of ${end}`,
    ],
    [
      'whose block goes beyond the batches',
      [8, metadata, body + 8],
      `Cannot read record batch 0: no message can be ${metadata} + ${body + 8} bytes at 8 of ${end}`,
    ],
    [
      'whose block has no message',
      [8, 0, body],
      `Cannot read record batch 0: no message can be 0 + ${body} bytes at 8 of ${end}`,
    ],
    [
      'with two blocks at one place',
      [8, metadata, body, 8, metadata, body],
      `Cannot read record batch 1: no message can be ${metadata} + ${body} bytes at 8 of ${end}`,
    ],
    [
      'that knows another length of the body than the message',
      [8, metadata, body - 8],
      `Cannot read record batch 0: the message has ${body} bytes of body, the footer says ${body - 8}`,
    ],
  ])('%s', (_, blocks, expected) => {
    const file = fileOf({
      start: message,
      blocks,
      writeSchema: (builder) => writeSchema(builder, { fields, batches: [] }, []),
    });

    expect(() => decodeFrame(file)).toThrow(new ArrowError(expected));
  });

  test('without a schema', () => {
    expect(() => decodeFrame(fileOf({ writeSchema: () => 0 }))).toThrow(
      new ArrowError('Cannot read the footer: it has no schema with fields'),
    );
  });

  test('of a version that it does not know', () => {
    expect(() => decodeFrame(fileOf({ writeSchema: () => 0, version: 5 }))).toThrow(
      new ArrowError('Cannot read the footer: its metadata version 5 is neither V4 (3) nor V5 (4)'),
    );
  });

  test('of big-endian columns', () => {
    const file = fileOf({
      writeSchema: (builder) => {
        const none = writeOffsets(builder, []);
        builder.startObject(Object.keys(tables.Schema).length);
        builder.addFieldInt16(tables.Schema.endianness, 1, 0);
        builder.addFieldOffset(tables.Schema.fields, none, 0);
        return builder.endObject();
      },
    });

    expect(() => decodeFrame(file)).toThrow(new ArrowError('Cannot read the schema: its columns are big-endian'));
  });

  // A thousand fields of a thousand keys of a thousand bytes in 9 kB: read as often as it says, that is a gigabyte.
  test('whose pointers lead to the same bytes many times', () => {
    const file = fileOf({
      writeSchema: (builder) => {
        const text = builder.createString('k'.repeat(1000));
        const keyValue = writeTable(builder, { [tables.KeyValue.key]: text, [tables.KeyValue.value]: text });
        const metadata = writeOffsets(builder, Array(1000).fill(keyValue));
        const type = writeTable(builder, {});
        builder.startObject(Object.keys(tables.Field).length);
        builder.addFieldInt8(tables.Field.typeType, typeNames.indexOf('Bool'), 0);
        builder.addFieldOffset(tables.Field.type, type, 0);
        builder.addFieldOffset(tables.Field.customMetadata, metadata, 0);
        const field = builder.endObject();
        return writeTable(builder, { [tables.Schema.fields]: writeOffsets(builder, Array(1000).fill(field)) });
      },
    });

    expect(() => decodeFrame(file)).toThrow(
      new ArrowError('Cannot read the footer: too many pointers to the same bytes'),
    );
  });
});

interface Batch {
  readonly fields?: readonly FrameField[];
  readonly rowCount?: number;
  readonly body?: Body;
  readonly headerType?: number;
}

/** A file of one record batch, which may contradict itself. */
function batchFile(batch: Batch): Buffer {
  const message = encodeBatch(batch);
  const bodyByteLength = (batch.body ?? honest).byteLength;
  return fileOf({
    start: message,
    blocks: [8, message.byteLength - bodyByteLength, bodyByteLength],
    writeSchema: (builder) => writeSchema(builder, { fields: batch.fields ?? fields, batches: [] }, []),
  });
}

function encodeBatch({ rowCount = 3, body = honest, headerType = messageHeader.RecordBatch }: Batch): Buffer {
  const builder = new Builder();
  const write = () => writeRecordBatch(builder, rowCount, body);
  return Buffer.concat([encodeMessage(builder, headerType, body.byteLength, write), ...body.parts]);
}

interface Footer {
  /** What lies after the magic, from byte 8 on. */
  readonly start?: Uint8Array;
  readonly blocks?: readonly number[];
  readonly writeSchema: (builder: Builder) => number;
  readonly version?: number;
}

function fileOf({ start = Buffer.of(), blocks = [], writeSchema, version = metadataVersion.v5 }: Footer): Buffer {
  const builder = new Builder();
  const schema = writeSchema(builder);
  const recordBatches = writeStructs(builder, structs.Block, blocks);
  builder.startObject(Object.keys(tables.Footer).length);
  builder.addFieldInt16(tables.Footer.version, version, 0);
  builder.addFieldOffset(tables.Footer.schema, schema, 0);
  builder.addFieldOffset(tables.Footer.recordBatches, recordBatches, 0);
  builder.finish(builder.endObject());
  const footer = builder.asUint8Array();
  const byteLength = Buffer.alloc(4);
  byteLength.writeUInt32LE(footer.byteLength);
  return Buffer.concat([magic, Buffer.alloc(2), start, footer, byteLength, magic]);
}

function writeTable(builder: Builder, offsets: Readonly<Record<number, number>>): number {
  builder.startObject(8);
  for (const [slot, offset] of Object.entries(offsets)) {
    builder.addFieldOffset(Number(slot), offset, 0);
  }
  return builder.endObject();
}
