/**
 * DuckDB's types by the names that `typeof()` and `duckdb_types()` give them, as its C API numbers them: `DUCKDB_TYPE_…` of duckdb.h, v1.5.5.
 * The bindings have them as types alone. The C API has no number of its own for TYPE, the type of types, nor for what will come: that is 0.
 */
export const typeIds = {
  TYPE: 0,
  BOOLEAN: 1,
  TINYINT: 2,
  SMALLINT: 3,
  INTEGER: 4,
  BIGINT: 5,
  UTINYINT: 6,
  USMALLINT: 7,
  UINTEGER: 8,
  UBIGINT: 9,
  FLOAT: 10,
  DOUBLE: 11,
  TIMESTAMP: 12,
  DATE: 13,
  TIME: 14,
  INTERVAL: 15,
  HUGEINT: 16,
  VARCHAR: 17,
  BLOB: 18,
  DECIMAL: 19,
  TIMESTAMP_S: 20,
  TIMESTAMP_MS: 21,
  TIMESTAMP_NS: 22,
  ENUM: 23,
  LIST: 24,
  STRUCT: 25,
  MAP: 26,
  UUID: 27,
  UNION: 28,
  BIT: 29,
  'TIME WITH TIME ZONE': 30,
  'TIMESTAMP WITH TIME ZONE': 31,
  UHUGEINT: 32,
  ARRAY: 33,
  BIGNUM: 35,
  NULL: 36,

  TIME_NS: 39,
  GEOMETRY: 40,
  VARIANT: 41,
} as const;

export type TypeName = keyof typeof typeIds;
