import type { FieldType } from '../../frame/column.ts';
import type { ColumnKind } from '../../model/resources.ts';

const kinds: Readonly<Record<FieldType, ColumnKind>> = {
  timestamp: 'time',
  int8: 'number',
  int16: 'number',
  int32: 'number',
  int64: 'number',
  uint8: 'number',
  uint16: 'number',
  uint32: 'number',
  uint64: 'number',
  float32: 'number',
  float64: 'number',
  utf8: 'text',
  enum: 'text',
  bool: 'boolean',
  json: 'other',
};

/** What an editor can do with the values of a column. */
export function columnKindOf(type: FieldType): ColumnKind {
  return kinds[type];
}
