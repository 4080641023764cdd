import { isLittleEndian } from 'flatbuffers';
import type { Field, RecordBatch } from '../column.ts';
import type { Frame } from '../frame.ts';
import { type Block, readFooter } from './decode-footer.ts';
import { readMessage } from './decode-message.ts';
import { readRecordBatch } from './decode-record-batch.ts';
import { readSchema } from './decode-schema.ts';
import { ArrowError } from './error.ts';

/**
 * Decodes an Arrow IPC file with Grafana's metadata, as encodeFrame() and Grafana's SDK write it.
 *
 * The columns are views of `bytes` where the alignment permits, so `bytes` must not change afterwards. Any bytes may be given: what is cut off, corrupt
 * or of a type that we do not have throws an ArrowError. Compressed bodies and dictionaries are not read. Little-endian hosts only.
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (!isLittleEndian) {
    throw new ArrowError('Cannot decode a frame: the processor is big-endian, Arrow files are read as little-endian');
  }
  // A Buffer's slice() is no copy: from here on there are Uint8Arrays only.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { schema, blocks } = readFooter(file);
  const { fields, ...rest } = readSchema(schema);
  return { ...rest, fields, batches: blocks.map((block, index) => readBlock(file, block, index, fields)) };
}

function readBlock(file: Uint8Array, block: Block, index: number, fields: readonly Field[]): RecordBatch {
  const bodyStart = block.offset + block.metadataByteLength;
  const metadata = file.subarray(block.offset, bodyStart);
  const what = `record batch ${index}`;
  const header = readMessage(metadata, block, what);
  return readRecordBatch(what, header, file.subarray(bodyStart, bodyStart + block.bodyByteLength), fields);
}
