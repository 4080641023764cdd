import type { FieldType } from '../../frame/column.ts';
import type { Bindings, LogicalType } from './bindings.ts';
import { readTexts } from './columns/enum.ts';
import { type TypeName, typeIds } from './type-ids.ts';

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
  /** An ENUM's values. */
  readonly texts?: readonly string[];
  readonly logical: LogicalType;
}

type Row = Omit<ColumnType, 'logical' | 'texts'>;

const asText: Row = { type: 'utf8', reader: 'text', rewrite: 'text' };
const asJson: Row = { type: 'json', reader: 'json', rewrite: 'json' };

/**
 * DuckDB's types and what becomes of each; docs/types.md says it to people. Numbers keep their width; wider ones than 64 bits and decimals
 * become the nearest double. What Arrow frames cannot carry is text in DuckDB's own writing (a BLOB as `\xAB` escapes around printable
 * ASCII) or, when nested, JSON. A type that is missing here is read as text.
 */
export const typeTable: Readonly<Record<TypeName, Row>> = {
  BOOLEAN: { type: 'bool', reader: 'bool' },
  TINYINT: { type: 'int8', reader: 'copy' },
  SMALLINT: { type: 'int16', reader: 'copy' },
  INTEGER: { type: 'int32', reader: 'copy' },
  BIGINT: { type: 'int64', reader: 'copy' },
  UTINYINT: { type: 'uint8', reader: 'copy' },
  USMALLINT: { type: 'uint16', reader: 'copy' },
  UINTEGER: { type: 'uint32', reader: 'copy' },
  UBIGINT: { type: 'uint64', reader: 'copy' },
  HUGEINT: { type: 'float64', reader: 'hugeint' },
  UHUGEINT: { type: 'float64', reader: 'uhugeint' },
  BIGNUM: asText,
  FLOAT: { type: 'float32', reader: 'copy' },
  DOUBLE: { type: 'float64', reader: 'copy' },
  DECIMAL: { type: 'float64', reader: 'decimal' },
  VARCHAR: { type: 'utf8', reader: 'text' },
  ENUM: { type: 'enum', reader: 'enum' },
  DATE: { type: 'timestamp', reader: 'date' },
  TIMESTAMP: { type: 'timestamp', reader: 'micros' },
  TIMESTAMP_S: { type: 'timestamp', reader: 'seconds' },
  TIMESTAMP_MS: { type: 'timestamp', reader: 'millis' },
  TIMESTAMP_NS: { type: 'timestamp', reader: 'nanos' },
  'TIMESTAMP WITH TIME ZONE': { type: 'timestamp', reader: 'micros' },
  TIME: asText,
  TIME_NS: asText,
  'TIME WITH TIME ZONE': asText,
  INTERVAL: asText,
  UUID: asText,
  BLOB: asText,
  BIT: asText,
  GEOMETRY: asText,
  VARIANT: asText,
  TYPE: asText,
  LIST: asJson,
  ARRAY: asJson,
  STRUCT: asJson,
  MAP: asJson,
  UNION: asJson,
  NULL: { type: 'utf8', reader: 'null' },
};

/** JSON is a VARCHAR with a name of its own. */
export const jsonRow: Row = { type: 'json', reader: 'json' };

const rowOfId = new Map<number, Row>(Object.entries(typeIds).map(([name, id]) => [id, typeTable[name as TypeName]]));

/** How a column of this DuckDB type is read. */
export function columnTypeOf(bindings: Bindings, logical: LogicalType): ColumnType {
  if (bindings.logical_type_get_alias(logical) === 'JSON') {
    return { ...jsonRow, logical };
  }
  const row = rowOfId.get(bindings.get_type_id(logical)) ?? asText;
  if (row === typeTable.ENUM) {
    const texts = readTexts(bindings, logical);
    return texts === undefined ? { ...asText, logical } : { ...row, texts, logical };
  }
  return { ...(row === asJson && hasNamelessMember(bindings, logical) ? asText : row), logical };
}

/** The same for somebody who wants to see every digit: text where a double may not have them all. */
export function exactTypeOf(bindings: Bindings, logical: LogicalType): ColumnType {
  const id: number = bindings.get_type_id(logical);
  const isWide = wideIds.has(id) || (id === typeIds.DECIMAL && bindings.decimal_width(logical) > digitsOfEveryDouble);
  return isWide ? { ...asText, logical } : columnTypeOf(bindings, logical);
}

const wideIds: ReadonlySet<number> = new Set([typeIds.BIGINT, typeIds.UBIGINT, typeIds.HUGEINT, typeIds.UHUGEINT]);
/** Any decimal of so many digits comes back from its double. */
const digitsOfEveryDouble = 15;

/** `ROW(1, 2)` has no names; as JSON its members would share the empty key, and all but one be lost. A map's keys are text in JSON. */
function hasNamelessMember(bindings: Bindings, logical: LogicalType): boolean {
  const inside = (child: LogicalType) => hasNamelessMember(bindings, child);
  switch (bindings.get_type_id(logical)) {
    case typeIds.LIST:
      return inside(bindings.list_type_child_type(logical));
    case typeIds.ARRAY:
      return inside(bindings.array_type_child_type(logical));
    case typeIds.MAP:
      return inside(bindings.map_type_value_type(logical));
    case typeIds.UNION:
      return upTo(bindings.union_type_member_count(logical)).some((i) =>
        inside(bindings.union_type_member_type(logical, i)),
      );
    case typeIds.STRUCT:
      return upTo(bindings.struct_type_child_count(logical)).some(
        (i) =>
          bindings.struct_type_child_name(logical, i) === '' || inside(bindings.struct_type_child_type(logical, i)),
      );
    default:
      return false;
  }
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}
