import type { FieldType } from '../column.ts';
import type { precisions, timeUnits, typeNames } from './format.ts';

/** An Arrow type as Schema.fbs names it, with the parameters of those that we write. */
export type ArrowType =
  | { readonly name: 'Int'; readonly bitWidth: number; readonly isSigned: boolean }
  | { readonly name: 'FloatingPoint'; readonly precision: (typeof precisions)[number] }
  | { readonly name: 'Timestamp'; readonly unit: (typeof timeUnits)[number] }
  | { readonly name: Exclude<(typeof typeNames)[number], 'Int' | 'FloatingPoint' | 'Timestamp'> };

/** The one place that says how our types are written; reading derives from it. Grafana reads each timestamp as nanoseconds, so no other unit is here. */
export const arrowTypeOf: Readonly<Record<FieldType, ArrowType>> = {
  int8: { name: 'Int', bitWidth: 8, isSigned: true },
  int16: { name: 'Int', bitWidth: 16, isSigned: true },
  int32: { name: 'Int', bitWidth: 32, isSigned: true },
  int64: { name: 'Int', bitWidth: 64, isSigned: true },
  uint8: { name: 'Int', bitWidth: 8, isSigned: false },
  uint16: { name: 'Int', bitWidth: 16, isSigned: false },
  uint32: { name: 'Int', bitWidth: 32, isSigned: false },
  uint64: { name: 'Int', bitWidth: 64, isSigned: false },
  float32: { name: 'FloatingPoint', precision: 'SINGLE' },
  float64: { name: 'FloatingPoint', precision: 'DOUBLE' },
  bool: { name: 'Bool' },
  timestamp: { name: 'Timestamp', unit: 'NANOSECOND' },
  utf8: { name: 'Utf8' },
  json: { name: 'Binary' },
  // Told from uint16 by the field's metadata.
  enum: { name: 'Int', bitWidth: 16, isSigned: false },
};

/** A type as text: `Int(32, signed)`, `Timestamp(NANOSECOND)`; equal types have equal texts. */
export function formatArrowType(type: ArrowType): string {
  switch (type.name) {
    case 'Int':
      return `Int(${type.bitWidth}, ${type.isSigned ? 'signed' : 'unsigned'})`;
    case 'FloatingPoint':
      return `FloatingPoint(${type.precision})`;
    case 'Timestamp':
      return `Timestamp(${type.unit})`;
    default:
      return type.name;
  }
}

/** What we call the Arrow type whose text this is; undefined if we have no such type. An `enum` is a `uint16` here. */
export function fieldTypeFrom(arrowTypeText: string): FieldType | undefined {
  return fieldTypes.get(arrowTypeText);
}

const fieldTypes = new Map(
  Object.entries(arrowTypeOf)
    .filter(([fieldType]) => fieldType !== 'enum')
    .map(([fieldType, arrowType]) => [formatArrowType(arrowType), fieldType as FieldType]),
);
