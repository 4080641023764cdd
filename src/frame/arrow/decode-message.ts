import { checkVersion } from './check-version.ts';
import type { Block } from './decode-footer.ts';
import { ArrowError } from './error.ts';
import { continuation, messageHeader, messagePrefixByteLength, tables } from './format.ts';
import { Table } from './table-reader.ts';

/** Reads a record batch's message without its body: the table that it bears. `what` names the batch in errors. */
export function readMessage(metadata: Uint8Array, block: Block, what: string): Table {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  if (view.getUint32(0, true) !== continuation) {
    throw new ArrowError(`Cannot read ${what}: its message does not begin with FFFFFFFF`);
  }
  const byteLength = view.getUint32(4, true);
  const message = Table.root(
    metadata.subarray(messagePrefixByteLength, messagePrefixByteLength + byteLength),
    `the message of ${what}`,
  );
  checkVersion(what, message.int16(tables.Message.version));
  const headerType = message.uint8(tables.Message.headerType);
  const header = message.table(tables.Message.header);
  if (headerType !== messageHeader.RecordBatch || header === undefined) {
    throw new ArrowError(`Cannot read ${what}: its message has the header type ${headerType}, no record batch`);
  }
  const bodyByteLength = message.length(tables.Message.bodyLength);
  if (bodyByteLength !== block.bodyByteLength) {
    throw new ArrowError(
      `Cannot read ${what}: the message has ${bodyByteLength} bytes of body, the footer says ${block.bodyByteLength}`,
    );
  }
  return header;
}
