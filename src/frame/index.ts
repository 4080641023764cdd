/** Frames as columns, and Arrow files with Grafana's metadata: what other packages may use. */
export { decodeFrame } from './arrow/decode.ts';
export { byteLengthOfParts, encodeFrame } from './arrow/encode.ts';
export { ArrowError } from './arrow/error.ts';
export { type Cell, frameColumn, frameRows, valueAt } from './cells.ts';
export {
  type BitColumn,
  type Column,
  type Field,
  type FieldType,
  type FixedArray,
  type FixedColumn,
  isValid,
  type RecordBatch,
  type VariableColumn,
} from './column.ts';
export { columnFrom } from './column-from.ts';
export type { Frame, FrameField } from './frame.ts';
export { type FieldWithCells, frameFrom } from './frame-from.ts';
export type * from './metadata.ts';
