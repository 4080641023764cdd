import { checkVersion } from './check-version.ts';
import { ArrowError } from './error.ts';
import { alignment, magic, structs, tables } from './format.ts';
import { Table } from './table-reader.ts';

/** Where a record batch's message lies in the file, and how long its metadata (prefix and padding included) and its body are. */
export interface Block {
  readonly offset: number;
  readonly metadataByteLength: number;
  readonly bodyByteLength: number;
}

/** Reads the file's end: the schema, and where the record batches are. */
export function readFooter(file: Uint8Array): { schema: Table; blocks: readonly Block[] } {
  const tailByteLength = 4 + magic.byteLength;
  const tail = file.byteLength - tailByteLength;
  if (tail < magic.byteLength || !isMagic(file.subarray(0, magic.byteLength)) || !isMagic(file.subarray(tail + 4))) {
    throw new ArrowError(
      `Cannot read the Arrow file: its ${file.byteLength} bytes do not begin and end with ARROW1 (it may be cut off, or a stream)`,
    );
  }
  const byteLength = new DataView(file.buffer, file.byteOffset).getUint32(tail, true);
  if (byteLength > tail - magic.byteLength) {
    throw new ArrowError(`Cannot read the Arrow file: ${byteLength} bytes of footer do not fit in ${file.byteLength}`);
  }
  const footer = Table.root(file.subarray(tail - byteLength, tail), 'the footer');
  checkVersion('the footer', footer.int16(tables.Footer.version));
  const schema = footer.table(tables.Footer.schema);
  if (!schema?.has(tables.Schema.fields)) {
    throw new ArrowError('Cannot read the footer: it has no schema with fields');
  }
  return { schema, blocks: readBlocks(footer, tail - byteLength) };
}

function isMagic(bytes: Uint8Array): boolean {
  return bytes.every((byte, index) => byte === magic[index]);
}

/** The batches lie before the footer and not in each other: what many blocks may ask of us is no more than the file holds. */
function readBlocks(footer: Table, end: number): readonly Block[] {
  const flat = footer.structs(tables.Footer.recordBatches, structs.Block);
  const blocks: Block[] = [];
  let total = 0;
  for (let i = 0; i < flat.length; i += structs.Block) {
    const [offset = 0, metadataByteLength = 0, bodyByteLength = 0] = flat.slice(i, i + structs.Block);
    const byteLength = metadataByteLength + bodyByteLength;
    total += byteLength;
    const isAligned = offset % alignment === 0 && metadataByteLength % alignment === 0;
    if (!isAligned || metadataByteLength === 0 || offset + byteLength > end || total > end) {
      throw new ArrowError(
        `Cannot read record batch ${blocks.length}: no message can be ${metadataByteLength} + ${bodyByteLength} bytes at ${offset} of ${end}`,
      );
    }
    blocks.push({ offset, metadataByteLength, bodyByteLength });
  }
  return blocks;
}
