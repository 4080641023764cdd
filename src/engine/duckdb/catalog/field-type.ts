import type { FieldType } from '../../../frame/column.ts';
import type { TypeName } from '../type-ids.ts';
import { jsonRow, typeTable } from '../types.ts';

/** What a query makes of a column, by its type as DuckDB writes it: `DECIMAL(18,3)`, `STRUCT(a INTEGER)[]`. */
export function fieldTypeOf(type: string): FieldType {
  if (type.endsWith(']')) {
    return typeTable.LIST.type;
  }
  const name = type.replace(/\(.*$/s, '').trim();
  if (name === 'JSON') {
    return jsonRow.type;
  }
  return Object.hasOwn(typeTable, name) ? typeTable[name as TypeName].type : 'utf8';
}
