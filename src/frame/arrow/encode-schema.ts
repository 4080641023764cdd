import type { Builder } from 'flatbuffers';
import type { Frame, FrameField } from '../frame.ts';
import { formatConfig, formatLabels, formatMeta } from '../metadata-json.ts';
import { precisions, tables, timeUnits, typeNames } from './format.ts';
import { writeOffsets } from './table-writer.ts';
import { type ArrowType, arrowTypeOf } from './types.ts';

/** Writes the Schema table with Grafana's metadata; `nullable` has an entry for each field. Returns its offset. */
export function writeSchema(builder: Builder, frame: Frame, nullable: readonly boolean[]): number {
  const fieldOffsets = frame.fields.map((field, index) => writeField(builder, field, nullable[index] ?? true));
  const fields = writeOffsets(builder, fieldOffsets);
  const metadata = writeMetadata(builder, [
    ['name', frame.name],
    ['refId', frame.refId],
    ['meta', formatMeta(frame.meta)],
  ]);
  builder.startObject(Object.keys(tables.Schema).length);
  builder.addFieldOffset(tables.Schema.fields, fields, 0);
  builder.addFieldOffset(tables.Schema.customMetadata, metadata, 0);
  return builder.endObject();
}

function writeField(builder: Builder, field: FrameField, nullable: boolean): number {
  const arrowType = arrowTypeOf[field.type];
  const name = builder.createString(field.name);
  const type = writeType(builder, arrowType);
  // Arrow's C++ reader wants the vector of children even where no type has any.
  const children = writeOffsets(builder, []);
  const metadata = writeMetadata(builder, [
    ['labels', formatLabels(field.labels)],
    ['config', formatConfig(field.config, field.texts)],
    // How Grafana's SDK marks an enum (data/arrow.go).
    ['tstype', field.type === 'enum' ? 'enum' : undefined],
  ]);
  builder.startObject(Object.keys(tables.Field).length);
  builder.addFieldOffset(tables.Field.name, name, 0);
  builder.addFieldInt8(tables.Field.nullable, nullable ? 1 : 0, 0);
  builder.addFieldInt8(tables.Field.typeType, typeNames.indexOf(arrowType.name), 0);
  builder.addFieldOffset(tables.Field.type, type, 0);
  builder.addFieldOffset(tables.Field.children, children, 0);
  builder.addFieldOffset(tables.Field.customMetadata, metadata, 0);
  return builder.endObject();
}

/** Bool, Utf8 and Binary are tables without fields: the type is told by the union alone. */
function writeType(builder: Builder, type: ArrowType): number {
  switch (type.name) {
    case 'Int':
      builder.startObject(Object.keys(tables.Int).length);
      builder.addFieldInt32(tables.Int.bitWidth, type.bitWidth, 0);
      builder.addFieldInt8(tables.Int.isSigned, type.isSigned ? 1 : 0, 0);
      break;
    case 'FloatingPoint':
      builder.startObject(Object.keys(tables.FloatingPoint).length);
      builder.addFieldInt16(tables.FloatingPoint.precision, precisions.indexOf(type.precision), 0);
      break;
    case 'Timestamp':
      builder.startObject(Object.keys(tables.Timestamp).length);
      builder.addFieldInt16(tables.Timestamp.unit, timeUnits.indexOf(type.unit), 0);
      break;
    default:
      builder.startObject(0);
  }
  return builder.endObject();
}

/** Writes what there is to say; returns 0, which stands for an absent vector, if that is nothing. */
function writeMetadata(builder: Builder, entries: readonly (readonly [string, string | undefined])[]): number {
  const offsets: number[] = [];
  for (const [key, value] of entries) {
    if (value) {
      offsets.push(writeKeyValue(builder, key, value));
    }
  }
  return offsets.length === 0 ? 0 : writeOffsets(builder, offsets);
}

function writeKeyValue(builder: Builder, key: string, value: string): number {
  const keyOffset = builder.createString(key);
  const valueOffset = builder.createString(value);
  builder.startObject(Object.keys(tables.KeyValue).length);
  builder.addFieldOffset(tables.KeyValue.key, keyOffset, 0);
  builder.addFieldOffset(tables.KeyValue.value, valueOffset, 0);
  return builder.endObject();
}
