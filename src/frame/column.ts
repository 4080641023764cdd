import { isSet } from './bitmap.ts';

/**
 * What a Grafana host can decode, named as Arrow names it. A `timestamp` is always int64 nanoseconds since the epoch, `json` is
 * Binary, `enum` a uint16 that stands for one of the field's texts.
 */
export type FieldType =
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'bool'
  | 'timestamp'
  | 'utf8'
  | 'json'
  | 'enum';

/** Name and type of one column of a result. Names need not be unique. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** What the numbers of an `enum` stand for, from 0 on; no other type has any. */
  readonly texts?: readonly string[];
}

/** How a type lies in memory: the three Arrow layouts that we send. */
export const layoutOf = {
  int8: 'fixed',
  int16: 'fixed',
  int32: 'fixed',
  int64: 'fixed',
  uint8: 'fixed',
  uint16: 'fixed',
  uint32: 'fixed',
  uint64: 'fixed',
  float32: 'fixed',
  float64: 'fixed',
  bool: 'bits',
  timestamp: 'fixed',
  utf8: 'variable',
  json: 'variable',
  enum: 'fixed',
} as const satisfies Record<FieldType, Column['layout']>;

/** The typed array of each fixed-width type. */
export const arrayOf = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  timestamp: BigInt64Array,
  enum: Uint16Array,
} as const;

export type FixedArray = InstanceType<(typeof arrayOf)[keyof typeof arrayOf]>;

interface ColumnBase {
  readonly length: number;
  readonly nullCount: number;
  /** Arrow's bitmap: bit `i & 7` of byte `i >> 3` is set where row i has a value. Null exactly when `nullCount` is 0. */
  readonly validity: Uint8Array | null;
  /** Values that are not what they were. Default: none. */
  readonly losses?: Losses;
}

/**
 * What a value may lose on its way, since Grafana or a browser cannot hold it:
 *
 * - `time`: a time outside the years 1677 to 2262, infinity too, became null
 * - `notFinite`: NaN or infinity inside JSON became null
 * - `notJson`: what was said to be JSON is none, and became a JSON string
 * - `digits`: a number has more digits than a double keeps
 */
export type Loss = 'time' | 'notFinite' | 'notJson' | 'digits';

/** Rows of a column that have lost something, by what it is. Of `digits` it may be a lower bound, above 0 where there are any. */
export type Losses = Readonly<Partial<Record<Loss, number>>>;

/** `values.length` is `length`; what lies under a null is undefined. */
export interface FixedColumn extends ColumnBase {
  readonly layout: 'fixed';
  readonly values: FixedArray;
}

/** Booleans, bit-packed as the validity is. */
export interface BitColumn extends ColumnBase {
  readonly layout: 'bits';
  readonly bits: Uint8Array;
}

/** Text (UTF-8) or JSON text: row i is `bytes[offsets[i], offsets[i + 1])`; `offsets[0]` is 0, there are `length + 1` of them. */
export interface VariableColumn extends ColumnBase {
  readonly layout: 'variable';
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

export type Column = FixedColumn | BitColumn | VariableColumn;

/** Some rows of a result: one column for each of its fields. The arrays belong to whoever receives the batch, and are never written again. */
export interface RecordBatch {
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** Whether row i has a value. */
export function isValid(column: Column, row: number): boolean {
  return column.validity === null || isSet(column.validity, row);
}

/** Bytes that the column takes on the wire, without Arrow's padding. */
export function byteLengthOf(column: Column): number {
  const validity = column.validity?.byteLength ?? 0;
  switch (column.layout) {
    case 'fixed':
      return validity + column.values.byteLength;
    case 'bits':
      return validity + column.bits.byteLength;
    case 'variable':
      return validity + column.offsets.byteLength + (column.offsets[column.length] ?? 0);
  }
}
