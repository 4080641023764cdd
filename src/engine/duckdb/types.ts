import type { FieldType } from '../../frame/column.ts';
import type { Bindings, LogicalType } from './bindings.ts';

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
 * DuckDB's types (`DUCKDB_TYPE_…` of duckdb.h, v1.5.5) and what becomes of each. Numbers keep their width; wider ones than 64 bits and
 * decimals become the nearest double. What Arrow frames cannot carry is text in DuckDB's own writing (a BLOB as `\xAB` escapes around
 * printable ASCII) or, when nested, JSON. A type that is missing here is read as text.
 */
const table: Readonly<Record<number, Row>> = {
  1: { type: 'bool', reader: 'bool' },
  2: { type: 'int8', reader: 'copy' },
  3: { type: 'int16', reader: 'copy' },
  4: { type: 'int32', reader: 'copy' },
  5: { type: 'int64', reader: 'copy' },
  6: { type: 'uint8', reader: 'copy' },
  7: { type: 'uint16', reader: 'copy' },
  8: { type: 'uint32', reader: 'copy' },
  9: { type: 'uint64', reader: 'copy' },
  10: { type: 'float32', reader: 'copy' },
  11: { type: 'float64', reader: 'copy' },
  12: { type: 'timestamp', reader: 'micros' }, // TIMESTAMP
  13: { type: 'timestamp', reader: 'date' },
  16: { type: 'float64', reader: 'hugeint' },
  17: { type: 'utf8', reader: 'text' }, // VARCHAR
  19: { type: 'float64', reader: 'decimal' },
  20: { type: 'timestamp', reader: 'seconds' },
  21: { type: 'timestamp', reader: 'millis' },
  22: { type: 'timestamp', reader: 'nanos' },
  23: { type: 'utf8', reader: 'enum' },
  24: asJson, // LIST
  25: asJson, // STRUCT
  26: asJson, // MAP
  28: asJson, // UNION
  31: { type: 'timestamp', reader: 'micros' }, // TIMESTAMP WITH TIME ZONE
  32: { type: 'float64', reader: 'uhugeint' },
  33: asJson, // ARRAY
  36: { type: 'utf8', reader: 'null' }, // "NULL"
};

const LIST = 24;
const STRUCT = 25;
const ARRAY = 33;

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
    case LIST:
      return hasNamelessMember(bindings, bindings.list_type_child_type(logical));
    case ARRAY:
      return hasNamelessMember(bindings, bindings.array_type_child_type(logical));
    case STRUCT:
      return Array.from({ length: bindings.struct_type_child_count(logical) }, (_, i) => i).some(
        (i) =>
          bindings.struct_type_child_name(logical, i) === '' ||
          hasNamelessMember(bindings, bindings.struct_type_child_type(logical, i)),
      );
    default:
      return false;
  }
}
