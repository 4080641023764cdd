import type { Field, RecordBatch } from './column.ts';
import type { FieldConfig, FrameMeta, Labels } from './metadata.ts';

/** A column of a frame: labels tell the series of a time series apart, config is how Grafana shows it. */
export interface FrameField extends Field {
  readonly labels?: Labels;
  readonly config?: FieldConfig;
}

/** Grafana's unit of data: named, typed columns of equal length, in any number of batches (none is an empty frame). */
export interface Frame {
  readonly name?: string;
  readonly refId?: string;
  readonly meta?: FrameMeta;
  readonly fields: readonly FrameField[];
  readonly batches: readonly RecordBatch[];
}
