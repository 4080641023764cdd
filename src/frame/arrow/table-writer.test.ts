import { Builder } from 'flatbuffers';
import { expect, test } from 'vitest';
import { Table } from './table-reader.ts';
import { addFieldInt64, writeStructs } from './table-writer.ts';

const lengths = [0, 1, 2 ** 31, 2 ** 32 + 5, 2 ** 40, Number.MAX_SAFE_INTEGER];

test('writeStructs() writes int64s beyond 32 bits', () => {
  const builder = new Builder();
  const vector = writeStructs(builder, 2, lengths);
  builder.startObject(1);
  builder.addFieldOffset(0, vector, 0);
  builder.finish(builder.endObject());

  expect(Table.root(builder.asUint8Array(), 'the test').structs(0, 2)).toEqual(lengths);
});

test.each(lengths)('addFieldInt64() writes %i', (length) => {
  const builder = new Builder();
  builder.startObject(1);
  addFieldInt64(builder, 0, length);
  builder.finish(builder.endObject());

  expect(Table.root(builder.asUint8Array(), 'the test').length(0)).toBe(length);
});
