import type { Builder } from 'flatbuffers';
import { metadataVersion, structs, tables } from './format.ts';
import { writeStructs } from './table-writer.ts';

/** Writes the Footer table; `blocks` are the record batches' Block structs, flat. Returns its offset. */
export function writeFooter(builder: Builder, schema: number, blocks: readonly number[]): number {
  const dictionaries = writeStructs(builder, structs.Block, []);
  const recordBatches = writeStructs(builder, structs.Block, blocks);
  builder.startObject(Object.keys(tables.Footer).length);
  builder.addFieldInt16(tables.Footer.version, metadataVersion.v5, 0);
  builder.addFieldOffset(tables.Footer.schema, schema, 0);
  builder.addFieldOffset(tables.Footer.dictionaries, dictionaries, 0);
  builder.addFieldOffset(tables.Footer.recordBatches, recordBatches, 0);
  return builder.endObject();
}
