import type { FieldType } from '../../frame/column.ts';
import type { Bindings, LogicalType } from './bindings.ts';
import { typeIds } from './type-ids.ts';

/** How a column's vectors are turned into one of ours: the names of the readers in columns/read.ts. */
export type Reader =
  | 'copy'
  | 'bool'
  | 'date'
  | 'seconds'
  | 'millis'
  | 'micros'
  | 'nanos'
  | 'hugeint'
  | 'uhugeint'
  | 'decimal'
  | 'enum'
  | 'text'
  | 'json'
  | 'null';

/** What DuckDB itself must do to a column before we can read it: `CAST(… AS VARCHAR)` or `to_json(…)`. */
export type Rewrite = 'text' | 'json';

export interface ColumnType {
  readonly type: FieldType;
  readonly reader: Reader;
  /** Undefined where the vector is read as it comes. */
  readonly rewrite?: Rewrite;
  readonly logical: LogicalType;
}

type Row = Omit<ColumnType, 'logical'>;

const asText: Row = { type: 'utf8', reader: 'text', rewrite: 'text' };
const asJson: Row = { type: 'json', reader: 'json', rewrite: 'json' };

/**
 * DuckDB's types and what becomes of each. Numbers keep their width; wider ones than 64 bits and decimals become the nearest double. What
 * Arrow frames cannot carry is text in DuckDB's own writing (a BLOB as `\xAB` escapes around printable ASCII) or, when nested, JSON. A type
 * that is missing here is read as text.
 */
const table: Readonly<Record<number, Row>> = {
  [typeIds.BOOLEAN]: { type: 'bool', reader: 'bool' },
  [typeIds.TINYINT]: { type: 'int8', reader: 'copy' },
  [typeIds.SMALLINT]: { type: 'int16', reader: 'copy' },
  [typeIds.INTEGER]: { type: 'int32', reader: 'copy' },
  [typeIds.BIGINT]: { type: 'int64', reader: 'copy' },
  [typeIds.UTINYINT]: { type: 'uint8', reader: 'copy' },
  [typeIds.USMALLINT]: { type: 'uint16', reader: 'copy' },
  [typeIds.UINTEGER]: { type: 'uint32', reader: 'copy' },
  [typeIds.UBIGINT]: { type: 'uint64', reader: 'copy' },
  [typeIds.FLOAT]: { type: 'float32', reader: 'copy' },
  [typeIds.DOUBLE]: { type: 'float64', reader: 'copy' },
  [typeIds.TIMESTAMP]: { type: 'timestamp', reader: 'micros' },
  [typeIds.DATE]: { type: 'timestamp', reader: 'date' },
  [typeIds.HUGEINT]: { type: 'float64', reader: 'hugeint' },
  [typeIds.VARCHAR]: { type: 'utf8', reader: 'text' },
  [typeIds.DECIMAL]: { type: 'float64', reader: 'decimal' },
  [typeIds.TIMESTAMP_S]: { type: 'timestamp', reader: 'seconds' },
  [typeIds.TIMESTAMP_MS]: { type: 'timestamp', reader: 'millis' },
  [typeIds.TIMESTAMP_NS]: { type: 'timestamp', reader: 'nanos' },
  [typeIds.ENUM]: { type: 'utf8', reader: 'enum' },
  [typeIds.LIST]: asJson,
  [typeIds.STRUCT]: asJson,
  [typeIds.MAP]: asJson,
  [typeIds.UNION]: asJson,
  [typeIds.TIMESTAMP_TZ]: { type: 'timestamp', reader: 'micros' },
  [typeIds.UHUGEINT]: { type: 'float64', reader: 'uhugeint' },
  [typeIds.ARRAY]: asJson,
  [typeIds.SQLNULL]: { type: 'utf8', reader: 'null' },
};

/** How a column of this DuckDB type is read. */
export function columnTypeOf(bindings: Bindings, logical: LogicalType): ColumnType {
  if (bindings.logical_type_get_alias(logical) === 'JSON') {
    return { type: 'json', reader: 'json', logical };
  }
  const row = table[bindings.get_type_id(logical)] ?? asText;
  return { ...(row === asJson && hasNamelessMember(bindings, logical) ? asText : row), logical };
}

/** `ROW(1, 2)` has no names; as JSON its members would share the empty key, and all but one be lost. */
function hasNamelessMember(bindings: Bindings, logical: LogicalType): boolean {
  switch (bindings.get_type_id(logical)) {
    case typeIds.LIST:
      return hasNamelessMember(bindings, bindings.list_type_child_type(logical));
    case typeIds.ARRAY:
      return hasNamelessMember(bindings, bindings.array_type_child_type(logical));
    case typeIds.STRUCT:
      return Array.from({ length: bindings.struct_type_child_count(logical) }, (_, i) => i).some(
        (i) =>
          bindings.struct_type_child_name(logical, i) === '' ||
          hasNamelessMember(bindings, bindings.struct_type_child_type(logical, i)),
      );
    default:
      return false;
  }
}
